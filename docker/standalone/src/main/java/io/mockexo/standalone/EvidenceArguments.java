package io.mockexo.standalone;

import io.mockexo.standalone.config.ConfigurationException;
import io.mockexo.standalone.config.EvidenceConfiguration;
import io.mockexo.standalone.config.Placed;
import io.mockexo.standalone.evidence.Evidence;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of evidence. */
final class EvidenceArguments {

  @Option(
      names = "--evidence",
      paramLabel = "DIR",
      description = {
        "Write what there is of every session to DIR when it is complete: transcript, JSON,",
        "messages, a capture that Wireshark opens, what the sender's own log will say, and",
        "protocol logs in Exchange's form, ours and the sender's, also of the whole run in",
        "DIR/protocol-logs. At the end a table of TLS for each endpoint. The oldest go first."
      })
  private @Nullable Path folder;

  @Option(
      names = "--evidence-secrets",
      description = {
        "Keep the TLS secrets of all sessions, for captures that can be decrypted.",
        "Such captures show everything, passwords included, and say so in their names."
      })
  private boolean secrets;

  /** What the configuration says, and the command line instead where it does. */
  EvidenceConfiguration over(EvidenceConfiguration read) {
    EvidenceConfiguration evidence = read;
    if (folder != null) {
      evidence = evidence.withFolder(new Placed<>(folder, "--evidence"));
    }
    return secrets ? evidence.withSecrets() : evidence;
  }

  /**
   * Begins to keep evidence.
   *
   * @param err gets a line when something cannot be written
   * @throws ConfigurationException if the folder can be none
   */
  static Evidence open(EvidenceConfiguration evidence, PrintWriter err) {
    Placed<Path> folder = evidence.folder();
    if (folder == null) {
      return Evidence.onRequest(evidence.captureBytes());
    }
    try {
      return Evidence.in(
          folder.value(), evidence.secrets(), evidence.limits(), evidence.captureBytes(), err);
    } catch (IOException e) {
      throw folder.error("%s: %s".formatted(folder.value(), reason(folder.value(), e)));
    }
  }

  private static String reason(Path folder, IOException e) {
    if (e instanceof FileAlreadyExistsException && !Files.isDirectory(folder)) {
      return "this is no folder";
    }
    String reason = e instanceof FileSystemException problem ? problem.getReason() : e.getMessage();
    return "this folder cannot be made"
        + (e instanceof AccessDeniedException
            ? ": permission denied"
            : reason == null ? "" : ": " + reason);
  }
}

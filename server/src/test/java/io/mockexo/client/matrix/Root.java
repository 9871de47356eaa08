package io.mockexo.client.matrix;

import io.mockexo.client.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder with a mail server in it and all that it needs, since no two can be installed on one
 * machine; {@code .ci/mail-servers} makes such folders.
 */
final class Root {

  private final Path folder;

  private Root(Path folder) {
    this.folder = folder;
  }

  /** That of this mail server; the test that asks is skipped if there is none. */
  static Root of(String name) {
    String folder = System.getenv("MAIL_SERVERS");
    if (folder == null || !Files.isDirectory(Path.of(folder, name))) {
      throw Tool.missing("there is no " + name + " in $MAIL_SERVERS; .ci/mail-servers puts it");
    }
    if (!"root".equals(System.getProperty("user.name"))) {
      throw Tool.missing("only root can use the mail servers in $MAIL_SERVERS");
    }
    return new Root(Path.of(folder, name));
  }

  Path file(String path) {
    return folder.resolve(path);
  }

  void write(String path, String text) {
    try {
      Files.writeString(file(path), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(String path) {
    try {
      return Files.readString(file(path), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes it an empty folder of this user. */
  void clear(String path, String mode, String user) {
    try {
      if (Files.exists(file(path))) {
        try (Stream<Path> files = Files.walk(file(path))) {
          files.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
        }
      }
      Files.createDirectories(file(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run("", "/bin/chown", user, "/" + path);
    run("", "/bin/chmod", mode, "/" + path);
  }

  /** Runs a program in there, until it ends well. */
  String run(String input, String... command) {
    List<String> arguments = new ArrayList<>(List.of(folder.toString()));
    arguments.addAll(List.of(command));
    Tool.Run run = Tool.CHROOT.run(input, arguments.toArray(String[]::new));
    if (run.exitCode() != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + run.output());
    }
    return run.output();
  }

  /** Starts a program in there that goes on until it is told to end. */
  Process start(String output, String... command) {
    List<String> line = new ArrayList<>(List.of(Tool.CHROOT.path(), folder.toString()));
    line.addAll(List.of(command));
    try {
      return new ProcessBuilder(line)
          .redirectErrorStream(true)
          .redirectOutput(file(output).toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it, and all that it has started. */
  static void end(Process process) {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.forEach(ProcessHandle::destroyForcibly);
  }
}

package io.mockexo.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What Wireshark makes of a capture of a mock. */
final class Tshark {

  /** No field that tests ask for has it. */
  private static final String SEPARATOR = "|";

  private final Path capture;
  private final int port;
  private final List<String> options = new ArrayList<>();

  /**
   * A reader.
   *
   * @param port that of the mock, which Wireshark does not know to be SMTP
   */
  Tshark(Path capture, int port) {
    this.capture = capture;
    this.port = port;
  }

  /** Decrypts with this key log. */
  Tshark withKeyLog(Path keyLog) {
    options.addAll(List.of("-o", "tls.keylog_file:" + keyLog));
    return this;
  }

  /** The values of {@code field} in the packets that have it, in order. */
  List<String> values(String field) {
    List<String> arguments = new ArrayList<>(List.of("-r", capture.toString()));
    arguments.addAll(List.of("-d", "tcp.port==" + port + ",smtp", "-Y", field));
    arguments.addAll(options);
    arguments.addAll(
        List.of("-T", "fields", "-E", "separator=" + SEPARATOR, "-e", "frame.number", "-e", field));
    Tool.Run run = Tool.TSHARK.run("", arguments.toArray(String[]::new));
    if (run.exitCode() != 0) {
      throw new IllegalStateException(run.output());
    }
    // Warnings, for example about being root, are in between.
    return lines(run)
        .filter(line -> line.matches("\\d+\\|.*"))
        .map(line -> line.substring(line.indexOf(SEPARATOR) + 1))
        .toList();
  }

  /** Whether the installed version can tell {@code field}. */
  static boolean knows(String field) {
    return lines(Tool.TSHARK.run("", "-G", "fields"))
        .anyMatch(l -> l.contains("\t" + field + "\t"));
  }

  private static Stream<String> lines(Tool.Run run) {
    return run.output().lines();
  }
}

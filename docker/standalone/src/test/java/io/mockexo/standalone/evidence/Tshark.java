package io.mockexo.standalone.evidence;

import io.mockexo.standalone.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What Wireshark makes of a capture, with nothing but the capture. */
final class Tshark {

  private static final String SEPARATOR = "|";

  private final Path capture;
  private final int port;

  Tshark(Path capture, int port) {
    this.capture = capture;
    this.port = port;
  }

  /** The values of {@code field} in the packets that {@code filter} lets through, in order. */
  List<String> values(String filter, String field) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("-n", "-r", capture.toString()));
    arguments.addAll(List.of("-d", "tcp.port==" + port + ",smtp"));
    arguments.addAll(List.of("-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"));
    arguments.addAll(List.of("-Y", filter, "-T", "fields", "-E", "separator=" + SEPARATOR));
    arguments.addAll(List.of("-e", "frame.number", "-e", field));
    Tool.Run run = Tool.TSHARK.run("", arguments.toArray(String[]::new));
    if (run.exitCode() != 0) {
      throw new IllegalStateException(run.output());
    }
    // Warnings, for example about being root, are in between.
    return run.output()
        .lines()
        .filter(line -> line.matches("\\d+\\|.*"))
        .map(line -> line.substring(line.indexOf(SEPARATOR) + 1))
        .toList();
  }

  /** The values of {@code field} where it is. */
  List<String> values(String field) throws IOException, InterruptedException {
    return values(field, field);
  }

  /** What it dislikes: lost or repeated segments, wrong sums, packets that cannot be read. */
  List<String> complaints() throws IOException, InterruptedException {
    return values(
        "tcp.analysis.flags || tcp.checksum.status == 0 || ip.checksum.status == 0"
            + " || _ws.malformed || _ws.expert.severity >= 8388608",
        "_ws.expert.message");
  }
}

package io.mockexo.standalone.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a running JVM takes.
 *
 * @param liveBytes of the heap, after a full collection
 * @param residentBytes of the process, zero where the system does not tell
 * @param threads of the process, zero where the system does not tell
 * @param files that it has open, zero where the system does not tell
 */
record Footprint(long liveBytes, long residentBytes, int threads, int files) {

  private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");

  /** Has the JVM collect its garbage, and measures what is left. */
  static Footprint of(long pid) throws IOException, InterruptedException {
    String histogram = jcmd(pid, "GC.class_histogram");
    Path status = Path.of("/proc", Long.toString(pid), "status");
    String system = Files.isReadable(status) ? Files.readString(status) : "";
    return new Footprint(
        number(TOTAL, histogram),
        1024 * number(RESIDENT, system),
        Math.toIntExact(number(THREADS, system)),
        files(pid));
  }

  private static int files(long pid) throws IOException {
    Path files = Path.of("/proc", Long.toString(pid), "fd");
    if (!Files.isReadable(files)) {
      return 0;
    }
    try (Stream<Path> open = Files.list(files)) {
      return Math.toIntExact(open.count());
    }
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
            .redirectErrorStream(true)
            .start();
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("jcmd: " + text);
      }
      return text;
    }
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  @Override
  public String toString() {
    return "%5.1f MB live after GC, %6.1f MB resident, %d threads, %d files"
        .formatted(liveBytes / 1e6, residentBytes / 1e6, threads, files);
  }
}

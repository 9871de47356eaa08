package io.mockexo.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Fuzzes with Jazzer, each target in a JVM of its own: {@code ./mvnw -Pfuzz -DskipTests -pl server
 * verify}. Prints a line for each and fails if one found something. With {@code merge} for the
 * seconds, what earlier runs found is put into the corpora, as far as it covers anything new.
 */
final class FuzzRun {

  private static final Path WORK = Path.of("target", "fuzz");

  /** Of a finding; the log has all. */
  private static final int SHOWN_LINES = 20;

  private final FuzzTarget target;
  private final Path folder;
  private final Path found;
  private final Path log;

  private FuzzRun(FuzzTarget target) {
    this.target = target;
    this.folder = WORK.resolve(target.id());
    this.found = folder.resolve("corpus");
    this.log = folder.resolve("log.txt");
  }

  /**
   * Runs.
   *
   * @param arguments seconds for each target, or {@code merge}; then the targets, all if none
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<FuzzTarget> targets =
        arguments.length == 1
            ? List.of(FuzzTarget.values())
            : Arrays.stream(arguments).skip(1).map(FuzzTarget::of).toList();
    boolean clean = true;
    for (FuzzTarget target : targets) {
      clean &= new FuzzRun(target).run(arguments[0]);
    }
    System.exit(clean ? 0 : 1);
  }

  @SuppressWarnings("SystemOut")
  private boolean run(String seconds) throws IOException, InterruptedException {
    Files.createDirectories(found);
    List<String> command = jazzer();
    command.addAll(
        seconds.equals("merge")
            ? List.of("-merge=1", target.corpus().toString(), found.toString())
            : List.of("-max_total_time=" + seconds, found.toString(), target.corpus().toString()));
    int exitCode =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();
    // Messages hold the bytes of inputs, which are in no character set.
    FuzzLog text = new FuzzLog(Files.readString(log, StandardCharsets.ISO_8859_1));
    boolean clean = exitCode == 0 && text.saysHowItEnded();
    System.out.printf("%-18s %s%n", target.id(), text.summary());
    if (!clean) {
      System.out.printf("%-18s FAILED, see %s%n", target.id(), log.toAbsolutePath());
      text.finding().limit(SHOWN_LINES).forEach(System.out::println);
    }
    return clean;
  }

  private List<String> jazzer() {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // What a run keeps by mistake is found as an OutOfMemoryError.
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.className(),
                "--instrumentation_includes=io.mockexo.**:org.bouncycastle.tls.**",
                // It fails, on JDK 17 at least, when Netty's queues begin to use Unsafe.
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.UnsafeSanitizer",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-timeout=20",
                // The heap has its limit above; the rest is the JVM's.
                "-rss_limit_mb=0",
                "-print_final_stats=1",
                "-seed=" + System.getProperty("fuzz.seed", "0")));
    if (Files.exists(target.dictionary())) {
      command.add("-dict=" + target.dictionary());
    }
    return command;
  }
}

package io.mockexo.standalone.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;

/**
 * The program as it was built, under {@code -Xmx96m}: 5,000 connections that stay and say nothing,
 * 1,000 messages meanwhile, then 100,000 clients whose handshake is refused. Prints what it takes,
 * and fails unless that stays the same once the journal is full. CONTRIBUTING.md has the command.
 * Both processes need a limit of open files beyond 5,000.
 */
public final class MemoryRun {

  private static final int SILENT = 5_000;
  private static final int MESSAGES = 1_000;
  private static final int MESSAGE_SIZE = 100_000;
  private static final int REFUSED = 100_000;
  private static final int SAMPLE_EACH = 10_000;

  /** After so many sessions the journal has as many as it keeps. */
  private static final int FULL_AFTER = 2;

  private static final long FLAT = 2_000_000;

  private MemoryRun() {}

  public static void main(String[] arguments) throws Exception {
    Path classes =
        Path.of(MemoryRun.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = classes.resolveSibling("mock-exchange-online.jar");
    List<String> java = List.of("-Xmx96m", "-XX:+ExitOnOutOfMemoryError", "-jar", jar.toString());
    try (ServeProcess program = ServeProcess.start(java);
        Load load = new Load(program)) {
      tell("started", program);
      load.openSilent(SILENT);
      tell(SILENT + " silent connections", program);
      load.deliver(MESSAGES, MESSAGE_SIZE);
      tell(MESSAGES + " messages of " + MESSAGE_SIZE + " bytes", program);
      requireFlat(refuse(program, load));
      requireServed(load);
      load.deliver(1, MESSAGE_SIZE);
    }
  }

  /** Returns the live bytes of each sample. */
  private static List<Long> refuse(ServeProcess program, Load load) throws Exception {
    List<Long> samples = new ArrayList<>();
    for (int refused = SAMPLE_EACH; refused <= REFUSED; refused += SAMPLE_EACH) {
      load.beRefused(SAMPLE_EACH);
      samples.add(tell(refused + " refused handshakes", program).liveBytes());
    }
    return samples;
  }

  private static Footprint tell(String when, ServeProcess program) throws Exception {
    Footprint footprint = program.footprint();
    System.out.printf("%-35s %s%n", when, footprint);
    return footprint;
  }

  private static void requireFlat(List<Long> samples) {
    LongSummaryStatistics whenFull =
        samples.subList(FULL_AFTER, samples.size()).stream()
            .mapToLong(Long::longValue)
            .summaryStatistics();
    long spread = whenFull.getMax() - whenFull.getMin();
    System.out.printf("spread once the journal is full: %.1f MB%n", spread / 1e6);
    if (spread > FLAT) {
      throw new IllegalStateException("memory is not flat");
    }
  }

  private static void requireServed(Load load) throws Exception {
    int served = load.stillServed();
    System.out.println(served + " silent connections are still served");
    if (served != SILENT) {
      throw new IllegalStateException("silent connections were lost");
    }
  }
}

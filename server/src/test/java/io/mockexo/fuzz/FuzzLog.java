package io.mockexo.fuzz;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What libFuzzer, which drives Jazzer, has written about a run. */
record FuzzLog(String text) {

  private static final Pattern EXECUTIONS =
      Pattern.compile("stat::number_of_executed_units: +(\\d+)");
  private static final Pattern RATE = Pattern.compile("stat::average_exec_per_sec: +(\\d+)");
  private static final Pattern MEMORY = Pattern.compile("stat::peak_rss_mb: +(\\d+)");
  private static final Pattern EDGES = Pattern.compile("cov: (\\d+) ft: \\d+ corp: ");
  private static final Pattern CORPUS = Pattern.compile("cov: \\d+ ft: \\d+ corp: (\\S+)");

  /** Whether the fuzzer came as far as its own statistics. */
  boolean saysHowItEnded() {
    return EXECUTIONS.matcher(text).find();
  }

  String summary() {
    return "%9s executions, %6s a second, %5s edges, corpus %s, peak memory %s MB"
        .formatted(last(EXECUTIONS), last(RATE), last(EDGES), last(CORPUS), last(MEMORY));
  }

  /** The lines that say what went wrong, and where. */
  Stream<String> finding() {
    return text.lines().filter(line -> line.startsWith("== ") || line.startsWith("\tat"));
  }

  private String last(Pattern pattern) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .reduce("-", (earlier, later) -> later);
  }
}

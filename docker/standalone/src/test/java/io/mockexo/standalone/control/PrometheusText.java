package io.mockexo.standalone.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text format of Prometheus, version 0.0.4, read as strictly as it is described. */
record PrometheusText(Map<String, Family> families, List<Sample> samples) {

  /** What belongs to one name. */
  record Family(String help, String type) {}

  /** One value. */
  record Sample(String name, Map<String, String> labels, double value) {
    String identity() {
      return name + labels;
    }
  }

  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (" + NAME + ") (.*)");
  private static final Pattern SAMPLE = Pattern.compile("(" + NAME + ")(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("\\G([a-zA-Z_]\\w*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");
  private static final Set<String> TYPES =
      Set.of("counter", "gauge", "histogram", "summary", "untyped");

  static PrometheusText parse(String text) {
    assertThat(text).endsWith("\n");
    Map<String, String> help = new LinkedHashMap<>();
    Map<String, Family> families = new LinkedHashMap<>();
    List<Sample> samples = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      Matcher comment = COMMENT.matcher(line);
      if (comment.matches() && comment.group(1).equals("HELP")) {
        assertThat(help.put(comment.group(2), comment.group(3))).as(line).isNull();
      } else if (comment.matches()) {
        String name = comment.group(2);
        assertThat(TYPES).contains(comment.group(3));
        Family family = new Family(help.getOrDefault(name, ""), comment.group(3));
        assertThat(families.put(name, family)).as(line).isNull();
      } else if (!line.isEmpty()) {
        samples.add(sample(line, families.keySet()));
      }
    }
    assertThat(samples.stream().map(Sample::identity)).doesNotHaveDuplicates();
    return new PrometheusText(families, samples);
  }

  private static Sample sample(String line, Set<String> families) {
    Matcher sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as(line).isTrue();
    String name = sample.group(1);
    assertThat(families)
        .as(line)
        .anyMatch(family -> name.matches(family + "(_sum|_count|_max|_bucket)?"));
    Map<String, String> labels = new TreeMap<>();
    String text = sample.group(2) == null ? "" : sample.group(2);
    Matcher label = LABEL.matcher(text);
    int end = 0;
    while (label.find()) {
      assertThat(labels.put(label.group(1), label.group(2))).as(line).isNull();
      end = label.end();
    }
    assertThat(end).as(line).isEqualTo(text.length());
    return new Sample(name, labels, Double.parseDouble(sample.group(3)));
  }

  /** The value with these labels, each {@code name=value}; 0 if there is none. */
  double value(String name, String... labels) {
    Map<String, String> wanted = new TreeMap<>();
    for (String label : labels) {
      wanted.put(label.split("=", 2)[0], label.split("=", 2)[1]);
    }
    return samples.stream()
        .filter(sample -> sample.name().equals(name) && sample.labels().equals(wanted))
        .mapToDouble(Sample::value)
        .findFirst()
        .orElse(0);
  }
}

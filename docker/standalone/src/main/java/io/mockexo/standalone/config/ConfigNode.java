package io.mockexo.standalone.config;

import io.mockexo.tls.NearestName;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A value of the file that knows where it stands, so that every complaint can say so. */
final class ConfigNode {

  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15})\\s*([A-Za-z]*)");

  private static final Map<String, Long> BYTE_UNITS =
      Map.of("", 1L, "b", 1L, "kib", 1L << 10, "mib", 1L << 20, "gib", 1L << 30);

  private static final Map<String, Duration> TIME_UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));

  private final String file;
  private final Node node;
  private final String path;

  ConfigNode(String file, Node node, String path) {
    this.file = file;
    this.node = node;
    this.path = path;
  }

  /** The entries of a mapping in which any key may stand. */
  Map<String, ConfigNode> entries() {
    if (!(node instanceof MappingNode mapping)) {
      throw expected("a mapping of keys to values");
    }
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      ConfigNode key = new ConfigNode(file, tuple.getKeyNode(), path);
      String name = key.text();
      String childPath = path.isEmpty() ? name : path + "." + name;
      ConfigNode value = new ConfigNode(file, tuple.getValueNode(), childPath);
      if (entries.put(name, value) != null) {
        throw new ConfigNode(file, tuple.getKeyNode(), childPath)
            .error("this key stands here twice");
      }
    }
    return entries;
  }

  /** The entries of a mapping that has only these keys. */
  Map<String, ConfigNode> entries(Collection<String> allowed) {
    Map<String, ConfigNode> entries = entries();
    entries.forEach(
        (key, value) -> {
          if (!allowed.contains(key)) {
            throw new ConfigNode(file, keyNode(key), value.path)
                .error(
                    "there is no such key; did you mean '%s'? Keys here are %s"
                        .formatted(
                            NearestName.of(key, allowed),
                            String.join(", ", allowed.stream().sorted().toList())));
          }
        });
    return entries;
  }

  private Node keyNode(String key) {
    return ((MappingNode) node)
        .getValue().stream()
            .map(NodeTuple::getKeyNode)
            .filter(candidate -> candidate instanceof ScalarNode s && s.getValue().equals(key))
            .findFirst()
            .orElse(node);
  }

  /** The elements of a list. */
  List<ConfigNode> elements() {
    if (!(node instanceof SequenceNode sequence)) {
      throw expected("a list");
    }
    List<ConfigNode> elements = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      elements.add(new ConfigNode(file, element, path + "[" + elements.size() + "]"));
    }
    return elements;
  }

  List<String> texts() {
    return elements().stream().map(ConfigNode::text).toList();
  }

  String text() {
    if (node instanceof ScalarNode scalar && !Tag.NULL.equals(scalar.getTag())) {
      return scalar.getValue();
    }
    throw expected("text");
  }

  boolean bool() {
    return switch (text().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw expected("true or false");
    };
  }

  int integer(int minimum, int maximum) {
    String text = text();
    try {
      int value = Integer.parseInt(text);
      if (value >= minimum && value <= maximum) {
        return value;
      }
    } catch (NumberFormatException e) {
      // the complaint below says it all
    }
    throw expected("a whole number from " + minimum + " to " + maximum);
  }

  /** A number of bytes: {@code 1024}, {@code 64MiB}. */
  long bytes() {
    Matcher amount = AMOUNT.matcher(text().strip());
    if (amount.matches()) {
      Long unit = BYTE_UNITS.get(amount.group(2).toLowerCase(Locale.ROOT));
      if (unit != null) {
        return times(Long.parseLong(amount.group(1)), unit);
      }
    }
    throw expected("a number of bytes, for example 65536, 512KiB or 64MiB");
  }

  private long times(long amount, long unit) {
    try {
      return Math.multiplyExact(amount, unit);
    } catch (ArithmeticException e) {
      throw expected("fewer bytes");
    }
  }

  /** A length of time: {@code 500ms}, {@code 5s}, {@code 2m} or ISO 8601. */
  Duration duration() {
    String text = text().strip();
    Matcher amount = AMOUNT.matcher(text);
    if (amount.matches()) {
      Duration unit = TIME_UNITS.get(amount.group(2).toLowerCase(Locale.ROOT));
      if (unit != null) {
        return unit.multipliedBy(Long.parseLong(amount.group(1)));
      }
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw expected("a length of time, for example 500ms, 5s, 2m or PT5S");
    }
  }

  /** A constant of an enum, by its name. */
  <E extends Enum<E>> E oneOf(Class<E> type) {
    String text = text();
    List<String> names = Stream.of(type.getEnumConstants()).map(Enum::name).toList();
    String wanted = text.strip().toUpperCase(Locale.ROOT);
    if (!names.contains(wanted)) {
      throw error(
          "'%s' is not known; did you mean %s? It is one of %s"
              .formatted(text, NearestName.of(text, names), String.join(", ", names)));
    }
    return Enum.valueOf(type, wanted);
  }

  /** Whatever {@code reader} makes of this value; what it objects to gets its place in the file. */
  <T> T as(Function<ConfigNode, T> reader) {
    try {
      return reader.apply(this);
    } catch (IllegalArgumentException e) {
      throw error(String.valueOf(e.getMessage()));
    }
  }

  ConfigurationException error(String problem) {
    Mark mark = node.getStartMark();
    String place = path.isEmpty() ? "" : path + ": ";
    return new ConfigurationException(
        "%s:%d:%d: %s%s".formatted(file, mark.getLine() + 1, mark.getColumn() + 1, place, problem));
  }

  private ConfigurationException expected(String what) {
    return error("expected %s, found %s".formatted(what, description()));
  }

  private String description() {
    if (node instanceof ScalarNode scalar) {
      return Tag.NULL.equals(scalar.getTag()) ? "nothing" : "'" + scalar.getValue() + "'";
    }
    return node instanceof MappingNode ? "a mapping" : "a list";
  }
}

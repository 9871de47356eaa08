package io.mockexo.standalone.config;

import io.mockexo.fault.DurationSyntax;
import io.mockexo.tls.NearestName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of the file that knows where it stands, so that every complaint can say so. What stands
 * below {@code accounts} is never quoted: it may be a password, even where a key should be.
 */
final class ConfigNode {

  private static final String SECRETS = "accounts";

  private final String file;
  private final Node node;
  private final String path;
  private final boolean secret;

  private ConfigNode(String file, Node node, String path, boolean secret) {
    this.file = file;
    this.node = node;
    this.path = path;
    this.secret = secret;
  }

  /** The whole file. */
  static ConfigNode root(String file, Node node) {
    return new ConfigNode(file, node, "", false);
  }

  /** The entries of a mapping in which any key may stand. */
  Map<String, ConfigNode> entries() {
    return entries(name -> {});
  }

  /** The entries of a mapping that has only these keys. */
  Map<String, ConfigNode> entries(Collection<String> allowed) {
    return entries(
        key -> {
          if (!allowed.contains(key.text())) {
            throw key.unknownKey(allowed);
          }
        });
  }

  private Map<String, ConfigNode> entries(Consumer<ConfigNode> keyCheck) {
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping().getValue()) {
      ConfigNode key = key(tuple);
      keyCheck.accept(key);
      String name = key.text();
      boolean below = secret || name.equals(SECRETS);
      ConfigNode value = new ConfigNode(file, tuple.getValueNode(), child(name), below);
      if (entries.put(name, value) != null) {
        throw new ConfigNode(file, tuple.getKeyNode(), child(name), below)
            .error("this key stands here twice");
      }
    }
    return entries;
  }

  private MappingNode mapping() {
    if (node instanceof MappingNode mapping) {
      return mapping;
    }
    throw expected("a mapping of keys to values");
  }

  /** A key, with the path of the mapping that it stands in. */
  private ConfigNode key(NodeTuple tuple) {
    return new ConfigNode(file, tuple.getKeyNode(), path, secret);
  }

  private String child(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private ConfigurationException unknownKey(Collection<String> allowed) {
    String keys = String.join(", ", allowed.stream().sorted().toList());
    if (secret) {
      return error("there is no such key; keys here are " + keys);
    }
    String near =
        NearestName.closeTo(text(), allowed).map(" did you mean '%s'?"::formatted).orElse("");
    return new ConfigNode(file, node, child(text()), false)
        .error("there is no such key;%s keys here are %s".formatted(near, keys));
  }

  /** A complaint about an entry of this mapping: that it is there at all. */
  ConfigurationException errorAt(String key, String problem) {
    Node place =
        mapping().getValue().stream()
            .map(NodeTuple::getKeyNode)
            .filter(candidate -> candidate instanceof ScalarNode s && s.getValue().equals(key))
            .findFirst()
            .orElse(node);
    return new ConfigNode(file, place, child(key), secret).error(problem);
  }

  /** The elements of a list. */
  List<ConfigNode> elements() {
    if (!(node instanceof SequenceNode sequence)) {
      throw expected("a list");
    }
    List<ConfigNode> elements = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      elements.add(new ConfigNode(file, element, path + "[" + elements.size() + "]", secret));
    }
    return elements;
  }

  /**
   * What {@code reader} makes of each element of a list.
   *
   * @param identity what must not be the same for two of them
   */
  <T> List<T> distinct(Function<ConfigNode, T> reader, Function<? super T, ?> identity) {
    Map<Object, ConfigNode> known = new LinkedHashMap<>();
    List<T> values = new ArrayList<>();
    for (ConfigNode element : elements()) {
      T value = element.as(reader);
      ConfigNode before = known.putIfAbsent(identity.apply(value), element);
      if (before != null) {
        throw element.error("this repeats " + before.path);
      }
      values.add(value);
    }
    return values;
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
    return Amounts.bytes(text())
        .orElseThrow(() -> expected("a number of bytes, for example 65536, 512KiB or 64MiB"));
  }

  /** A length of time: {@code 500ms}, {@code 5s}, {@code 2m} or ISO 8601. */
  Duration duration() {
    return as(node -> DurationSyntax.parse(node.text()));
  }

  /** A constant of an enum, by its name. */
  <E extends Enum<E>> E oneOf(Class<E> type) {
    String text = text();
    List<String> names = Stream.of(type.getEnumConstants()).map(Enum::name).toList();
    String wanted = text.strip().toUpperCase(Locale.ROOT);
    if (!names.contains(wanted)) {
      String near = NearestName.closeTo(text, names).map(" did you mean %s?"::formatted).orElse("");
      throw error(
          "'%s' is not known;%s it is one of %s".formatted(text, near, String.join(", ", names)));
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

  /** As {@link #as}, with the place for later complaints. */
  <T> Placed<T> placed(Function<ConfigNode, T> reader) {
    return new Placed<>(as(reader), place());
  }

  ConfigurationException error(String problem) {
    return new ConfigurationException(place() + ": " + problem);
  }

  private String place() {
    Mark mark = node.getStartMark();
    String here = "%s:%d:%d".formatted(file, mark.getLine() + 1, mark.getColumn() + 1);
    return path.isEmpty() ? here : here + ": " + path;
  }

  private ConfigurationException expected(String what) {
    return error("expected %s, found %s".formatted(what, description()));
  }

  private String description() {
    if (node instanceof ScalarNode scalar) {
      boolean nothing = Tag.NULL.equals(scalar.getTag());
      return nothing ? "nothing" : secret ? "text" : "'" + scalar.getValue() + "'";
    }
    return node instanceof MappingNode ? "a mapping" : "a list";
  }
}

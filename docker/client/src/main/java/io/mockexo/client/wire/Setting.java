package io.mockexo.client.wire;

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

/**
 * A value of a configuration or of a request that knows where it stands, so that every complaint
 * can say so. What stands below {@code accounts} is never quoted: it may be a password, even where
 * a key should be.
 */
public final class Setting {

  private static final String SECRETS = "accounts";

  private final String source;
  private final Tree tree;
  private final Path path;
  private final boolean secret;

  /** The way to a value, for people and for programs. */
  private record Path(String words, String pointer) {
    static final Path ROOT = new Path("", "");

    Path key(String key) {
      return new Path(
          words.isEmpty() ? key : words + "." + key,
          pointer + "/" + key.replace("~", "~0").replace("/", "~1"));
    }

    Path index(int index) {
      return new Path(words + "[" + index + "]", pointer + "/" + index);
    }
  }

  private Setting(String source, Tree tree, Path path, boolean secret) {
    this.source = source;
    this.tree = tree;
    this.path = path;
    this.secret = secret;
  }

  /**
   * The whole.
   *
   * @param source what complaints begin with: the name of a file, for example
   */
  public static Setting root(String source, Tree tree) {
    return new Setting(source, tree, Path.ROOT, false);
  }

  /** The entries of a mapping in which any key may stand. */
  public Map<String, Setting> entries() {
    return entries(name -> {});
  }

  /** The entries of a mapping that has only these keys. */
  public Map<String, Setting> entries(Collection<String> allowed) {
    return entries(key -> key.requireKeyAmong(allowed));
  }

  /** Refuses this key if it is none of these. */
  void requireKeyAmong(Collection<String> allowed) {
    if (!allowed.contains(text())) {
      throw unknownKey(allowed);
    }
  }

  /**
   * The entries of a mapping whose keys are names of things.
   *
   * @param keyCheck complains about a key that cannot be one
   */
  public Map<String, Setting> entries(Consumer<Setting> keyCheck) {
    Map<String, Setting> entries = new LinkedHashMap<>();
    for (Tree.Entry entry : mapping()) {
      Setting key = new Setting(source, entry.key(), path, secret);
      keyCheck.accept(key);
      String name = key.text();
      boolean below = secret || name.equals(SECRETS);
      Setting value = new Setting(source, entry.value(), path.key(name), below);
      if (entries.put(name, value) != null) {
        throw new Setting(source, entry.key(), path.key(name), below)
            .error("this key stands here twice");
      }
    }
    return entries;
  }

  private List<Tree.Entry> mapping() {
    if (tree.kind() == Tree.Kind.MAPPING) {
      return tree.entries();
    }
    throw expected("a mapping of keys to values");
  }

  private SettingException unknownKey(Collection<String> allowed) {
    String keys = String.join(", ", allowed.stream().sorted().toList());
    if (secret) {
      return error("there is no such key; keys here are " + keys);
    }
    String near =
        NearestName.closeTo(text(), allowed).map(" did you mean '%s'?"::formatted).orElse("");
    return new Setting(source, tree, path.key(text()), false)
        .error("there is no such key;%s keys here are %s".formatted(near, keys));
  }

  /** A complaint about an entry of this mapping: that it is there at all. */
  public SettingException errorAt(String key, String problem) {
    Tree place =
        mapping().stream()
            .map(Tree.Entry::key)
            .filter(other -> other.kind() == Tree.Kind.TEXT && other.text().equals(key))
            .findFirst()
            .orElse(tree);
    return new Setting(source, place, path.key(key), secret).error(problem);
  }

  /** The elements of a list. */
  List<Setting> elements() {
    if (tree.kind() != Tree.Kind.SEQUENCE) {
      throw expected("a list");
    }
    List<Setting> elements = new ArrayList<>();
    for (Tree element : tree.elements()) {
      elements.add(new Setting(source, element, path.index(elements.size()), secret));
    }
    return elements;
  }

  /**
   * What {@code reader} makes of each element of a list.
   *
   * @param identity what must not be the same for two of them
   */
  <T> List<T> distinct(Function<Setting, T> reader, Function<? super T, ?> identity) {
    Map<Object, Setting> known = new LinkedHashMap<>();
    List<T> values = new ArrayList<>();
    for (Setting element : elements()) {
      T value = element.as(reader);
      Setting before = known.putIfAbsent(identity.apply(value), element);
      if (before != null) {
        throw element.error("this repeats " + before.path.words());
      }
      values.add(value);
    }
    return values;
  }

  /** The texts of a list. */
  public List<String> texts() {
    return elements().stream().map(Setting::text).toList();
  }

  /** The text of a value that has one. */
  public String text() {
    if (tree.kind() == Tree.Kind.TEXT) {
      return tree.text();
    }
    throw expected("text");
  }

  /** Whether it is {@code null}. */
  boolean isNothing() {
    return tree.kind() == Tree.Kind.NOTHING;
  }

  /** True or false. */
  public boolean bool() {
    return switch (text().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw expected("true or false");
    };
  }

  /** A whole number in this range. */
  public int integer(int minimum, int maximum) {
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
  public long bytes() {
    return Amounts.bytes(text())
        .orElseThrow(() -> expected("a number of bytes, for example 65536, 512KiB or 64MiB"));
  }

  /** A length of time: {@code 500ms}, {@code 5s}, {@code 2m} or ISO 8601. */
  Duration duration() {
    return as(node -> DurationSyntax.parse(node.text()));
  }

  /** A constant of an enum, by its name. */
  public <E extends Enum<E>> E oneOf(Class<E> type) {
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

  /** Whatever {@code reader} makes of this value; what it objects to gets its place. */
  public <T> T as(Function<Setting, T> reader) {
    try {
      return reader.apply(this);
    } catch (SettingException | ScenarioMistakes e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw error(String.valueOf(e.getMessage()));
    }
  }

  /** A complaint about this value. */
  public SettingException error(String problem) {
    return new SettingException(source, tree.position(), place(), path.pointer(), problem);
  }

  /** Where it stands: {@code c.yaml:3:11: endpoints.mx.port}. */
  public String place() {
    String here = source + ":" + tree.position();
    return path.words().isEmpty() ? here : here + ": " + path.words();
  }

  private SettingException expected(String what) {
    return error("expected %s, found %s".formatted(what, description()));
  }

  private String description() {
    return switch (tree.kind()) {
      case MAPPING -> "a mapping";
      case SEQUENCE -> "a list";
      case NOTHING -> "nothing";
      case TEXT -> secret ? "text" : "'" + tree.text() + "'";
    };
  }
}

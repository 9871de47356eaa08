package io.mockexo.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a JSON object (RFC 8259) that anybody may have written: as strictly as the RFC allows, with
 * a limit to its depth, and no key twice (RFC 7519, section 4). Its length is limited by who has
 * it. The engine has no library for JSON, and two small objects are no reason to have one.
 */
final class JsonReader {

  /** A token has at most an object in an object. */
  private static final int MAX_DEPTH = 8;

  /** More digits make no time. */
  private static final int MAX_NUMBER = 40;

  private static final Pattern NUMBER =
      Pattern.compile("-?+(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+");

  private static final String ESCAPES = "\"\\/bfnrt";
  private static final String ESCAPED = "\"\\/\b\f\n\r\t";

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /** What is no JSON. It has no message: that could quote a secret. */
  private static final class NotJson extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotJson() {
      super(null, null, false, false);
    }
  }

  /**
   * The entries of the object: {@code String}, {@code Double}, {@code Boolean}, {@code Map}, {@code
   * List} or, for {@code null}, an empty {@code Optional}; or nothing if it is not one JSON object
   * in UTF-8.
   */
  static Optional<Map<String, Object>> object(byte[] utf8) {
    try {
      JsonReader reader =
          new JsonReader(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
      Map<String, Object> object = reader.whole();
      return Optional.of(object);
    } catch (CharacterCodingException | NotJson e) {
      return Optional.empty();
    }
  }

  private Map<String, Object> whole() {
    skipBlanks();
    expect('{');
    Map<String, Object> object = members(1);
    skipBlanks();
    require(at == text.length());
    return object;
  }

  private Object value(int depth) {
    skipBlanks();
    char first = peek();
    if (first == '{' || first == '[') {
      require(depth < MAX_DEPTH);
      at++;
      return first == '{' ? members(depth + 1) : elements(depth + 1);
    } else if (first == '"') {
      return string();
    } else if (first == '-' || isDigit(first)) {
      return number();
    }
    return first == 't'
        ? word("true", true)
        : first == 'f' ? word("false", false) : word("null", Optional.empty());
  }

  private Map<String, Object> members(int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    skipBlanks();
    if (comes('}')) {
      return members;
    }
    do {
      skipBlanks();
      String key = string();
      skipBlanks();
      expect(':');
      require(members.put(key, value(depth)) == null);
      skipBlanks();
    } while (comes(','));
    expect('}');
    return members;
  }

  private List<Object> elements(int depth) {
    List<Object> elements = new ArrayList<>();
    skipBlanks();
    if (comes(']')) {
      return elements;
    }
    do {
      elements.add(value(depth));
      skipBlanks();
    } while (comes(','));
    expect(']');
    return elements;
  }

  private Double number() {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    require(number.lookingAt() && number.end() - at <= MAX_NUMBER);
    double value = Double.parseDouble(number.group());
    require(Double.isFinite(value));
    at = number.end();
    return value;
  }

  private Object word(String word, Object meaning) {
    require(text.startsWith(word, at));
    at += word.length();
    return meaning;
  }

  private String string() {
    expect('"');
    StringBuilder string = new StringBuilder();
    for (char next = next(); next != '"'; next = next()) {
      require(next >= ' ');
      string.append(next == '\\' ? escaped() : next);
    }
    require(hasNoHalfPair(string));
    return string.toString();
  }

  private char escaped() {
    char letter = next();
    if (letter == 'u') {
      require(at + 4 <= text.length());
      int end = at + 4;
      int unit = 0;
      while (at < end) {
        char digit = next();
        require(HexFormat.isHexDigit(digit));
        unit = 16 * unit + HexFormat.fromHexDigit(digit);
      }
      return (char) unit;
    }
    int which = ESCAPES.indexOf(letter);
    require(which >= 0);
    return ESCAPED.charAt(which);
  }

  private static boolean hasNoHalfPair(CharSequence string) {
    return string
        .codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /** RFC 8259, section 2: these four and no others. */
  private void skipBlanks() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private char peek() {
    require(at < text.length());
    return text.charAt(at);
  }

  private char next() {
    char next = peek();
    at++;
    return next;
  }

  private boolean comes(char wanted) {
    boolean comes = peek() == wanted;
    at += comes ? 1 : 0;
    return comes;
  }

  private void expect(char wanted) {
    require(comes(wanted));
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new NotJson();
    }
  }
}

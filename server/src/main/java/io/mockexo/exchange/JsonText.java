package io.mockexo.exchange;

import java.util.Map;
import java.util.stream.Collectors;

/** Writes the JSON of a token. */
final class JsonText {

  private JsonText() {}

  /** An object of strings, numbers, and lists of strings, without blanks, in order. */
  static String object(Map<String, ?> members) {
    return members.entrySet().stream()
        .map(member -> quoted(member.getKey()) + ":" + value(member.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(Object value) {
    if (value instanceof Number number) {
      return number.toString();
    }
    return value instanceof Iterable<?> list ? list(list) : quoted(value.toString());
  }

  private static String list(Iterable<?> values) {
    StringBuilder list = new StringBuilder();
    values.forEach(value -> list.append(list.isEmpty() ? "[" : ",").append(value(value)));
    return list.isEmpty() ? "[]" : list.append(']').toString();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}

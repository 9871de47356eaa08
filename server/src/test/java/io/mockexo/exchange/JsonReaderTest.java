package io.mockexo.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  @Test
  void reads_values_of_every_kind() {
    assertThat(
            read(
                """
                 {"text": "a\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\uD83D\\uDE00ü", "number" : -12.5e2,"zero":0,
                "yes":true,"no":false,"nothing":null,"list":["a",[],{}],"map":{"":{"b":1}}}\t\r
                """))
        .hasValueSatisfying(
            object ->
                assertThat(object)
                    .containsEntry("text", "a\"\\/\b\f\n\r\tä😀ü")
                    .containsEntry("number", -1250.0)
                    .containsEntry("zero", 0.0)
                    .containsEntry("yes", true)
                    .containsEntry("no", false)
                    .containsEntry("nothing", Optional.empty())
                    .containsEntry("list", List.of("a", List.of(), Map.of()))
                    .containsEntry("map", Map.of("", Map.of("b", 1.0))));
    assertThat(read("{}")).hasValue(Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[]",
        "\"a\"",
        "1",
        "null",
        "{} {}",
        "{},",
        "{a:1}",
        "{'a':1}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":[1,]}",
        "{\"a\":[1}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":1e}",
        "{\"a\":0x1}",
        "{\"a\":-}",
        "{\"a\":NaN}",
        "{\"a\":1e999}",
        "{\"a\":truth}",
        "{\"a\":nul}",
        "{\"a\":\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\u12",
        "{\"a\":\"\\uD83D\"}",
        "{\"a\":\"\\uDE00\\uD83D\"}",
        "{\"a\":\"line\nend\"}",
        "{\"a\":\"\u0000\"}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\"a\":1}//",
        "\uFEFF{}"
      })
  void takes_nothing_else_for_an_object(String text) {
    assertThat(read(text)).isEmpty();
  }

  @Test
  void takes_no_bytes_that_are_not_utf_8() {
    assertThat(JsonReader.object("{\"a\":\"ü\"}".getBytes(UTF_8))).isPresent();
    assertThat(JsonReader.object("{\"a\":\"ü\"}".getBytes(ISO_8859_1))).isEmpty();
  }

  @Test
  void has_enough_of_depth_and_of_digits() {
    assertThat(read("{\"a\":" + "[".repeat(7) + "]".repeat(7) + "}")).isPresent();
    assertThat(read("{\"a\":" + "[".repeat(8) + "]".repeat(8) + "}")).isEmpty();
    assertThat(read("{\"a\":".repeat(100_000))).isEmpty();
    assertThat(read("{\"a\":" + "1".repeat(40) + "}")).isPresent();
    assertThat(read("{\"a\":" + "1".repeat(41) + "}")).isEmpty();
    assertThat(read("{\"a\":" + "1".repeat(1_000_000) + "}")).isEmpty();
  }

  @Test
  void reads_what_is_written() {
    String odd = "a\"\\\n\u0000\u2028😀ü\uD83D";
    assertThat(read(JsonText.object(Map.of("a", odd.substring(0, odd.length() - 1)))))
        .hasValue(Map.of("a", odd.substring(0, odd.length() - 1)));
    assertThat(read(JsonText.object(Map.of("a", List.of("b", 2), "c", List.of()))))
        .hasValue(Map.of("a", List.of("b", 2.0), "c", List.of()));
    assertThat(JsonText.object(Map.of("a", odd))).endsWith("\\ud83d\"}");
  }

  private static Optional<Map<String, Object>> read(String text) {
    return JsonReader.object(text.getBytes(UTF_8));
  }
}

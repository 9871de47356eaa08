package io.mockexo.client.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.SignatureScheme;
import io.mockexo.tls.TlsVersion;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Values of two bytes that TLS has names for, and others that clients send all the same. A name
 * stands for its code; what has none, GREASE (RFC 8701) included, is written as the code: {@code
 * 0x3A3A}. So nothing that a client offered is lost.
 *
 * @param <T> what a code stands for
 */
final class CodePoints<T> {

  static final CodePoints<CipherSuite> SUITES =
      new CodePoints<>(CipherSuite::ofCode, CipherSuite::code, CipherSuite::name);

  static final CodePoints<NamedGroup> GROUPS =
      new CodePoints<>(NamedGroup::ofCode, NamedGroup::code, NamedGroup::name);

  static final CodePoints<SignatureScheme> SCHEMES =
      new CodePoints<>(SignatureScheme::ofCode, SignatureScheme::code, SignatureScheme::name);

  static final CodePoints<Integer> VERSIONS =
      new CodePoints<>(code -> code, code -> code, CodePoints::versionName);

  private static final int CODES = 0x10000;

  private final IntFunction<T> ofCode;
  private final ToIntFunction<T> code;
  private final Function<T, String> name;

  /** All names, made by the first who reads one. */
  private volatile @Nullable Map<String, Integer> codes;

  private CodePoints(IntFunction<T> ofCode, ToIntFunction<T> code, Function<T, String> name) {
    this.ofCode = ofCode;
    this.code = code;
    this.name = name;
  }

  private static String versionName(int code) {
    return code == 0x0002
        ? "SSL_2"
        : TlsVersion.ofCode(code).map(Enum::name).orElseGet(() -> "0x%04X".formatted(code));
  }

  private String write(T value) {
    String word = name.apply(value);
    return isName(word) ? word : "0x%04X".formatted(code.applyAsInt(value));
  }

  private T read(String word) {
    Integer known = codes().get(word);
    return ofCode.apply(known == null ? Integer.decode(word) : known);
  }

  private Map<String, Integer> codes() {
    Map<String, Integer> known = codes;
    if (known == null) {
      known = new HashMap<>();
      for (int c = 0; c < CODES; c++) {
        String word = name.apply(ofCode.apply(c));
        if (isName(word)) {
          known.put(word, c);
        }
      }
      codes = known;
    }
    return known;
  }

  private static boolean isName(String word) {
    return !word.equals("GREASE") && !word.startsWith("0x");
  }

  JsonSerializer<T> serializer() {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator json, SerializerProvider provider)
          throws IOException {
        json.writeString(write(value));
      }
    };
  }

  JsonDeserializer<T> deserializer() {
    return new JsonDeserializer<>() {
      @Override
      public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
        return read(json.getText());
      }
    };
  }
}

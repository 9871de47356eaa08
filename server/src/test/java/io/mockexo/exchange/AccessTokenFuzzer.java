package io.mockexo.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mockexo.fuzz.Check;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the input for the header of a token, then for claims that somebody signed: either is judged
 * in a few printable words, and whatever is JSON is the same again when it is written and read.
 */
public final class AccessTokenFuzzer {

  private static final TokenIssuer ISSUER = TokenIssuer.create();
  private static final Instant NOW = Instant.parse("2026-03-27T17:08:50Z");

  private AccessTokenFuzzer() {}

  public static void fuzzerTestOneInput(byte[] input) {
    String header = SigningKey.base64(input);
    checkWords(ISSUER.objectionTo(header + ".e30.AA", "alice@contoso.com", NOW).orElse(""));
    JsonReader.object(input).ifPresent(AccessTokenFuzzer::checkClaims);
  }

  private static void checkClaims(Map<String, Object> claims) {
    new TokenClaims(claims)
        .objection("alice@contoso.com", NOW)
        .ifPresent(AccessTokenFuzzer::checkWords);
    if (claims.values().stream().allMatch(AccessTokenFuzzer::isText)) {
      byte[] written = JsonText.object(claims).getBytes(UTF_8);
      Check.same(Optional.of(claims), JsonReader.object(written), "claims");
    }
  }

  private static boolean isText(Object value) {
    return value instanceof String
        || (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance));
  }

  private static void checkWords(String words) {
    Check.that(words.matches("its? [ -~]{3,240}"), "'" + words + "'");
  }
}

package io.mockexo.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenIssuerTest {

  private static final String ALICE = "alice@contoso.com";
  private static final Instant NOW = Instant.parse("2026-03-27T17:08:50Z");
  private static final long SECOND = NOW.getEpochSecond();
  private static final String GOOD_CLAIMS =
      "\"aud\":\"https://outlook.office.com\",\"scp\":\"SMTP.Send\",\"upn\":\"alice@contoso.com\"";
  private static final String IN_TIME = ",\"exp\":" + (SECOND + 60);

  private final TokenIssuer issuer = TokenIssuer.create();

  @Test
  void a_token_has_the_claims_of_the_real_ones() {
    String token = issuer.issue(AccessTokenSpec.forUser(ALICE), NOW);

    assertThat(part(token, 0))
        .isEqualTo(Map.of("typ", "JWT", "alg", "RS256", "kid", issuer.keyId()));
    assertThat(part(token, 1))
        .containsEntry("aud", "https://outlook.office365.com")
        .containsEntry("iss", "https://sts.windows.net/" + TokenIssuer.TENANT_ID + "/")
        .containsEntry("nbf", (double) SECOND)
        .containsEntry("exp", (double) SECOND + 3600)
        .containsEntry("scp", "SMTP.Send")
        .containsEntry("upn", ALICE)
        .containsEntry("unique_name", ALICE)
        .containsEntry("tid", TokenIssuer.TENANT_ID)
        .containsEntry("ver", "1.0")
        .doesNotContainKey("roles");
    assertThat(part(issuer.issue(AccessTokenSpec.forApp("my-app"), NOW), 1))
        .containsEntry("roles", List.of("SMTP.SendAsApp"))
        .containsEntry("appid", "my-app")
        .doesNotContainKeys("scp", "upn", "unique_name");
  }

  @Test
  void others_can_check_its_signature_with_the_key_set() throws Exception {
    String token = issuer.issue(AccessTokenSpec.forUser(ALICE));

    Map<?, ?> set = JsonReader.object(issuer.keySet().getBytes(UTF_8)).orElseThrow();
    Map<?, ?> key = (Map<?, ?>) ((List<?>) set.get("keys")).get(0);
    assertThat(key.get("kty")).isEqualTo("RSA");
    assertThat(key.get("use")).isEqualTo("sig");
    assertThat(key.get("kid")).isEqualTo(issuer.keyId());
    PublicKey rsa =
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(number(key.get("n")), number(key.get("e"))));
    assertThat(rsa).isEqualTo(issuer.keys().getPublic());
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(rsa);
    signature.update(token.substring(0, token.lastIndexOf('.')).getBytes(UTF_8));
    assertThat(signature.verify(decoded(token.substring(token.lastIndexOf('.') + 1)))).isTrue();
  }

  @Test
  void a_good_token_is_good_for_its_user_to_the_second() {
    String token =
        issuer.issue(AccessTokenSpec.forUser(ALICE).withLifetime(Duration.ofMinutes(5)), NOW);

    assertThat(objection(token, NOW)).isEmpty();
    assertThat(issuer.objectionTo(token, "ALICE@CONTOSO.COM", NOW)).isEmpty();
    assertThat(objection(token, NOW.plusSeconds(299))).isEmpty();
    assertThat(objection(token, NOW.plusSeconds(300)))
        .hasValue("it expired at 2026-03-27T17:13:50Z");
    assertThat(objection(token, NOW.minusSeconds(1)))
        .hasValue("it is not valid before 2026-03-27T17:08:50Z");
    assertThat(issuer.objectionTo(token, "bob@contoso.com", NOW))
        .hasValue("it is of another user, alice@contoso.com");
  }

  @Test
  void a_token_of_an_application_is_good_for_every_user() {
    String token = issuer.issue(AccessTokenSpec.forApp("my-app"), NOW);

    assertThat(objection(token, NOW)).isEmpty();
    assertThat(issuer.objectionTo(token, "bob@contoso.com", NOW)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          EXPIRED          | it expired at 2026-03-27T17:03:50Z
          NOT_YET_VALID    | it is not valid before 2026-03-27T18:08:50Z
          WRONG_AUDIENCE   | its audience is https://graph.microsoft.com, not https://outlook.office365.com
          WRONG_PERMISSION | it has neither the scope SMTP.Send nor the role SMTP.SendAsApp
          WRONG_KEY        | it is not signed with the key of this mock
          UNSIGNED         | it is not signed with RS256
          """)
  void every_flaw_is_found(TokenFlaw flaw, String objection) {
    issuer.keys();
    for (AccessTokenSpec spec :
        List.of(AccessTokenSpec.forUser(ALICE), AccessTokenSpec.forApp("my-app"))) {
      assertThat(objection(issuer.issue(spec.withFlaw(flaw), NOW), NOW)).hasValue(objection);
      assertThat(objection(issuer.issue(spec.withFlaw(flaw).withFlaw(null), NOW), NOW)).isEmpty();
    }
  }

  @Test
  void one_that_has_signed_nothing_takes_nothing_and_makes_no_key_for_that() {
    String token = TokenIssuer.create().issue(AccessTokenSpec.forUser(ALICE), NOW);

    assertThat(objection(token, NOW)).hasValue("it is not signed with the key of this mock");
    assertThat(issuer).hasFieldOrPropertyWithValue("key", null);
  }

  @Test
  void a_change_to_any_part_is_found() {
    String token = issuer.issue(AccessTokenSpec.forUser(ALICE), NOW);
    for (int i = 0; i < token.length() - 1; i++) {
      char changed = token.charAt(i) == 'A' ? 'B' : 'A';
      String other = token.substring(0, i) + changed + token.substring(i + 1);
      assertThat(objection(other, NOW)).as("character %d", i).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b", "a.b.c.d", "a.b.c=", "a.b.c\n", "a .b.c", "ä.b.c"})
  void what_is_no_jwt_is_told_so(String token) {
    assertThat(objection(token, NOW)).hasValue("it is no JWT");
  }

  @Test
  void headers_are_read_strictly() {
    assertThat(signed("{\"alg\":\"RS256\"}", "{" + GOOD_CLAIMS + IN_TIME + "}")).isEmpty();
    assertThat(signed("{\"alg\":\"RS256\",\"alg\":\"RS256\"}", "{}"))
        .hasValue("its header is not JSON");
    assertThat(signed("{\"alg\":\"HS256\"}", "{}")).hasValue("it is not signed with RS256");
    assertThat(signed("{\"alg\":[\"RS256\"]}", "{}")).hasValue("it is not signed with RS256");
    assertThat(signed("{\"alg\":\"RS256\",\"kid\":\"other\"}", "{}"))
        .hasValue("it is not signed with the key of this mock");
    assertThat(signed("{\"alg\":\"RS256\",\"crit\":[\"b64\"]}", "{}"))
        .hasValue("its header has extensions that nobody knows");
    assertThat(objection("A.A.A", NOW)).hasValue("its header is not JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                             | it does not say when it expires
          []                             | its claims are not JSON
          {"exp":"tomorrow"}             | it does not say when it expires
          {"exp":1e30}                   | it does not say when it expires
          {"exp":-1}                     | it expired at 1969-12-31T23:59:59Z
          {"nbf":"today"}                | its nbf is no time
          {"nbf":1e30}                   | its nbf is no time
          {"exp":1e10}                   | it has no audience
          {"exp":1e10,"aud":[1,{}]}      | it has no audience
          {"exp":1e10,"aud":"a\\u0007b"} | its audience is a?b, not https://outlook.office365.com
          """)
  void claims_that_somebody_signed_are_judged(String claims, String objection) {
    assertThat(signed("{\"alg\":\"RS256\"}", claims)).hasValue(objection);
  }

  @Test
  void permission_and_user_may_stand_in_several_claims() {
    String aud = "{\"exp\":1e10,\"aud\":[\"x\",\"00000002-0000-0ff1-ce00-000000000000\"],";
    String rs256 = "{\"alg\":\"RS256\"}";
    assertThat(
            signed(rs256, aud + "\"scp\":\"a SMTP.Send b\",\"unique_name\":\"Alice@Contoso.com\"}"))
        .isEmpty();
    assertThat(
            signed(rs256, aud + "\"scp\":\"SMTP.Send\",\"preferred_username\":\"" + ALICE + "\"}"))
        .isEmpty();
    assertThat(signed(rs256, aud + "\"scp\":\"SMTP.Send\"}")).hasValue("it names no user");
    assertThat(signed(rs256, aud + "\"scp\":\"SMTP.SendX\"}"))
        .hasValue("it has neither the scope SMTP.Send nor the role SMTP.SendAsApp");
    assertThat(signed(rs256, aud + "\"roles\":[\"x\",\"SMTP.SendAsApp\"]}")).isEmpty();
    assertThat(signed(rs256, aud + "\"scp\":\"SMTP.Send\",\"upn\":\"" + "x".repeat(200) + "\"}"))
        .hasValue("it is of another user, " + "x".repeat(100) + "...");
  }

  @Test
  void the_first_claim_that_names_a_user_decides() {
    String before = "{\"exp\":1e10,\"aud\":\"https://outlook.office.com\",\"scp\":\"SMTP.Send\",";
    String alice = "\"unique_name\":\"%1$s\",\"preferred_username\":\"%1$s\"}".formatted(ALICE);
    String rs256 = "{\"alg\":\"RS256\"}";

    assertThat(signed(rs256, before + "\"upn\":\"bob@contoso.com\"," + alice))
        .hasValue("it is of another user, bob@contoso.com");
    assertThat(signed(rs256, before + "\"upn\":7," + alice)).hasValue("it names no user");
    assertThat(
            signed(
                rs256,
                before
                    + "\"unique_name\":\"bob@contoso.com\",\"preferred_username\":\"%s\"}"
                        .formatted(ALICE)))
        .isEmpty();
  }

  @Test
  void impossible_tokens_are_refused() {
    AccessTokenSpec good = AccessTokenSpec.forUser(ALICE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> good.withLifetime(Duration.ZERO))
        .withMessage("an access token lives from a second to ten years, not PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> good.withLifetime(Duration.ofDays(4000)))
        .withMessageContaining("ten years");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AccessTokenSpec.forUser(" "))
        .withMessage("the subject of an access token is empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> good.withAudience(""))
        .withMessage("the audience of an access token is empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> good.withPermission(""))
        .withMessage("the permission of an access token is empty");
  }

  /** What there is to say to a token that somebody made with the key of the mock. */
  private Optional<String> signed(String header, String claims) {
    String text = base64(header) + "." + base64(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(issuer.keys().getPrivate());
      signature.update(text.getBytes(UTF_8));
      return objection(text + "." + base64(signature.sign()), NOW);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private Optional<String> objection(String token, Instant now) {
    return issuer.objectionTo(token, ALICE, now);
  }

  private static Map<String, Object> part(String token, int index) {
    return JsonReader.object(decoded(List.of(token.split("\\.", -1)).get(index))).orElseThrow();
  }

  private static String base64(String text) {
    return base64(text.getBytes(UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decoded(String base64) {
    return Base64.getUrlDecoder().decode(base64);
  }

  private static BigInteger number(Object base64) {
    return new BigInteger(1, decoded(base64.toString()));
  }
}

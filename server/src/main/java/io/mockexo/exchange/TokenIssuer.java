package io.mockexo.exchange;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Issues the access tokens that AUTH XOAUTH2 takes, and judges them: what Microsoft Entra ID is to
 * Exchange Online. They are JWTs (RFC 7519), signed with RS256, with the claims of the real ones.
 *
 * <p>The key is made when somebody asks for it or for a token, so nobody else pays for it, and it
 * is handed out: a test may sign tokens of its own. It never leaves memory by itself.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class TokenIssuer {

  /** The id of the tenant in all tokens, which nobody has: {@value}. */
  public static final String TENANT_ID = "aaaabbbb-0000-cccc-1111-dddd2222eeee";

  /** The application for which users sign in: {@value}. */
  private static final String USERS_APP_ID = "00001111-aaaa-2222-bbbb-3333cccc4444";

  private static final Pattern JWT =
      Pattern.compile("([A-Za-z0-9_-]++)\\.([A-Za-z0-9_-]++)\\.([A-Za-z0-9_-]*+)");

  private static final Duration SINCE_EXPIRY = Duration.ofMinutes(5);
  private static final Duration UNTIL_VALID = Duration.ofHours(1);

  private @Nullable SigningKey key;

  private TokenIssuer() {}

  /** Made by the first thread that asks; all that changes is that its key comes to be. */
  private static final class Shared {
    private static final TokenIssuer INSTANCE = create();
  }

  /** A new issuer with a key of its own. */
  public static TokenIssuer create() {
    return new TokenIssuer();
  }

  /** The issuer of this JVM, which is that of every server unless its profile says otherwise. */
  public static TokenIssuer shared() {
    return Shared.INSTANCE;
  }

  /** The key that signs: RSA with 2048 bits. */
  public KeyPair keys() {
    return key().keys();
  }

  /** The public key as a JWK Set (RFC 7517), in JSON. */
  public String keySet() {
    return key().asKeySet();
  }

  /** The {@code kid} of a token's header that means the key; others are refused. */
  public String keyId() {
    return key().id();
  }

  private synchronized SigningKey key() {
    SigningKey made = key;
    if (made == null) {
      made = SigningKey.create();
      key = made;
    }
    return made;
  }

  /** The key if there is one: before it was made, it has signed nothing. */
  private synchronized Optional<SigningKey> keyIfMade() {
    return Optional.ofNullable(key);
  }

  /** Issues a token now. */
  public String issue(AccessTokenSpec spec) {
    return issue(spec, Clock.systemUTC().instant());
  }

  /** Issues a token at this time; it is valid from then on, to the second. */
  public String issue(AccessTokenSpec spec, Instant at) {
    SigningKey signing = spec.flaw() == TokenFlaw.WRONG_KEY ? SigningKey.create() : key();
    boolean signed = spec.flaw() != TokenFlaw.UNSIGNED;
    Map<String, String> header = new LinkedHashMap<>();
    header.put("typ", "JWT");
    header.put("alg", signed ? "RS256" : "none");
    header.put("kid", signing.id());
    String text = part(header) + "." + part(claims(spec.withFlawedClaims(), at));
    return text + "." + (signed ? signing.sign(text) : "");
  }

  private static String part(Map<String, ?> json) {
    return SigningKey.base64(JsonText.object(json).getBytes(StandardCharsets.UTF_8));
  }

  /** Those of Microsoft Entra ID's access tokens of version 1, which Exchange Online gets. */
  private static Map<String, Object> claims(AccessTokenSpec spec, Instant at) {
    Instant from = validFrom(spec, at);
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("aud", spec.audience());
    claims.put("iss", "https://sts.windows.net/" + TENANT_ID + "/");
    claims.put("iat", from.getEpochSecond());
    claims.put("nbf", from.getEpochSecond());
    claims.put("exp", from.plus(spec.lifetime()).getEpochSecond());
    claims.put("appid", spec.appOnly() ? spec.subject() : USERS_APP_ID);
    claims.put("idtyp", spec.appOnly() ? "app" : "user");
    if (spec.appOnly()) {
      claims.put("roles", List.of(spec.permission().split(" ", -1)));
    } else {
      claims.put("scp", spec.permission());
      claims.put("unique_name", spec.subject());
      claims.put("upn", spec.subject());
    }
    claims.put("sub", spec.subject());
    claims.put("tid", TENANT_ID);
    claims.put("ver", "1.0");
    return claims;
  }

  private static Instant validFrom(AccessTokenSpec spec, Instant at) {
    if (spec.flaw() == TokenFlaw.EXPIRED) {
      return at.minus(SINCE_EXPIRY).minus(spec.lifetime());
    }
    return spec.flaw() == TokenFlaw.NOT_YET_VALID ? at.plus(UNTIL_VALID) : at;
  }

  /**
   * What is wrong with a token: its form, its signature, its time, its audience, its permission or
   * its user. Who issued it is not asked: only this issuer has the key.
   *
   * @param user for whom it was presented
   * @param now the time
   * @return a sentence about the token ("it ...") that quotes nothing of what is not signed;
   *     nothing if the token is good
   */
  public Optional<String> objectionTo(String token, String user, Instant now) {
    Matcher parts = JWT.matcher(token);
    if (!parts.matches()) {
      return Optional.of("it is no JWT");
    }
    Optional<String> unsigned = signatureObjection(parts);
    if (unsigned.isPresent()) {
      return unsigned;
    }
    Optional<Map<String, Object>> claims = json(parts.group(2));
    return claims.isEmpty()
        ? Optional.of("its claims are not JSON")
        : new TokenClaims(claims.get()).objection(user, now);
  }

  /** RFC 7515, section 5.2: the header decides nothing but how a token is refused. */
  private Optional<String> signatureObjection(Matcher parts) {
    Optional<Map<String, Object>> header = json(parts.group(1));
    if (header.isEmpty()) {
      return Optional.of("its header is not JSON");
    } else if (!"RS256".equals(header.get().get("alg"))) {
      return Optional.of("it is not signed with RS256");
    } else if (header.get().containsKey("crit")) {
      return Optional.of("its header has extensions that nobody knows");
    }
    Object kid = header.get().get("kid");
    return keyIfMade()
            .filter(made -> kid == null || made.id().equals(kid))
            .filter(made -> made.signed(signedText(parts), decoded(parts.group(3))))
            .isPresent()
        ? Optional.empty()
        : Optional.of("it is not signed with the key of this mock");
  }

  private static String signedText(Matcher parts) {
    return parts.group(1) + "." + parts.group(2);
  }

  private static Optional<Map<String, Object>> json(String part) {
    return JsonReader.object(decoded(part));
  }

  /** Empty if it is no base64url, which is neither JSON nor a signature. */
  private static byte[] decoded(String part) {
    try {
      return Base64.getUrlDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}

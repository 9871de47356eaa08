package io.mockexo.exchange;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What access token a {@link TokenIssuer} is to issue, with the claims that Microsoft Entra ID puts
 * into one for Exchange Online.
 *
 * @param subject the user principal name of who signed in, or the id of the application
 * @param appOnly whether an application signed in for itself (client credentials): such a token
 *     names no user, and is good for every account
 * @param audience what it is for, the claim {@code aud}
 * @param permission what it permits: the claim {@code scp} of a user's token, {@code roles} of an
 *     application's
 * @param lifetime from its being valid to its expiry
 * @param flaw what is wrong with it; null if nothing is
 * @since 0.1
 */
public record AccessTokenSpec(
    String subject,
    boolean appOnly,
    String audience,
    String permission,
    Duration lifetime,
    @Nullable TokenFlaw flaw) {

  /** What tokens for SMTP are for: {@value}. */
  public static final String EXCHANGE_ONLINE = "https://outlook.office365.com";

  /** What lets an application send as the user who signed in: {@value}. */
  public static final String SMTP_SEND = "SMTP.Send";

  /** What lets an application send for itself: {@value}. */
  public static final String SMTP_SEND_AS_APP = "SMTP.SendAsApp";

  /** One hour; the real one takes 60 to 90 minutes. */
  public static final Duration USUAL_LIFETIME = Duration.ofHours(1);

  /**
   * Checks.
   *
   * @throws IllegalArgumentException if something is empty, or the lifetime is not from a second to
   *     ten years
   */
  public AccessTokenSpec {
    requireText("subject", subject);
    requireText("audience", audience);
    requireText("permission", permission);
    if (lifetime.compareTo(Duration.ofSeconds(1)) < 0
        || lifetime.compareTo(Duration.ofDays(3650)) > 0) {
      throw new IllegalArgumentException(
          "an access token lives from a second to ten years, not " + lifetime);
    }
  }

  private static void requireText(String what, String value) {
    if (Objects.requireNonNull(value).isBlank()) {
      throw new IllegalArgumentException("the %s of an access token is empty".formatted(what));
    }
  }

  /** A good token of a user, for one hour. */
  public static AccessTokenSpec forUser(String user) {
    return new AccessTokenSpec(user, false, EXCHANGE_ONLINE, SMTP_SEND, USUAL_LIFETIME, null);
  }

  /** A good token of an application, for one hour. */
  public static AccessTokenSpec forApp(String appId) {
    return new AccessTokenSpec(
        appId, true, EXCHANGE_ONLINE, SMTP_SEND_AS_APP, USUAL_LIFETIME, null);
  }

  /** The same for something else. */
  public AccessTokenSpec withAudience(String other) {
    return new AccessTokenSpec(subject, appOnly, other, permission, lifetime, flaw);
  }

  /** The same with another permission; several are parted by spaces. */
  public AccessTokenSpec withPermission(String other) {
    return new AccessTokenSpec(subject, appOnly, audience, other, lifetime, flaw);
  }

  /** The same for a shorter or longer time. */
  public AccessTokenSpec withLifetime(Duration other) {
    return new AccessTokenSpec(subject, appOnly, audience, permission, other, flaw);
  }

  /** The same with something wrong, or, if null, with nothing. */
  public AccessTokenSpec withFlaw(@Nullable TokenFlaw other) {
    return new AccessTokenSpec(subject, appOnly, audience, permission, lifetime, other);
  }

  /** The same with what is wrong in the claims put into them. */
  AccessTokenSpec withFlawedClaims() {
    if (flaw == TokenFlaw.WRONG_AUDIENCE) {
      return withAudience("https://graph.microsoft.com");
    }
    return flaw == TokenFlaw.WRONG_PERMISSION
        ? withPermission(appOnly ? "IMAP.AccessAsApp" : "IMAP.AccessAsUser.All")
        : this;
  }
}

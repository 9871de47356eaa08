package io.mockexo.internal.smtp;

import static io.mockexo.internal.smtp.Profiles.SUBMISSION;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.mockexo.exchange.AccessTokenSpec;
import io.mockexo.exchange.AuthRefusal;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.TokenFlaw;
import io.mockexo.exchange.TokenIssuer;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** AUTH XOAUTH2 with tokens that the issuer of the tenant has signed. */
class AccessTokenTest {

  /** When scripts begin. */
  private static final Instant NOW = Instant.parse("2026-03-27T17:08:50Z");

  private static final AccessTokenSpec ALICES = AccessTokenSpec.forUser("alice@contoso.com");

  private final TokenIssuer issuer = TokenIssuer.create();
  private final ExchangeProfile profile =
      SUBMISSION.toBuilder().tenant(t -> t.tokenIssuer(issuer)).build();

  @Test
  void every_account_takes_good_ones_whatever_else_it_has() {
    play(
        """
        C: AUTH XOAUTH2 %s
        S: 235 2.7.0 Authentication successful
        -- AUTH XOAUTH2 by Alice@contoso.com succeeded
        """
            .formatted(response("ALICE@contoso.com", token(ALICES))));
    play(
        """
        C: AUTH XOAUTH2
        S: 334\s
        C: %s
        S: 235 2.7.0 Authentication successful
        -- AUTH XOAUTH2 by Bob@contoso.com succeeded
        """
            .formatted(
                response("bob@contoso.com", token(AccessTokenSpec.forUser("bob@contoso.com")))));
    play(
        """
        C: AUTH XOAUTH2 %s
        S: 235 2.7.0 Authentication successful
        -- AUTH XOAUTH2 by Bob@contoso.com succeeded
        """
            .formatted(response("bob@contoso.com", token(AccessTokenSpec.forApp("my-app")))));
  }

  @Test
  void refuses_bad_ones_at_once_and_alike_and_records_why() {
    refused(TokenFlaw.EXPIRED, "it expired at 2026-03-27T17:03:50Z");
    refused(TokenFlaw.NOT_YET_VALID, "it is not valid before 2026-03-27T18:08:50Z");
    refused(
        TokenFlaw.WRONG_AUDIENCE,
        "its audience is https://graph.microsoft.com, not https://outlook.office365.com");
    refused(
        TokenFlaw.WRONG_PERMISSION,
        "it has neither the scope SMTP.Send nor the role SMTP.SendAsApp");
    refused(TokenFlaw.WRONG_KEY, "it is not signed with the key of this mock");
    refused(TokenFlaw.UNSIGNED, "it is not signed with RS256");
  }

  private void refused(TokenFlaw flaw, String why) {
    play(
        """
        C: AUTH XOAUTH2 %s
        S~ 535 5.7.3 Authentication unsuccessful <E>
        -- AUTH XOAUTH2 by alice@contoso.com failed, the access token is not good: %s
        C: MAIL FROM:<alice@contoso.com>
        S~ 530 5.7.57 Client not authenticated to send mail. Error: 535 5.7.3 Authentication unsuccessful <E>
        -- REFUSED 530, from <alice@contoso.com> to [], 0 bytes
        """
            .formatted(response("alice@contoso.com", token(ALICES.withFlaw(flaw))), why));
  }

  @Test
  void a_token_expires_while_a_client_is_connected() {
    play(
        """
        >> 3600000 ms
        C: AUTH XOAUTH2 %s
        S~ 535 5.7.3 Authentication unsuccessful <E>
        -- AUTH XOAUTH2 by alice@contoso.com failed, the access token is not good: it expired at 2026-03-27T18:08:50Z
        """
            .formatted(response("alice@contoso.com", token(ALICES))));
  }

  @Test
  void a_token_is_not_good_for_another_user_nor_for_one_without_an_account() {
    play(
        """
        C: AUTH XOAUTH2 %s
        S~ 535 5.7.3 Authentication unsuccessful <E>
        -- AUTH XOAUTH2 by bob@contoso.com failed, the access token is not that of the account, and not good: it is of another user, alice@contoso.com
        C: AUTH XOAUTH2 %s
        S~ 535 5.7.3 Authentication unsuccessful <E>
        -- AUTH XOAUTH2 by carol@contoso.com failed, there is no such account
        """
            .formatted(
                response("bob@contoso.com", token(ALICES)),
                response(
                    "carol@contoso.com", token(AccessTokenSpec.forUser("carol@contoso.com")))));
  }

  @Test
  void a_token_is_no_password() {
    play(
        """
        C: AUTH LOGIN YWxpY2VAY29udG9zby5jb20=
        S: 334 UGFzc3dvcmQ6
        C: %s
        S~ 535 5.7.139 Authentication unsuccessful, the user credentials were incorrect. <E>
        -- AUTH LOGIN by alice@contoso.com failed
        """
            .formatted(base64(token(ALICES))));
  }

  @Test
  void a_policy_refuses_good_ones_too_unless_it_is_about_passwords() {
    play(
        profile.toBuilder().tenant(t -> t.authRefusal(AuthRefusal.CONDITIONAL_ACCESS)).build(),
        """
        C: AUTH XOAUTH2 %s
        S~ 535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator. <E>
        -- AUTH XOAUTH2 by Alice@contoso.com failed
        """
            .formatted(response("alice@contoso.com", token(ALICES))));
    play(
        profile.toBuilder().tenant(t -> t.authRefusal(AuthRefusal.BASIC_AUTH_DISABLED)).build(),
        """
        C: AUTH XOAUTH2 %s
        S: 235 2.7.0 Authentication successful
        -- AUTH XOAUTH2 by Alice@contoso.com succeeded
        """
            .formatted(response("alice@contoso.com", token(ALICES))));
  }

  private String token(AccessTokenSpec spec) {
    issuer.keys();
    return issuer.issue(spec, NOW);
  }

  private static String response(String user, String token) {
    return base64("user=%s\u0001auth=Bearer %s\u0001\u0001".formatted(user, token));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private void play(String script) {
    play(profile, script);
  }

  private static void play(ExchangeProfile profile, String script) {
    Script.play(
        profile,
        """
        C: HELO client.example
        S: 250 AM6PR05CA0042.outlook.office365.com Hello [192.0.2.1]
        C: STARTTLS
        S: 220 2.0.0 SMTP server ready
        >> TLS
        C: HELO client.example
        S: 250 AM6PR05CA0042.outlook.office365.com Hello [192.0.2.1]
        """
            + script);
  }
}

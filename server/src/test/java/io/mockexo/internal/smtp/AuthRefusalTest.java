package io.mockexo.internal.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.Account;
import io.mockexo.exchange.AuthRefusal;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Facts 3.2. */
class AuthRefusalTest {

  private static final String INSIDE_TLS =
      """
      C: HELO client.example
      S: 250 AM6PR05CA0042.outlook.office365.com Hello [192.0.2.1]
      C: STARTTLS
      S: 220 2.0.0 SMTP server ready
      >> TLS
      C: HELO client.example
      S: 250 AM6PR05CA0042.outlook.office365.com Hello [192.0.2.1]
      """;

  private static final String LOGIN =
      INSIDE_TLS
          + """
          C: AUTH LOGIN YWxpY2VAY29udG9zby5jb20=
          S: 334 UGFzc3dvcmQ6
          C: czNjcmV0
          """;

  private static final String LEGACY = INSIDE_TLS.replace(">> TLS", ">> TLS 1.1");

  private static final String TEXTS =
      """
      BASIC_AUTH_DISABLED            | 535 5.7.139 Authentication unsuccessful, basic authentication is disabled.
      BASIC_AUTH_RETIRED             | 550 5.7.30 Basic authentication is not supported for Client Submission.
      SMTP_AUTH_DISABLED_FOR_TENANT  | 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.
      SMTP_AUTH_DISABLED_FOR_MAILBOX | 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.
      CONDITIONAL_ACCESS             | 535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.
      SECURITY_DEFAULTS              | 535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.
      FEDERATION_UNREACHABLE         | 535 5.7.139 Authentication unsuccessful, federated STS service was unreachable.
      FEDERATION_WITHOUT_HTTPS       | 535 5.7.139 Authentication unsuccessful, the federated STS URL does not support HTTPS.
      THROTTLED                      | 451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77714)
      TEMPORARY_SERVER_ERROR         | 451 4.7.0 Temporary server error. Please try again later. PRX2
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = TEXTS)
  void right_credentials_are_refused_and_mail_quotes_it(AuthRefusal refusal, String reply) {
    ExchangeProfile profile =
        Profiles.SUBMISSION.toBuilder().tenant(t -> t.authRefusal(refusal)).build();

    Script.play(
        profile,
        LOGIN
            + """
            S~ %1$s <E>
            -- AUTH LOGIN by Alice@contoso.com failed
            C: MAIL FROM:<alice@contoso.com>
            S~ 530 5.7.57 Client not authenticated to send mail. Error: %1$s <E>
            -- REFUSED 530, from <alice@contoso.com> to [], 0 bytes
            """
                .formatted(reply));
  }

  @Test
  void every_refusal_is_among_these() {
    assertThat(TEXTS.lines().map(line -> AuthRefusal.valueOf(line.substring(0, line.indexOf(' ')))))
        .containsExactly(AuthRefusal.values());
  }

  @Test
  void old_tls_on_the_legacy_endpoint_needs_an_opt_in() {
    Script.play(
        ExchangeProfile.builder(Endpoint.LEGACY_CLIENT_SUBMISSION)
            .account("alice@contoso.com", "s3cret")
            .tenant(t -> t.allowLegacyTlsClients(false))
            .build(),
        LEGACY
            + """
            C: AUTH LOGIN
            S~ 535 5.7.67 TLS 1.0 and 1.1 are not supported by your organization <E>
            -- AUTH LOGIN by null failed
            """);
    Script.play(
        ExchangeProfile.builder(Endpoint.LEGACY_CLIENT_SUBMISSION)
            .account("alice@contoso.com", "s3cret")
            .build(),
        LEGACY
            + """
            C: AUTH LOGIN
            S: 334 VXNlcm5hbWU6
            """);
  }

  @Test
  void one_mailbox_alone_is_refused() {
    List<Account> accounts =
        List.of(
            new Account("alice@contoso.com", "s3cret"),
            new Account("bob@contoso.com", "b0b")
                .refusedWith(AuthRefusal.SMTP_AUTH_DISABLED_FOR_MAILBOX));
    ExchangeProfile profile =
        ExchangeProfile.builder(Endpoint.CLIENT_SUBMISSION).accounts(accounts).build();

    Script.play(
        profile,
        INSIDE_TLS
            + """
            C: AUTH LOGIN Qk9CQGNvbnRvc28uY29t
            S: 334 UGFzc3dvcmQ6
            C: YjBi
            S~ 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information. <E>
            -- AUTH LOGIN by bob@contoso.com failed
            C: AUTH LOGIN YWxpY2VAY29udG9zby5jb20=
            S: 334 UGFzc3dvcmQ6
            C: czNjcmV0
            S: 235 2.7.0 Authentication successful
            -- AUTH LOGIN by alice@contoso.com succeeded
            """);
  }

  @Test
  void tokens_are_taken_where_basic_authentication_alone_is_off() {
    for (AuthRefusal refusal : AuthRefusal.values()) {
      ExchangeProfile profile =
          Profiles.SUBMISSION.toBuilder().tenant(t -> t.authRefusal(refusal)).build();
      boolean taken = !refusal.concerns("XOAUTH2");

      String said =
          "%s%s"
              .formatted(
                  INSIDE_TLS,
                  "C: AUTH XOAUTH2 dXNlcj1Cb2JAY29udG9zby5jb20BYXV0aD1CZWFyZXIgZXlKMC50b2tlbgEB\n");
      if (taken) {
        Script.play(
            profile,
            said
                + """
                S: 235 2.7.0 Authentication successful
                -- AUTH XOAUTH2 by Bob@contoso.com succeeded
                """);
      }
    }
    assertThat(
            Arrays.stream(AuthRefusal.values())
                .filter(refusal -> !refusal.concerns("XOAUTH2"))
                .collect(Collectors.toList()))
        .containsExactly(AuthRefusal.BASIC_AUTH_DISABLED, AuthRefusal.BASIC_AUTH_RETIRED);
  }
}

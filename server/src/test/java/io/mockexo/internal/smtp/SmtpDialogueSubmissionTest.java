package io.mockexo.internal.smtp;

import static io.mockexo.internal.smtp.Profiles.SUBMISSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.CleartextMailRefusal;
import io.mockexo.journal.MailTransaction;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmtpDialogueSubmissionTest {

  @Test
  void offers_auth_in_the_place_of_starttls_and_takes_mail_of_authenticated_users() {
    List<MailTransaction> ended =
        Script.play(
            SUBMISSION,
            """
            C: EHLO client.example
            S: 250-AM6PR05CA0042.outlook.office365.com Hello [192.0.2.1]
            S: 250-SIZE 157286400
            S: 250-PIPELINING
            S: 250-DSN
            S: 250-ENHANCEDSTATUSCODES
            S: 250-STARTTLS
            S: 250-8BITMIME
            S: 250-BINARYMIME
            S: 250-CHUNKING
            S: 250 SMTPUTF8
            C: STARTTLS
            S: 220 2.0.0 SMTP server ready
            >> TLS
            C: EHLO client.example
            S: 250-AM6PR05CA0042.outlook.office365.com Hello [192.0.2.1]
            S: 250-SIZE 157286400
            S: 250-PIPELINING
            S: 250-DSN
            S: 250-ENHANCEDSTATUSCODES
            S: 250-AUTH LOGIN XOAUTH2
            S: 250-8BITMIME
            S: 250-BINARYMIME
            S: 250-CHUNKING
            S: 250 SMTPUTF8
            C: AUTH LOGIN
            S: 334 VXNlcm5hbWU6
            C: YWxpY2VAY29udG9zby5jb20=
            S: 334 UGFzc3dvcmQ6
            C: czNjcmV0
            S: 235 2.7.0 Authentication successful
            -- AUTH LOGIN by Alice@contoso.com succeeded
            C: MAIL FROM:<alice@contoso.com>
            S: 250 2.1.0 Sender OK
            C: RCPT TO:<b@client.example>
            S: 250 2.1.5 Recipient OK
            C: DATA
            S: 354 Start mail input; end with <CRLF>.<CRLF>
            C: Message-ID: <1@contoso.com>
            C: .
            S: 250 2.0.0 OK <1@contoso.com> [Hostname=AM6PR05MB4201.eurprd05.prod.outlook.com]
            -- DELIVERED 250, from <alice@contoso.com> to [b@client.example=250], 29 bytes
            """);

    assertThat(ended.get(0).authenticatedUser()).isEqualTo("Alice@contoso.com");
    assertThat(ended.get(0).insideTls()).isTrue();
  }

  @Test
  void refuses_cleartext_mail_and_what_was_pipelined_behind_it() {
    Script.play(
        SUBMISSION,
        """
        C: MAIL FROM:<alice@contoso.com>
        S~ 503 5.5.2 Send hello first <E>
        -- REFUSED 503, from <alice@contoso.com> to [], 0 bytes
        C: HELO client.example
        S: 250 AM6PR05CA0042.outlook.office365.com Hello [192.0.2.1]
        C: MAIL FROM:<alice@contoso.com>
        S~ 451 5.7.3 STARTTLS is required to send mail <E>
        -- REFUSED 451, from <alice@contoso.com> to [], 0 bytes
        C: RCPT TO:<b@client.example>
        S~ 503 5.5.2 Need mail command <E>
        C: DATA
        S~ 503 5.5.2 Need mail command <E>
        C: MAIL FROM:nobody
        S~ 451 5.7.3 STARTTLS is required to send mail <E>
        """);
  }

  @Test
  void refuses_cleartext_mail_in_the_older_words_if_told_so() {
    Script.play(
        SUBMISSION.toBuilder()
            .cleartextMailRefusal(CleartextMailRefusal.NOT_AUTHENTICATED_530)
            .build(),
        """
        C: HELO client.example
        S: 250 AM6PR05CA0042.outlook.office365.com Hello [192.0.2.1]
        C: MAIL FROM:<alice@contoso.com>
        S~ 530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM <E>
        -- REFUSED 530, from <alice@contoso.com> to [], 0 bytes
        """);
  }

  @Test
  void refuses_mail_without_auth_and_quotes_the_last_failure() {
    playInsideTls(
        """
        C: MAIL FROM:<alice@contoso.com>
        S~ 530 5.7.57 Client not authenticated to send mail. <E>
        -- REFUSED 530, from <alice@contoso.com> to [], 0 bytes
        C: AUTH LOGIN YWxpY2VAY29udG9zby5jb20=
        S: 334 UGFzc3dvcmQ6
        C: d3Jvbmc=
        S~ 535 5.7.139 Authentication unsuccessful, the user credentials were incorrect. <E>
        -- AUTH LOGIN by alice@contoso.com failed
        C: MAIL FROM:<alice@contoso.com>
        S~ 530 5.7.57 Client not authenticated to send mail. Error: 535 5.7.139 Authentication unsuccessful, the user credentials were incorrect. <E>
        -- REFUSED 530, from <alice@contoso.com> to [], 0 bytes
        C: AUTH XOAUTH2 dXNlcj1hbGljZQFhdXRoPUJlYXJlciB4AQE=
        S~ 535 5.7.3 Authentication unsuccessful <E>
        -- AUTH XOAUTH2 by alice failed, there is no such account
        C: MAIL FROM:<alice@contoso.com>
        S~ 530 5.7.57 Client not authenticated to send mail. Error: 535 5.7.3 Authentication unsuccessful <E>
        -- REFUSED 530, from <alice@contoso.com> to [], 0 bytes
        """);
  }

  @Test
  void takes_no_auth_in_cleartext() {
    Script.play(
        SUBMISSION,
        """
        C: AUTH LOGIN
        S~ 503 5.5.2 Send hello first <E>
        C: HELO client.example
        S: 250 AM6PR05CA0042.outlook.office365.com Hello [192.0.2.1]
        C: AUTH LOGIN
        S~ 504 5.7.4 Unrecognized authentication type <E>
        -- AUTH LOGIN by null failed
        C: QUIT
        S: 221 2.0.0 Service closing transmission channel
        -- closed
        """);
  }

  @Test
  void accepts_the_token_of_the_account_and_nothing_near_it() {
    playInsideTls(
        """
        C: AUTH XOAUTH2 dXNlcj1ib2JAY29udG9zby5jb20BYXV0aD1CZWFyZXIgZXlKMC50b2tlbQEB
        S~ 535 5.7.3 Authentication unsuccessful <E>
        -- AUTH XOAUTH2 by bob@contoso.com failed, the access token is not that of the account, and not good: it is no JWT
        C: AUTH XOAUTH2 dXNlcj1hbGljZUBjb250b3NvLmNvbQFhdXRoPUJlYXJlciBleUowLnRva2VuAQE=
        S~ 535 5.7.3 Authentication unsuccessful <E>
        -- AUTH XOAUTH2 by alice@contoso.com failed, the access token is not good: it is no JWT
        C: AUTH XOAUTH2 dXNlcj1ib2JAY29udG9zby5jb20BYXV0aD1CZWFyZXIgZXlKMC50b2tlbgE=
        S~ 535 5.7.3 Authentication unsuccessful <E>
        -- AUTH XOAUTH2 by bob@contoso.com failed, the response is not that of XOAUTH2
        C: AUTH XOAUTH2 dXNlcj1ib2JAY29udG9zby5jb20BYXV0aD1leUowLnRva2VuAQE=
        S~ 535 5.7.3 Authentication unsuccessful <E>
        -- AUTH XOAUTH2 by bob@contoso.com failed, the response is not that of XOAUTH2
        C: AUTH LOGIN Ym9iQGNvbnRvc28uY29t
        S: 334 UGFzc3dvcmQ6
        C: ZXlKMC50b2tlbg==
        S~ 535 5.7.139 Authentication unsuccessful, the user credentials were incorrect. <E>
        -- AUTH LOGIN by bob@contoso.com failed
        C: AUTH XOAUTH2
        S: 334\s
        C: dXNlcj1ib2JAQ09OVE9TTy5jb20BYXV0aD1CZWFyZXIgZXlKMC50b2tlbgEB
        S: 235 2.7.0 Authentication successful
        -- AUTH XOAUTH2 by Bob@contoso.com succeeded
        """);
  }

  @Test
  void knows_login_and_xoauth2_alone() {
    playInsideTls(
        """
        C: AUTH PLAIN AEFsaWNlQGNvbnRvc28uY29tAHMzY3JldA==
        S~ 504 5.7.4 Unrecognized authentication type <E>
        -- AUTH PLAIN by null failed
        C: AUTH s3cret
        S~ 504 5.7.4 Unrecognized authentication type <E>
        -- AUTH <redacted> by null failed
        C: AUTH XOAUTH2
        S: 334\s
        C: dXNlcj1hbGljZQFhdXRoPUJlYXJlciB4AQE=
        S~ 535 5.7.3 Authentication unsuccessful <E>
        -- AUTH XOAUTH2 by alice failed, there is no such account
        C: AUTH XOAUTH2 =
        S~ 535 5.7.3 Authentication unsuccessful <E>
        -- AUTH XOAUTH2 by null failed, the response is not that of XOAUTH2
        C: AUTH LOGIN AGFsaWNlAHMzY3JldA==
        S: 334 UGFzc3dvcmQ6
        C: *
        S~ 501 5.7.0 Authentication canceled <E>
        -- AUTH LOGIN by <redacted> failed
        """);
  }

  @Test
  void ends_auth_that_is_canceled_or_garbled_and_starts_anew() {
    playInsideTls(
        """
        C: AUTH LOGIN
        S: 334 VXNlcm5hbWU6
        C: *
        S~ 501 5.7.0 Authentication canceled <E>
        -- AUTH LOGIN by null failed
        C: auth login
        S: 334 VXNlcm5hbWU6
        C: not base64!
        S~ 501 5.5.2 Authentication response is not base64 <E>
        -- AUTH LOGIN by null failed
        C: AUTH LOGIN =
        S: 334 UGFzc3dvcmQ6
        >> too long
        S~ 500 5.5.6 Authentication exchange line is too long <E>
        -- AUTH LOGIN by  failed
        C: AUTH
        S~ 501 5.5.4 Invalid arguments <E>
        C: AUTH LOGIN a b
        S~ 501 5.5.4 Invalid arguments <E>
        C: AUTH LOGIN QUxJQ0VAQ09OVE9TTy5DT00=
        S: 334 UGFzc3dvcmQ6
        C: czNjcmV0
        S: 235 2.7.0 Authentication successful
        -- AUTH LOGIN by Alice@contoso.com succeeded
        """);
  }

  @Test
  void authenticates_once_and_never_within_a_transaction() {
    playInsideTls(
        """
        C: AUTH LOGIN YWxpY2VAY29udG9zby5jb20=
        S: 334 UGFzc3dvcmQ6
        C: czNjcmV0
        S: 235 2.7.0 Authentication successful
        -- AUTH LOGIN by Alice@contoso.com succeeded
        C: AUTH LOGIN
        S: 503 5.5.1 Bad sequence of commands <E>
        C: HELO client.example
        S: 250 AM6PR05CA0042.outlook.office365.com Hello [192.0.2.1]
        C: MAIL FROM:<alice@contoso.com>
        S: 250 2.1.0 Sender OK
        C: AUTH LOGIN
        S: 503 5.5.1 Bad sequence of commands <E>
        C: AUTH
        S: 503 5.5.1 Bad sequence of commands <E>
        >> lost
        -- ABORTED 0, from <alice@contoso.com> to [], 0 bytes
        """);
  }

  @Test
  void refuses_old_tls_at_auth_and_closes() {
    Script.play(
        SUBMISSION,
        """
        C: HELO client.example
        S: 250 AM6PR05CA0042.outlook.office365.com Hello [192.0.2.1]
        C: STARTTLS
        S: 220 2.0.0 SMTP server ready
        >> old TLS
        C: HELO client.example
        S: 250 AM6PR05CA0042.outlook.office365.com Hello [192.0.2.1]
        C: MAIL FROM:<alice@contoso.com>
        S~ 530 5.7.57 Client not authenticated to send mail. <E>
        -- REFUSED 530, from <alice@contoso.com> to [], 0 bytes
        C: AUTH LOGIN
        S~ 421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2. Visit https://aka.ms/smtp_auth_tls. <E>
        -- AUTH LOGIN by null failed
        -- closed
        """);
  }

  @Test
  void holds_back_negative_replies_only() {
    Script.play(
        SUBMISSION,
        """
        C: unknown
        S~ 500 5.3.3 Unrecognized command 'Length: 7' <E>
        C: EHLO MacBook..
        S~ 501 5.5.4 Invalid domain name <E>
        C: HELO MacBook..
        S~ 501 5.5.4 Invalid domain name <E>
        C: NOOP
        S: 250 2.0.0 OK
        >> idle
        S: 451 4.7.0 Timeout waiting for client input <E>
        -- closed
        """);
  }

  private static void playInsideTls(String script) {
    Script.play(
        SUBMISSION,
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

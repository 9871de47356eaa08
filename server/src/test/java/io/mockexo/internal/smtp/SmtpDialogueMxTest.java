package io.mockexo.internal.smtp;

import static io.mockexo.internal.smtp.Profiles.MX;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.MailTransaction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpDialogueMxTest {

  @Test
  void greets_with_front_end_date_and_session_id() {
    SmtpDialogue dialogue =
        new SmtpDialogue(
            MX,
            Script.address("192.0.2.1"),
            "08DE8A01A0B45E1B",
            new ManualClock("2026-11-04T10:07:41.999Z"),
            TestBudget.unlimited());

    Step step = dialogue.greet();

    assertThat(new String(step.reply().toWire(), US_ASCII))
        .isEqualTo(
            "220 AM6PEPF0001A2B3.mail.protection.outlook.com Microsoft ESMTP MAIL Service ready at"
                + " Wed, 4 Nov 2026 10:07:41 +0000 [08DE8A01A0B45E1B]\r\n");
    assertThat(step.next()).isEqualTo(new Step.Next.Command());
  }

  @Test
  void errors_end_with_host_date_and_session_id() {
    SmtpDialogue dialogue =
        new SmtpDialogue(
            MX,
            Script.address("192.0.2.1"),
            "08DE8A01A0B45E1B",
            new ManualClock("2026-11-04T10:07:41Z"),
            TestBudget.unlimited());

    Step step = dialogue.on(new SmtpCommand.Data());

    assertThat(new String(step.reply().toWire(), US_ASCII))
        .isEqualTo(
            "503 5.5.2 Send hello first [AM6PEPF0001A2B3.eurprd05.prod.outlook.com"
                + " 2026-11-04T10:07:41.000Z 08DE8A01A0B45E1B]\r\n");
  }

  @Test
  void accepts_cleartext_mail() {
    List<MailTransaction> ended =
        Script.play(
            MX,
            """
            C: EHLO client.example
            S: 250-AM6PEPF0001A2B3.mail.protection.outlook.com Hello [192.0.2.1]
            S: 250-SIZE 157286400
            S: 250-PIPELINING
            S: 250-DSN
            S: 250-ENHANCEDSTATUSCODES
            S: 250-STARTTLS
            S: 250-8BITMIME
            S: 250-BINARYMIME
            S: 250-CHUNKING
            S: 250 SMTPUTF8
            C: MAIL FROM:<a@client.example> SIZE=100 BODY=8BITMIME RET=hdrs ENVID=x1 AUTH=<>
            S: 250 2.1.0 Sender OK
            C: RCPT TO:<b@contoso.com> NOTIFY=NEVER ORCPT=rfc822;b@contoso.com
            S: 250 2.1.5 Recipient OK
            C: DATA
            S: 354 Start mail input; end with <CRLF>.<CRLF>
            C: Message-ID: <1@client.example>
            C:\s
            C: ..stuffed
            >> 2816 ms
            C: .
            S: 250 2.6.0 <1@client.example> [InternalId=26930617364481, Hostname=AM6PR05MB4201.eurprd05.prod.outlook.com] 44 bytes in 2.816, 0.015 KB/sec Queued mail for delivery
            -- DELIVERED 250, from <a@client.example> to [b@contoso.com=250], 44 bytes
            C: QUIT
            S: 221 2.0.0 Service closing transmission channel
            -- closed
            """);

    MailTransaction delivered = ended.get(0);
    assertThat(delivered.content().toByteArray())
        .asString(US_ASCII)
        .isEqualTo("Message-ID: <1@client.example>\r\n\r\n.stuffed\r\n");
    assertThat(delivered.messageId()).isEqualTo("<1@client.example>");
    assertThat(delivered.bodyHash()).isNull();
    assertThat(delivered.parameters())
        .isEqualTo(Map.of("SIZE", "100", "BODY", "8BITMIME", "RET", "HDRS", "ENVID", "x1"));
    assertThat(delivered.insideTls()).isFalse();
    assertThat(delivered.authenticatedUser()).isNull();
  }

  @Test
  void numbers_messages_and_makes_a_message_id_where_there_is_none() {
    List<MailTransaction> ended =
        Script.play(
            MX,
            """
            C: HELO client.example
            S: 250 AM6PEPF0001A2B3.mail.protection.outlook.com Hello [192.0.2.1]
            C: MAIL FROM:<>
            S: 250 2.1.0 Sender OK
            C: RCPT TO:<b@contoso.com>
            S: 250 2.1.5 Recipient OK
            C: DATA
            S: 354 Start mail input; end with <CRLF>.<CRLF>
            C: .
            S: 250 2.6.0 <08de8a01-a0b4-5e1b-0000-000000000001@AM6PEPF0001A2B3.eurprd05.prod.outlook.com> [InternalId=26930617364481, Hostname=AM6PR05MB4201.eurprd05.prod.outlook.com] 0 bytes in 0.001, 0.000 KB/sec Queued mail for delivery
            -- DELIVERED 250, from <> to [b@contoso.com=250], 0 bytes
            C: MAIL FROM:<a@client.example>
            S: 250 2.1.0 Sender OK
            C: RCPT TO:<b@contoso.com>
            S: 250 2.1.5 Recipient OK
            C: DATA
            S: 354 Start mail input; end with <CRLF>.<CRLF>
            C: hello
            C: .
            S: 250 2.6.0 <08de8a01-a0b4-5e1b-0000-000000000002@AM6PEPF0001A2B3.eurprd05.prod.outlook.com> [InternalId=26930617364482, Hostname=AM6PR05MB4201.eurprd05.prod.outlook.com] 7 bytes in 0.001, 6.836 KB/sec Queued mail for delivery
            -- DELIVERED 250, from <a@client.example> to [b@contoso.com=250], 7 bytes
            """);

    assertThat(ended.get(1).messageId()).isNull();
    // printf 'hello\r\n' | sha256sum
    assertThat(ended.get(1).bodyHash())
        .isEqualTo("cd2eca3535741f27a8ae40c31b0c41d4057a7a7b912b33b9aed86485d1c84676");
  }

  @Test
  void forgets_everything_once_tls_is_established() {
    List<MailTransaction> ended =
        Script.play(
            MX,
            """
            C: EHLO client.example
            S: 250-AM6PEPF0001A2B3.mail.protection.outlook.com Hello [192.0.2.1]
            S: 250-SIZE 157286400
            S: 250-PIPELINING
            S: 250-DSN
            S: 250-ENHANCEDSTATUSCODES
            S: 250-STARTTLS
            S: 250-8BITMIME
            S: 250-BINARYMIME
            S: 250-CHUNKING
            S: 250 SMTPUTF8
            C: MAIL FROM:<a@client.example>
            S: 250 2.1.0 Sender OK
            C: STARTTLS
            S: 220 2.0.0 SMTP server ready
            -- ABORTED 0, from <a@client.example> to [], 0 bytes
            >> TLS
            C: RCPT TO:<b@contoso.com>
            S: 503 5.5.2 Send hello first <E>
            C: EHLO client.example
            S: 250-AM6PEPF0001A2B3.mail.protection.outlook.com Hello [192.0.2.1]
            S: 250-SIZE 157286400
            S: 250-PIPELINING
            S: 250-DSN
            S: 250-ENHANCEDSTATUSCODES
            S: 250-8BITMIME
            S: 250-BINARYMIME
            S: 250-CHUNKING
            S: 250 SMTPUTF8
            C: RCPT TO:<b@contoso.com>
            S: 503 5.5.2 Need mail command <E>
            C: STARTTLS
            S: 503 5.5.1 Bad sequence of commands <E>
            C: MAIL FROM:<a@client.example>
            S: 250 2.1.0 Sender OK
            C: QUIT
            S: 221 2.0.0 Service closing transmission channel
            -- ABORTED 0, from <a@client.example> to [], 0 bytes
            -- closed
            """);

    assertThat(ended).extracting(MailTransaction::insideTls).containsExactly(false, true);
  }

  @Test
  void refuses_old_tls_at_mail_and_closes() {
    Script.play(
        MX,
        """
        C: HELO client.example
        S: 250 AM6PEPF0001A2B3.mail.protection.outlook.com Hello [192.0.2.1]
        C: STARTTLS
        S: 220 2.0.0 SMTP server ready
        >> old TLS
        C: HELO client.example
        S: 250 AM6PEPF0001A2B3.mail.protection.outlook.com Hello [192.0.2.1]
        C: NOOP
        S: 250 2.0.0 OK
        C: MAIL FROM:<a@client.example>
        S: 421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS 1.2. Visit https://aka.ms/smtp_auth_tls. <E>
        -- REFUSED 421, from <a@client.example> to [], 0 bytes
        -- closed
        """);
  }

  @Test
  void offers_no_auth() {
    Script.play(
        MX,
        """
        C: HELO client.example
        S: 250 AM6PEPF0001A2B3.mail.protection.outlook.com Hello [192.0.2.1]
        C: AUTH LOGIN
        S: 504 5.7.4 Unrecognized authentication type <E>
        -- AUTH LOGIN by null failed
        C: STARTTLS
        S: 220 2.0.0 SMTP server ready
        >> TLS
        C: HELO client.example
        S: 250 AM6PEPF0001A2B3.mail.protection.outlook.com Hello [192.0.2.1]
        C: AUTH PLAIN AGFsaWNlAHMzY3JldA==
        S: 504 5.7.4 Unrecognized authentication type <E>
        -- AUTH PLAIN by null failed
        """);
  }

  @Test
  void answers_the_commands_that_change_nothing() {
    Script.play(
        MX,
        """
        C: NOOP whatever
        S: 250 2.0.0 OK
        C: VRFY alice
        S: 252 2.1.5 Cannot VRFY user
        C: EXPN staff
        S: 502 5.3.3 Command not implemented <E>
        C: HELP
        S: 214 2.0.0 Commands: HELO EHLO STARTTLS AUTH MAIL RCPT DATA BDAT RSET NOOP VRFY HELP QUIT
        C: RSET
        S: 250 2.0.0 Resetting
        """);
  }

  @Test
  void names_ipv6_clients_in_the_short_form() {
    Script.play(
        MX,
        "2001:db8:0:0:1:0:0:1",
        """
        C: HELO client.example
        S: 250 AM6PEPF0001A2B3.mail.protection.outlook.com Hello [2001:db8::1:0:0:1]
        """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"EHLO MacBook..", "HELO MacBook..", "ehlo .", "EHLO a..b", "EHLO a b"})
  void refuses_malformed_domains_and_keeps_the_transaction(String hello) {
    Script.play(
        MX,
        """
        C: HELO
        S: 250 AM6PEPF0001A2B3.mail.protection.outlook.com Hello [192.0.2.1]
        C: MAIL FROM:<a@client.example>
        S: 250 2.1.0 Sender OK
        C: %s
        S: 501 5.5.4 Invalid domain name <E>
        C: RCPT TO:<b@contoso.com>
        S: 250 2.1.5 Recipient OK
        C: HELO client.example
        S: 250 AM6PEPF0001A2B3.mail.protection.outlook.com Hello [192.0.2.1]
        -- ABORTED 0, from <a@client.example> to [b@contoso.com=250], 0 bytes
        """
            .formatted(hello));
  }
}

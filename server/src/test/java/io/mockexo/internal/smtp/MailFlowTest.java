package io.mockexo.internal.smtp;

import static io.mockexo.internal.smtp.Profiles.MX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.journal.MailTransaction;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailFlowTest {

  @Test
  void tells_commands_out_of_order_what_is_missing() {
    Script.play(
        MX,
        """
        C: DATA
        S: 503 5.5.2 Send hello first <E>
        C: RCPT TO:<b@contoso.com>
        S: 503 5.5.2 Send hello first <E>
        C: STARTTLS
        S: 503 5.5.2 Send hello first <E>
        C: MAIL FROM:nobody
        S: 503 5.5.2 Send hello first <E>
        C: HELO client.example
        S: 250 AM6PEPF0001A2B3.mail.protection.outlook.com Hello [192.0.2.1]
        C: RCPT TO:<b@contoso.com>
        S: 503 5.5.2 Need mail command <E>
        C: RCPT TO:nobody
        S: 503 5.5.2 Need mail command <E>
        C: DATA
        S: 503 5.5.2 Need mail command <E>
        C: MAIL FROM:<a@client.example>
        S: 250 2.1.0 Sender OK
        C: DATA
        S: 503 5.5.2 Need rcpt command <E>
        C: MAIL FROM:<a@client.example>
        S: 503 5.5.2 Sender already specified <E>
        C: MAIL FROM:nobody
        S: 503 5.5.2 Sender already specified <E>
        C: RSET
        S: 250 2.0.0 Resetting
        -- ABORTED 0, from <a@client.example> to [], 0 bytes
        """);
  }

  @Test
  void names_what_is_wrong_with_arguments() {
    Script.play(
        MX,
        Script.HELLO_ON_MX
            + """
            C: MAIL FROM:nobody
            S: 501 5.1.7 Invalid address <E>
            C: MAIL a@client.example
            S: 501 5.5.4 Invalid arguments <E>
            C: MAIL FROM:<a@client.example> FOO=BAR
            S: 501 5.5.4 Unrecognized parameter <E>
            C: MAIL FROM:<a@client.example> ENVID=a+
            S: 501 5.5.4 Invalid arguments <E>
            C: MAIL FROM:<a@client.example> AUTH=a+b
            S: 501 5.5.4 Invalid arguments <E>
            C: MAIL FROM:<a@client.example> SIZE=1 SIZE=1
            S: 501 5.5.4 Unrecognized parameter <E>
            C: MAIL FROM:<a@client.example> BODY=9BIT
            S: 501 5.5.4 Unsupported BODY type <E>
            C: MAIL FROM:<a@client.example>
            S: 250 2.1.0 Sender OK
            C: RCPT TO:nobody
            S: 501 5.1.3 Invalid address <E>
            C: RCPT TO:<b@contoso.com> NOTIFY=SOMETIMES
            S: 501 5.5.4 Invalid arguments <E>
            C: DATA now
            S: 501 5.5.4 Invalid arguments <E>
            C: RSET
            S: 250 2.0.0 Resetting
            -- ABORTED 0, from <a@client.example> to [], 0 bytes
            C:\s
            S: 500 5.3.3 Unrecognized command <E>
            C: GET / HTTP/1.0
            S: 500 5.3.3 Unrecognized command 'Length: 3' <E>
            >> too long
            S: 500 5.5.2 Command too long <E>
            """);
  }

  @Test
  void wants_smtputf8_for_addresses_beyond_ascii() {
    Script.play(
        MX,
        Script.HELLO_ON_MX
            + """
            C: MAIL FROM:<ä@client.example>
            S: 501 5.1.7 Invalid address <E>
            C: MAIL FROM:<a@client.example>
            S: 250 2.1.0 Sender OK
            C: RCPT TO:<ö@contoso.com>
            S: 501 5.1.3 Invalid address <E>
            C: RSET
            S: 250 2.0.0 Resetting
            -- REFUSED 501, from <a@client.example> to [ö@contoso.com=501], 0 bytes
            C: MAIL FROM:<ä@client.example> SMTPUTF8
            S: 250 2.1.0 Sender OK
            C: RCPT TO:<ö@contoso.com>
            S: 250 2.1.5 Recipient OK
            C: QUIT
            S: 221 2.0.0 Service closing transmission channel
            -- ABORTED 0, from <ä@client.example> to [ö@contoso.com=250], 0 bytes
            -- closed
            """);
  }

  @Test
  void goes_on_with_the_recipients_that_were_accepted() {
    Script.play(
        MX.toBuilder().maxRecipients(1).build(),
        Script.ONE_RECIPIENT_ON_MX
            + """
            C: RCPT TO:<c@contoso.com>
            S: 452 4.5.3 Too many recipients <E>
            C: DATA
            S: 354 Start mail input; end with <CRLF>.<CRLF>
            C: Message-ID: <1@client.example>
            C: .
            S: 250 2.6.0 <1@client.example> %s 32 bytes in 0.001, 31.250 KB/sec Queued mail for delivery
            -- DELIVERED 250, from <a@client.example> to [b@contoso.com=250, c@contoso.com=452], 32 bytes
            """
                .formatted(Script.STORED_AS));
  }

  @Test
  void refuses_a_message_that_is_declared_too_large() {
    Script.play(
        limitedTo(10),
        Script.HELLO_ON_MX
            + """
            C: MAIL FROM:<a@client.example> SIZE=11
            S: 552 5.3.4 Message size exceeds fixed maximum message size <E>
            -- REFUSED 552, from <a@client.example> to [], 0 bytes
            C: MAIL FROM:<a@client.example> SIZE=99999999999999999999
            S: 552 5.3.4 Message size exceeds fixed maximum message size <E>
            -- REFUSED 552, from <a@client.example> to [], 0 bytes
            C: MAIL FROM:<a@client.example> SIZE=10
            S: 250 2.1.0 Sender OK
            """);
  }

  @Test
  void refuses_a_message_that_turns_out_too_large() {
    List<MailTransaction> ended =
        Script.play(
            limitedTo(10),
            Script.ONE_RECIPIENT_ON_MX
                + """
                C: DATA
                S: 354 Start mail input; end with <CRLF>.<CRLF>
                C: message-id:<1@x>
                C: .
                S: 552 5.3.4 Message size exceeds fixed maximum message size <E>
                -- REFUSED 552, from <a@client.example> to [b@contoso.com=250], 18 bytes
                C: DATA
                S: 503 5.5.2 Need mail command <E>
                """);

    assertThat(ended.get(0).content()).isNull();
    assertThat(ended.get(0).messageId()).isEqualTo("<1@x>");
  }

  @Test
  void ends_a_transaction_of_refused_recipients_as_refused() {
    Script.play(
        MX.toBuilder().blockClients("192.0.2.0/24").build(),
        Script.HELLO_ON_MX
            + """
            C: STARTTLS
            S: 500 5.3.3 Unrecognized command 'Length: 8' <E>
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
            C: MAIL FROM:<a@client.example>
            S: 250 2.1.0 Sender OK
            C: RCPT TO:<b@contoso.com>
            S: 550 5.7.606 Access denied, banned sending IP [192.0.2.1]. To request removal from this list please visit https://sender.office.com/ and follow the directions. For more information please go to  http://go.microsoft.com/fwlink/?LinkID=526655 (AS16012609) <E>
            C: DATA
            S: 503 5.5.2 Need rcpt command <E>
            C: QUIT
            S: 221 2.0.0 Service closing transmission channel
            -- REFUSED 550, from <a@client.example> to [b@contoso.com=550], 0 bytes
            -- closed
            """);
  }

  @Test
  void offers_starttls_to_listed_clients_if_told_so() {
    Script.play(
        MX.toBuilder().blockClients("2001:db8::/32").hideStartTlsFromBlocked(false).build(),
        "2001:db8::1",
        """
        C: HELO client.example
        S: 250 AM6PEPF0001A2B3.mail.protection.outlook.com Hello [2001:db8::1]
        C: STARTTLS
        S: 220 2.0.0 SMTP server ready
        >> TLS
        C: HELO client.example
        S: 250 AM6PEPF0001A2B3.mail.protection.outlook.com Hello [2001:db8::1]
        C: MAIL FROM:<a@client.example>
        S: 250 2.1.0 Sender OK
        C: RCPT TO:<b@contoso.com>
        S: 550 5.7.606 Access denied, banned sending IP [2001:db8::1]. To request removal from this list please visit https://sender.office.com/ and follow the directions. For more information please go to  http://go.microsoft.com/fwlink/?LinkID=526655 (AS16012609) <E>
        """);
  }

  @Test
  void leaves_an_unfinished_message_as_aborted() {
    List<MailTransaction> ended =
        Script.play(
            MX,
            Script.ONE_RECIPIENT_ON_MX
                + """
                C: DATA
                S: 354 Start mail input; end with <CRLF>.<CRLF>
                C: Message-ID: <1@x>
                C: To: b@contoso.com
                >> lost
                -- ABORTED 0, from <a@client.example> to [b@contoso.com=250], 38 bytes
                >> lost
                """);

    assertThat(ended.get(0).messageId()).isEqualTo("<1@x>");
    assertThat(ended.get(0).content()).isNull();
  }

  @Test
  void throws_when_it_is_told_what_cannot_be() {
    SmtpDialogue dialogue =
        new SmtpDialogue(
            MX,
            Script.address("192.0.2.1"),
            Script.SESSION_ID,
            Clock.systemUTC(),
            TestBudget.unlimited());
    MessageCollector collector = new MessageCollector(1, TestBudget.unlimited());

    assertThatIllegalStateException().isThrownBy(() -> dialogue.dataReceived(collector));
    assertThatIllegalStateException()
        .isThrownBy(() -> dialogue.chunkReceived(new Step.Next.Chunk(1, true, collector)));
    assertThatIllegalStateException().isThrownBy(() -> dialogue.authLine(new byte[0]));
  }

  private static ExchangeProfile limitedTo(long bytes) {
    return MX.toBuilder().maxMessageSize(bytes).build();
  }

  @Test
  void accepts_mail_for_its_own_domains_alone() {
    Script.play(
        MX.toBuilder().acceptedDomains("Contoso.com", "fabrikam.example").build(),
        """
        C: HELO client.example
        S: 250 AM6PEPF0001A2B3.mail.protection.outlook.com Hello [192.0.2.1]
        C: MAIL FROM:<a@client.example>
        S: 250 2.1.0 Sender OK
        C: RCPT TO:<b@CONTOSO.COM>
        S: 250 2.1.5 Recipient OK
        C: RCPT TO:<c@sub.contoso.com>
        S: 550 5.7.64 TenantAttribution; Relay Access Denied <E>
        C: RCPT TO:<Postmaster>
        S: 250 2.1.5 Recipient OK
        C: QUIT
        S: 221 2.0.0 Service closing transmission channel
        -- ABORTED 0, from <a@client.example> to [b@CONTOSO.COM=250, c@sub.contoso.com=550, Postmaster=250], 0 bytes
        -- closed
        """);
  }
}

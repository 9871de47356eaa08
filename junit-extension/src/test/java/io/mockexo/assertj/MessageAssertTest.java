package io.mockexo.assertj;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.SessionBuilder.accepted;
import static io.mockexo.assertj.SessionBuilder.refused;
import static io.mockexo.assertj.SessionBuilder.session;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.tls.TlsVersion;
import org.junit.jupiter.api.Test;

/** Envelope and content of a message. */
class MessageAssertTest {

  private static final Golden GOLDEN = Golden.of(MessageAssertTest.class);

  private static final String TEXT =
      "Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=\r\nX-Mailer: App\r\n\r\nhello\r\nworld\r\n";

  private static final String MULTIPART =
      """
      Subject: a very long
       subject
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=A

      --A
      Content-Type: text/plain
      Content-Disposition: attachment

      attached
      --A
      Content-Type: multipart/alternative; boundary=B

      --B
      Content-Type: text/html

      <p>hello</p>
      --B
      Content-Type: text/plain; charset=ISO-8859-1
      Content-Transfer-Encoding: quoted-printable

      Gr=FC=DFe
      --B--
      --A--
      """
          .replace("\n", "\r\n");

  private static MailTransaction message(String text) {
    return session(1).ehlo().message(text).deliver("<1@a>").closed().deliveredMessages().get(0);
  }

  @Test
  void the_envelope_is_that_of_mail_and_rcpt() {
    MailTransaction message =
        session(1)
            .tls(TlsVersion.TLS_1_3)
            .deliver("<1@a>", accepted("b@c"), accepted("d@c"), refused("e@c", 550))
            .closed()
            .deliveredMessages()
            .get(0);

    assertThat(message)
        .hasReversePath("a@client.example")
        .hasRecipients("d@c", "b@c")
        .hasRefusedRecipient("e@c")
        .hasMessageId("<1@a>")
        .wasSentOverTls();
    assertThat(message(TEXT)).wasSentInCleartext();
    GOLDEN.fails("hasReversePath: another", () -> assertThat(message).hasReversePath(""));
    GOLDEN.fails("hasRecipients: more", () -> assertThat(message).hasRecipients("b@c"));
    GOLDEN.fails(
        "hasRecipients: fewer", () -> assertThat(message).hasRecipients("b@c", "d@c", "e@c"));
    GOLDEN.fails("hasRecipients: nobody", () -> assertThat(message).hasRecipients());
    GOLDEN.fails(
        "hasRefusedRecipient: accepted", () -> assertThat(message).hasRefusedRecipient("b@c"));
    GOLDEN.fails("hasMessageId: another", () -> assertThat(message).hasMessageId("<2@a>"));
    GOLDEN.fails("wasSentInCleartext: TLS", () -> assertThat(message).wasSentInCleartext());
    GOLDEN.fails("wasSentOverTls: cleartext", () -> assertThat(message(TEXT)).wasSentOverTls());
  }

  @Test
  void a_message_may_have_no_message_id() {
    MailTransaction message = session(1).ehlo().deliver(null).closed().deliveredMessages().get(0);

    GOLDEN.fails("hasMessageId: none", () -> assertThat(message).hasMessageId("<1@a>"));
  }

  @Test
  void the_content_is_judged_byte_for_byte() {
    assertThat(message(TEXT))
        .hasContent(TEXT.getBytes(UTF_8))
        .hasContentContaining("X-Mailer: App\r\n\r\nhello");
    GOLDEN.fails(
        "hasContent: other bytes",
        () -> assertThat(message(TEXT)).hasContent(TEXT.replace("\r\n", "\n").getBytes(UTF_8)));
    GOLDEN.fails(
        "hasContentContaining: it does not",
        () -> assertThat(message(TEXT)).hasContentContaining("good bye"));
  }

  @Test
  void content_may_not_be_there() {
    MailTransaction notKept =
        session(1).ehlo().message(null).deliver("<1@a>").closed().deliveredMessages().get(0);
    MailTransaction notSent = session(1).ehlo().failBeforeData(451).closed().transactions().get(0);

    GOLDEN.fails("hasContent: not kept", () -> assertThat(notKept).hasContent(new byte[1]));
    GOLDEN.fails("hasSubject: not sent", () -> assertThat(notSent).hasSubject("hello"));
  }

  @Test
  void a_long_content_is_shown_by_its_beginning_and_steers_no_terminal() {
    GOLDEN.fails(
        "hasContentContaining: long",
        () ->
            assertThat(message("\u001b[31mred\r\n" + "0123456789\r\n".repeat(300)))
                .hasContentContaining("good bye"));
  }

  @Test
  void subject_header_and_body_are_decoded() {
    assertThat(message(TEXT))
        .hasSubject("Grüße")
        .hasHeader("x-mailer", "App")
        .hasBody("hello\nworld")
        .hasBody("hello\r\nworld\r\n")
        .hasBodyContaining("o\nw");
    assertThat(message(MULTIPART)).hasSubject("a very long subject").hasBody("Grüße");
    GOLDEN.fails("hasSubject: another", () -> assertThat(message(TEXT)).hasSubject("hello"));
    GOLDEN.fails("hasHeader: none", () -> assertThat(message(TEXT)).hasHeader("X-Priority", "1"));
    GOLDEN.fails("hasHeader: another", () -> assertThat(message(TEXT)).hasHeader("X-Mailer", "1"));
    GOLDEN.fails("hasBody: more", () -> assertThat(message(TEXT)).hasBody("hello"));
    GOLDEN.fails(
        "hasBodyContaining: it does not",
        () -> assertThat(message(TEXT)).hasBodyContaining("good bye"));
  }

  @Test
  void without_a_plain_part_the_first_text_counts() {
    assertThat(message("Content-Type: text/html\r\n\r\n<p>hello</p>\r\n")).hasBody("<p>hello</p>");
    assertThat(message("Content-Type: image/png\r\n\r\nxyz\r\n")).hasBody("");
  }

  @Test
  void what_cannot_be_read_is_told() {
    GOLDEN.fails(
        "hasBody: unreadable",
        () ->
            assertThat(message("Content-Type: text/plain; charset=nonsense\r\n\r\nhello\r\n"))
                .hasBody("hello"));
  }

  @Test
  void a_transaction_that_failed_can_be_judged_as_well() {
    MailTransaction refused =
        session(1)
            .ehlo()
            .fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@c"))
            .closed()
            .transactions()
            .get(0);

    GOLDEN.fails("hasReversePath: refused", () -> assertThat(refused).hasReversePath("x@y"));
  }
}

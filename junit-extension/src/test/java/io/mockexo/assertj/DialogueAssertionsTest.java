package io.mockexo.assertj;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.SessionBuilder.accepted;
import static io.mockexo.assertj.SessionBuilder.session;
import static io.mockexo.assertj.Snapshots.cleartext;
import static io.mockexo.assertj.Snapshots.overTls;
import static io.mockexo.assertj.Snapshots.silent;
import static io.mockexo.assertj.Snapshots.tlsRefused;
import static io.mockexo.fault.Fault.at;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mockexo.fault.Drop;
import io.mockexo.fault.Stage;
import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.TlsVersion;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Commands, replies, messages and the end of one session. */
class DialogueAssertionsTest {

  private static final Golden GOLDEN = Golden.of(DialogueAssertionsTest.class);

  @Test
  void commands_are_told_by_their_verbs() {
    assertThat(overTls(1))
        .sent("starttls")
        .sentInOrder("EHLO", "STARTTLS", "EHLO", "MAIL", "RCPT", "DATA")
        .sentInOrder("EHLO", "DATA")
        .neverSent("QUIT")
        .neverSentInCleartext("mail");
    GOLDEN.fails("sent: it did not", () -> assertThat(cleartext(1)).sent("STARTTLS"));
    GOLDEN.fails(
        "sentInOrder: missing",
        () -> assertThat(cleartext(1)).sentInOrder("EHLO", "STARTTLS", "EHLO", "MAIL"));
    GOLDEN.fails(
        "sentInOrder: the other way round",
        () -> assertThat(cleartext(1)).sentInOrder("MAIL", "EHLO"));
    GOLDEN.fails(
        "sentInOrder: once instead of twice",
        () -> assertThat(cleartext(1)).sentInOrder("EHLO", "EHLO"));
    GOLDEN.fails("neverSent: it did", () -> assertThat(overTls(1)).neverSent("MAIL"));
    GOLDEN.fails(
        "neverSentInCleartext: it did",
        () -> assertThat(cleartext(1)).neverSentInCleartext("MAIL"));
    GOLDEN.fails(
        "neverSentInCleartext: on both sides of STARTTLS",
        () -> assertThat(overTls(1)).neverSentInCleartext("EHLO"));
  }

  @Test
  void what_is_no_verb_would_never_be_found() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(cleartext(1)).neverSent("MAIL FROM:<a@b>"))
        .withMessage(
            "'MAIL FROM:<a@b>' is no verb; commands are told by their verbs, for example MAIL");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(cleartext(1)).sentInOrder())
        .withMessage("at least one verb is needed");
  }

  @Test
  void what_came_among_stray_bytes_was_sent() {
    SmtpSession mail =
        session(1)
            .tlsRefused(TlsVersion.TLS_1_1)
            .stray(StrayBytes.Kind.MAIL, "MAIL FROM:<a@b>\\x0D\\x0AQUIT")
            .closedByServer();
    SmtpSession auth =
        session(1).offered().stray(StrayBytes.Kind.AUTH, "AUTH <redacted>").closedByServer();

    GOLDEN.fails("neverSent: stray mail", () -> assertThat(mail).neverSent("RCPT"));
    GOLDEN.fails("neverSent: stray QUIT", () -> assertThat(mail).neverSent("QUIT"));
    GOLDEN.fails(
        "neverSentInCleartext: stray AUTH", () -> assertThat(auth).neverSentInCleartext("AUTH"));
    GOLDEN.fails(
        "neverSentMailInCleartext: stray mail", () -> assertThat(mail).neverSentMailInCleartext());
    GOLDEN.fails(
        "neverSentCredentialsInCleartext: stray AUTH",
        () -> assertThat(auth).neverSentCredentialsInCleartext());
    assertThat(mail).neverSent("AUTH").neverSentCredentialsInCleartext();
    assertThat(auth).neverSent("MAIL").neverSentMailInCleartext();
  }

  @Test
  void mail_and_credentials_in_cleartext_are_two_things() {
    SmtpSession credentials =
        session(1).offered().command("AUTH PLAIN <redacted>").reply(504, "5.7.4 no").closed();

    assertThat(overTls(1)).neverSentMailInCleartext().neverSentCredentialsInCleartext();
    assertThat(tlsRefused(1)).neverSentMailInCleartext();
    assertThat(cleartext(1)).neverSentCredentialsInCleartext();
    assertThat(credentials).neverSentMailInCleartext();
    GOLDEN.fails(
        "neverSentMailInCleartext: it did",
        () -> assertThat(cleartext(1)).neverSentMailInCleartext());
    GOLDEN.fails(
        "neverSentMailInCleartext: MAIL was refused",
        () ->
            assertThat(session(1).offered().failBeforeData(451).closed())
                .neverSentMailInCleartext());
    GOLDEN.fails(
        "neverSentCredentialsInCleartext: it did",
        () -> assertThat(credentials).neverSentCredentialsInCleartext());
  }

  @TestFactory
  Stream<DynamicTest> what_never_happened_needs_a_complete_session_with_a_word() {
    Map<String, Consumer<SessionAssert>> negative =
        Map.of(
            "neverSent", session -> session.neverSent("VRFY"),
            "neverSentInCleartext", session -> session.neverSentInCleartext("VRFY"),
            "neverSentMailInCleartext", SessionAssert::neverSentMailInCleartext,
            "neverSentCredentialsInCleartext", SessionAssert::neverSentCredentialsInCleartext,
            "deliveredNothing", SessionAssert::deliveredNothing,
            "stayedInCleartext", SessionAssert::stayedInCleartext);
    return negative.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      entry.getValue().accept(assertThat(session(1).offered().closed()));
                      failsWith("a silent session counts for nothing", entry, silent(1));
                      failsWith("it was still open", entry, session(1).offered().open());
                      failsWith(
                          "more events than are kept",
                          entry,
                          session(1).offered().dropped(1).closed());
                    }));
  }

  private static void failsWith(
      String reason, Map.Entry<String, Consumer<SessionAssert>> assertion, SmtpSession session) {
    assertThatThrownBy(() -> assertion.getValue().accept(assertThat(session)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(reason);
  }

  @Test
  void replies_are_told_by_code_and_text() {
    SmtpSession busy =
        session(1)
            .offered()
            .mail()
            .reply(451, "4.7.500 Server busy. Please try again later")
            .closed();

    assertThat(busy).gotReply(451).gotReply(451, "4.7.500").gotReply(250, "STARTTLS");
    GOLDEN.fails("gotReply(int): another code", () -> assertThat(busy).gotReply(550));
    GOLDEN.fails(
        "gotReply(int, String): another text", () -> assertThat(busy).gotReply(451, "4.3.2"));
    GOLDEN.fails(
        "gotReply(int): none", () -> assertThat(session(1).command("QUIT").closed()).gotReply(221));
  }

  @Test
  void the_user_is_that_of_the_last_successful_auth() {
    SmtpSession session =
        session(1).ehlo().authFailed("eve", 535, "5.7.139 no").authenticated("alice").closed();

    assertThat(session).authenticatedAs("alice");
    GOLDEN.fails("authenticatedAs: another", () -> assertThat(session).authenticatedAs("eve"));
    GOLDEN.fails(
        "authenticatedAs: nobody", () -> assertThat(cleartext(1)).authenticatedAs("alice"));
  }

  @Test
  void a_message_is_delivered_when_it_is_accepted() {
    SmtpSession two = session(1).ehlo().deliver("<1@a>").deliver("<2@a>").closed();
    SmtpSession refused =
        session(1).ehlo().fail(Outcome.REFUSED, 451, "<1@a>", accepted("b@c")).closed();

    assertThat(two)
        .deliveredMessage()
        .deliveredMessage(mail -> mail.hasMessageId("<2@a>").hasReversePath("a@client.example"));
    assertThat(refused).deliveredNothing();
    GOLDEN.fails("deliveredMessage(): refused", () -> assertThat(refused).deliveredMessage());
    GOLDEN.fails(
        "deliveredMessage(Consumer): refused",
        () -> assertThat(refused).deliveredMessage(mail -> mail.hasMessageId("<1@a>")));
    GOLDEN.fails(
        "deliveredMessage(Consumer): none of them",
        () -> assertThat(two).deliveredMessage(mail -> mail.hasMessageId("<3@a>")));
    GOLDEN.fails("deliveredNothing: it did", () -> assertThat(two).deliveredNothing());
    GOLDEN.fails(
        "deliveredNothing: still open",
        () -> assertThat(session(4).ehlo().open()).deliveredNothing());
  }

  @Test
  void a_fault_is_told_by_its_stage() {
    SmtpSession hit =
        session(1).offered().fault(at(Stage.STARTTLS).drop(Drop.RST)).closedByServer();

    assertThat(hit).hitFaultAt(Stage.STARTTLS);
    GOLDEN.fails("hitFaultAt: another stage", () -> assertThat(hit).hitFaultAt(Stage.EHLO));
    GOLDEN.fails("hitFaultAt: none", () -> assertThat(cleartext(1)).hitFaultAt(Stage.EHLO));
  }

  @Test
  void the_end_is_told_by_who_came_first_and_how() {
    SmtpSession reset = session(1).ehlo().closedBy(Closed.Side.SERVER, Closed.End.RST);

    assertThat(reset).wasReset().wasClosedByServer();
    assertThat(cleartext(1)).wasClosedByClient();
    GOLDEN.fails("wasReset: FIN", () -> assertThat(cleartext(1)).wasReset());
    GOLDEN.fails("wasReset: open", () -> assertThat(session(1).ehlo().open()).wasReset());
    GOLDEN.fails("wasClosedByServer: client", () -> assertThat(cleartext(1)).wasClosedByServer());
    GOLDEN.fails("wasClosedByClient: server", () -> assertThat(reset).wasClosedByClient());
    GOLDEN.fails(
        "wasClosedByServer: open", () -> assertThat(session(1).ehlo().open()).wasClosedByServer());
  }
}

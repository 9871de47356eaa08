package io.mockexo.assertj;

import io.mockexo.fault.ScriptedFault;
import io.mockexo.fault.Stage;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SmtpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Assertions on one session: one TCP connection of a client. Made by {@link
 * ExchangeOnlineAssertions#assertThat(SmtpSession)}.
 *
 * <p>An assertion that says "never", "stayed" or "nothing" needs a complete session that is not
 * silent, and of which no event was left out. What was seen to be wrong fails in any.
 *
 * @since 0.1
 */
public class SessionAssert extends AbstractDialogueAssert<SessionAssert> {

  /** For proxies; use {@link ExchangeOnlineAssertions#assertThat(SmtpSession)}. */
  public SessionAssert(SmtpSession actual) {
    super(actual, SessionAssert.class);
  }

  /**
   * Verifies that at least one message was accepted after end-of-data.
   *
   * <pre>{@code
   * // passes: end-of-data was answered with 250
   * assertThat(sessions.last()).deliveredMessage();
   * // fails: it was answered with 451
   * assertThat(sessions.first()).deliveredMessage();
   * }</pre>
   */
  public SessionAssert deliveredMessage() {
    return expect(
        "to deliver a message", !session().deliveredMessages().isEmpty(), "it delivered nothing");
  }

  /**
   * Verifies that at least one of the messages delivered satisfies the requirement. Envelope and
   * raw bytes can be judged always, subject and body if Jakarta Mail is there.
   *
   * <pre>{@code
   * // passes: it was for bob
   * assertThat(sessions.last()).deliveredMessage(mail -> mail.hasRecipients("bob@contoso.com"));
   * // fails: it was for carol
   * assertThat(sessions.last()).deliveredMessage(mail -> mail.hasRecipients("bob@contoso.com"));
   * }</pre>
   */
  public SessionAssert deliveredMessage(Consumer<? super MessageAssert> requirement) {
    deliveredMessage();
    List<String> failures = new ArrayList<>();
    for (MailTransaction message : session().deliveredMessages()) {
      try {
        requirement.accept(new MessageAssert(message));
        return this;
      } catch (AssertionError error) {
        failures.add(String.valueOf(error.getMessage()).strip());
      }
    }
    return fail("to deliver a message as required", String.join("\n", failures));
  }

  /**
   * Verifies that no message was accepted after end-of-data. The session must be complete.
   *
   * <pre>{@code
   * // passes: the handshake failed
   * assertThat(sessions.first()).deliveredNothing();
   * // fails: a message was delivered
   * assertThat(sessions.last()).deliveredNothing();
   * }</pre>
   */
  public SessionAssert deliveredNothing() {
    int delivered = session().deliveredMessages().size();
    return expectNever(
        "to deliver nothing", delivered > 0, "it delivered " + Words.count(delivered, "message"));
  }

  /**
   * Verifies that a fault of the script fired at this stage.
   *
   * <pre>{@code
   * // passes: at(CLIENT_HELLO).drop(RST) fired
   * assertThat(sessions.first()).hitFaultAt(CLIENT_HELLO);
   * // fails: the client never came so far
   * assertThat(sessions.first()).hitFaultAt(CLIENT_HELLO);
   * }</pre>
   */
  public SessionAssert hitFaultAt(Stage stage) {
    List<ScriptedFault> faults = session().faults();
    return expect(
        "to meet a fault at " + stage,
        faults.stream().anyMatch(scripted -> scripted.fault().stage() == stage),
        "it met "
            + or("none", faults.stream().map(scripted -> scripted.fault().toString()).toList()));
  }

  /**
   * Verifies that the server ended the connection first: with FIN, RST, or after it had waited for
   * the client in vain.
   *
   * <pre>{@code
   * // passes: the ClientHello was answered with FIN
   * assertThat(sessions.first()).wasClosedByServer();
   * // fails: the client closed the connection
   * assertThat(sessions.last()).wasClosedByServer();
   * }</pre>
   */
  public SessionAssert wasClosedByServer() {
    return expectClosedBy(Closed.Side.SERVER, "to be closed by the server");
  }

  /**
   * Verifies that the client ended the connection first, with FIN, RST, or close_notify.
   *
   * <pre>{@code
   * // passes: the client left after its timeout
   * assertThat(sessions.first()).wasClosedByClient();
   * // fails: the server closed after QUIT
   * assertThat(sessions.last()).wasClosedByClient();
   * }</pre>
   */
  public SessionAssert wasClosedByClient() {
    return expectClosedBy(Closed.Side.CLIENT, "to be closed by the client");
  }

  /**
   * Verifies that the connection ended with RST, from either side.
   *
   * <pre>{@code
   * // passes: the fault was drop(RST)
   * assertThat(sessions.first()).wasReset();
   * // fails: the server closed with FIN
   * assertThat(sessions.first()).wasReset();
   * }</pre>
   */
  public SessionAssert wasReset() {
    return expect("to be reset", session().wasReset(), end());
  }

  private SessionAssert expectClosedBy(Closed.Side side, String expectation) {
    return expect(
        expectation, session().closed().filter(end -> end.by() == side).isPresent(), end());
  }

  private String end() {
    return session()
        .closed()
        .map(
            end ->
                "it was closed by the %s with %s"
                    .formatted(end.by().name().toLowerCase(Locale.ROOT), end.how()))
        .orElse("it was still open");
  }
}

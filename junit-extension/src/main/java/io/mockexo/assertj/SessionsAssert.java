package io.mockexo.assertj;

import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Assertions on the sessions of a client, as they were at one moment. Made by {@link
 * ExchangeOnlineAssertions#assertThat(Sessions)}.
 *
 * <p>Fallback and retry are judged for each message. A connection that failed before MAIL belongs
 * to the message that the same client tried next, and a client is known by its address and the name
 * in its EHLO: one that changes its name is another client. Where a connection could belong to
 * several messages, and that makes a difference, an assertion fails as <em>ambiguous</em>: give
 * each message an endpoint, or a port, of its own.
 *
 * <p><em>Silent</em> sessions, in which the client sent no byte, count for nothing, nor do those
 * that ended before EHLO count as attempts. A look at the server is no attempt either: STARTTLS was
 * on offer, nothing was refused, and the client left without MAIL, as mailers do to check their
 * configuration.
 *
 * <p>A message is known by its Message-ID, and {@code Transport.send} of Jakarta Mail makes a new
 * one each time. What was not delivered under its own Message-ID, or so that the reply may not have
 * arrived (the connection was reset after it), and came again with another one, from the same
 * client and sender, for the same recipient and with the same subject and body, may be one message
 * or two: that is ambiguous as well. A mailer that tries again calls {@code message.saveChanges()}
 * once and {@code transport.sendMessage} for each try, or overrides {@code
 * MimeMessage.updateMessageID()}. Two mails with the same text that were both delivered are two.
 *
 * <p>An assertion that says "never", "only", or how many, needs a <em>quiet</em> snapshot ({@link
 * io.mockexo.server.MockExchange#awaitQuiet awaitQuiet}) with at least one session, none open, none
 * evicted and no event left out. What was seen to be wrong fails in any snapshot.
 *
 * @since 0.1
 */
public class SessionsAssert extends AbstractRetryAssert<SessionsAssert> {

  /** For proxies; use {@link ExchangeOnlineAssertions#assertThat(Sessions)}. */
  public SessionsAssert(Sessions actual) {
    super(actual, SessionsAssert.class);
  }

  /**
   * Verifies how often a message was accepted after end-of-data. A copy counts again, and so does
   * the same message for other recipients. A copy that was received and not acknowledged, because
   * the connection was lost after end-of-data, is not accepted and does not count here; {@link
   * #deliveredOnce} counts it.
   *
   * <p>Needs a quiet snapshot with at least one session.
   *
   * <pre>{@code
   * // passes: two messages were delivered
   * assertThat(exchange.awaitQuiet(ofSeconds(1))).deliveredExactly(2);
   * // fails: one of them was delivered twice
   * assertThat(simpleMailer).deliveredExactly(2);
   * }</pre>
   *
   * @param messages 0 or more
   */
  public SessionsAssert deliveredExactly(int messages) {
    requireAtLeast(0, messages);
    return expect(
        "to deliver exactly " + Words.count(messages, "message"),
        sessions -> new DeliveryJudge(sessions).exactly(messages));
  }

  /**
   * Verifies that exactly one copy of each message came for each of its recipients, except for
   * those who were refused for good. A copy that was received and not acknowledged counts here, and
   * not in {@link #deliveredExactly}, so that a client which sends it again fails. A message split
   * over its recipients is no duplicate. Messages without Message-ID are the same if their text is.
   *
   * <p>Needs a quiet snapshot.
   *
   * <pre>{@code
   * // passes: session 1 got 451 to end-of-data, session 2 delivered
   * assertThat(exchange.awaitQuiet(ofSeconds(1))).deliveredOnce();
   * // fails: session 1 was reset before the reply to end-of-data, session 2 delivered
   * assertThat(everyMailer).deliveredOnce();
   * }</pre>
   */
  public SessionsAssert deliveredOnce() {
    return expect("to deliver each message once", sessions -> new DeliveryJudge(sessions).once());
  }

  /**
   * Verifies that no message was accepted after end-of-data. One that was received and not
   * acknowledged is not delivered.
   *
   * <p>Needs a quiet snapshot with at least one session.
   *
   * <pre>{@code
   * // passes: the client gave up when its TLS was refused
   * assertThat(exchange.awaitQuiet(ofSeconds(1))).deliveredNothing();
   * // fails: session 2 delivered in cleartext
   * assertThat(oldMailer).deliveredNothing();
   * }</pre>
   */
  public SessionsAssert deliveredNothing() {
    return expect("to deliver nothing", sessions -> new DeliveryJudge(sessions).nothing());
  }

  /**
   * Verifies how many sessions there were, silent ones not counted.
   *
   * <p>Needs a quiet snapshot with at least one session.
   *
   * <pre>{@code
   * // passes: the client came twice
   * assertThat(exchange.awaitQuiet(ofSeconds(1))).hasSessions(2);
   * // fails: it came three times
   * assertThat(stubbornMailer).hasSessions(2);
   * }</pre>
   *
   * @param count 1 or more: that nobody came is no statement on a client
   */
  public SessionsAssert hasSessions(int count) {
    requireAtLeast(1, count);
    return expect(
        "to come in " + Words.count(count, "session"),
        sessions -> new DeliveryJudge(sessions).sessions(count));
  }

  /**
   * Verifies that there are as many sessions as requirements, silent ones not counted, and that
   * each session satisfies the requirement in its place. All failures are reported.
   *
   * <p>Needs a quiet snapshot with at least one session. To leave sessions out, {@link
   * Sessions#filter} them first.
   *
   * <pre>{@code
   * // passes: TLS failed in session 1, session 2 delivered
   * assertThat(exchange.awaitQuiet(ofSeconds(1)))
   *     .satisfiesInOrder(
   *         first -> assertThat(first).failedTls(), second -> assertThat(second).deliveredMessage());
   * // fails: there was a third session
   * assertThat(stubbornMailer)
   *     .satisfiesInOrder(
   *         first -> assertThat(first).failedTls(), second -> assertThat(second).deliveredMessage());
   * }</pre>
   *
   * @param requirements one for each session, at least one
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // they are only read
  public final SessionsAssert satisfiesInOrder(Consumer<? super SmtpSession>... requirements) {
    return satisfiesInOrderForProxy(List.of(requirements));
  }

  /** What {@link #satisfiesInOrder} does: not final, so that soft assertions can collect. */
  protected SessionsAssert satisfiesInOrderForProxy(
      List<Consumer<? super SmtpSession>> requirements) {
    if (requirements.isEmpty()) {
      throw new IllegalArgumentException("at least one requirement is needed");
    }
    expect(
        "to come in %s, one for each requirement"
            .formatted(Words.count(requirements.size(), "session")),
        sessions -> new DeliveryJudge(sessions).sessions(requirements.size()));
    List<Finding> unsatisfied = new ArrayList<>();
    for (int i = 0; i < requirements.size(); i++) {
      unsatisfied(snapshot().sessions().get(i), i + 1, requirements.get(i), unsatisfied);
    }
    return expect("to satisfy in order what is required", Finding.ofAll(unsatisfied));
  }

  private void unsatisfied(
      SmtpSession session,
      int place,
      Consumer<? super SmtpSession> requirement,
      List<Finding> unsatisfied) {
    try {
      requirement.accept(session);
    } catch (AssertionError error) {
      String said = String.valueOf(error.getMessage()).replace(session.transcript().strip(), "");
      unsatisfied.add(
          new Finding(
              "%s did not satisfy requirement %d:\n%s"
                  .formatted(snapshot().name(session), place, Words.indent(said.strip(), 2)),
              List.of(session)));
    }
  }

  private static void requireAtLeast(int minimum, int count) {
    if (count < minimum) {
      throw new IllegalArgumentException(
          "expected is %d or more, not %d".formatted(minimum, count));
    }
  }
}

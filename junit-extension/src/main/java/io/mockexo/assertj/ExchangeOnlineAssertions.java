package io.mockexo.assertj;

import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import org.assertj.core.api.Assertions;

/**
 * Entry point: AssertJ's own assertions, and those on what a client did.
 *
 * <pre>{@code
 * import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
 *
 * Sessions sessions = exchange.awaitQuiet(ofSeconds(1));
 * assertThat(sessions).retriedAfterTlsFailure().neverFellBackToCleartext();
 * assertThat(sessions.last()).usedTlsAtLeast(TLS_1_2).deliveredMessage();
 * }</pre>
 *
 * <p>Assertions are functions of a snapshot: they wait for nothing, and say the same each time,
 * whether it comes from a server in this JVM or from a container.
 *
 * @since 0.1
 */
public class ExchangeOnlineAssertions extends Assertions {

  /** To be extended; use the static methods. */
  protected ExchangeOnlineAssertions() {}

  /** Begins an assertion on the sessions of a client. */
  public static SessionsAssert assertThat(Sessions actual) {
    return new SessionsAssert(actual);
  }

  /** Begins an assertion on one session. */
  public static SessionAssert assertThat(SmtpSession actual) {
    return new SessionAssert(actual);
  }

  /** Begins an assertion on a mail transaction and its message. */
  public static MessageAssert assertThat(MailTransaction actual) {
    return new MessageAssert(actual);
  }
}

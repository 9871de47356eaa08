package io.mockexo.assertj;

import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import org.assertj.core.api.BDDAssertions;

/**
 * {@link ExchangeOnlineAssertions} in the words of behavior-driven development: {@code
 * then(sessions).neverFellBackToCleartext()}.
 *
 * @since 0.1
 */
public class BddExchangeOnlineAssertions extends BDDAssertions {

  /** To be extended; use the static methods. */
  protected BddExchangeOnlineAssertions() {}

  /** Begins an assertion on the sessions of a client. */
  public static SessionsAssert then(Sessions actual) {
    return new SessionsAssert(actual);
  }

  /** Begins an assertion on one session. */
  public static SessionAssert then(SmtpSession actual) {
    return new SessionAssert(actual);
  }

  /** Begins an assertion on a mail transaction and its message. */
  public static MessageAssert then(MailTransaction actual) {
    return new MessageAssert(actual);
  }
}

package io.mockexo.assertj;

import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import org.assertj.core.api.SoftAssertionsProvider;

/**
 * {@link ExchangeOnlineSoftAssertionsProvider} in the words of behavior-driven development.
 *
 * @since 0.1
 */
public interface BddExchangeOnlineSoftAssertionsProvider extends SoftAssertionsProvider {

  /** Begins a soft assertion on the sessions of a client. */
  default SessionsAssert then(Sessions actual) {
    return proxy(SessionsAssert.class, Sessions.class, actual);
  }

  /** Begins a soft assertion on one session. */
  default SessionAssert then(SmtpSession actual) {
    return proxy(SessionAssert.class, SmtpSession.class, actual);
  }

  /** Begins a soft assertion on a mail transaction and its message. */
  default MessageAssert then(MailTransaction actual) {
    return proxy(MessageAssert.class, MailTransaction.class, actual);
  }
}

package io.mockexo.assertj;

import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import org.assertj.core.api.SoftAssertionsProvider;

/**
 * Soft assertions on what a client did, to be mixed into soft assertions of one's own.
 *
 * @since 0.1
 */
public interface ExchangeOnlineSoftAssertionsProvider extends SoftAssertionsProvider {

  /** Begins a soft assertion on the sessions of a client. */
  default SessionsAssert assertThat(Sessions actual) {
    return proxy(SessionsAssert.class, Sessions.class, actual);
  }

  /** Begins a soft assertion on one session. */
  default SessionAssert assertThat(SmtpSession actual) {
    return proxy(SessionAssert.class, SmtpSession.class, actual);
  }

  /** Begins a soft assertion on a mail transaction and its message. */
  default MessageAssert assertThat(MailTransaction actual) {
    return proxy(MessageAssert.class, MailTransaction.class, actual);
  }
}

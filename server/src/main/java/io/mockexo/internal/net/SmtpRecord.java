package io.mockexo.internal.net;

import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.internal.smtp.MessageCollector;
import io.mockexo.internal.smtp.SmtpReply;
import io.mockexo.internal.smtp.Step;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.SessionEvent;
import org.jspecify.annotations.Nullable;

/** Writes what one dialogue does into the journal. */
final class SmtpRecord {

  private final SessionRecorder recorder;
  private boolean insideTls;

  SmtpRecord(SessionRecorder recorder) {
    this.recorder = recorder;
  }

  int number() {
    return recorder.number();
  }

  void tlsEstablished() {
    insideTls = true;
  }

  /** A message, or what there is of it, has come. */
  void messageReceived(MessageCollector message) {
    recorder.add(new SessionEvent.MessageDataReceived(recorder.now(), insideTls, message.size()));
  }

  /** What is said, and what has ended with it. */
  void step(Step step) {
    Step.Reached reached = step.reached();
    if (reached != null) {
      recorder.add(
          new SessionEvent.LimitReached(
              recorder.now(), reached.limit(), reached.whose(), reached.waiting()));
    }
    SmtpReply reply = step.reply();
    if (reply != null) {
      recorder.add(
          new SessionEvent.ReplySent(recorder.now(), insideTls, reply.code(), reply.lines()));
    }
    authentication(step.authentication());
    end(step.ended());
  }

  /** A mail transaction has ended, if there is one. */
  void end(@Nullable MailTransaction ended) {
    if (ended == null) {
      return;
    }
    recorder.add(
        ended.isDelivered()
            ? new SessionEvent.MessageAccepted(recorder.now(), ended)
            : new SessionEvent.TransactionFailed(recorder.now(), ended));
  }

  private void authentication(Step.@Nullable Authentication authentication) {
    if (authentication == null) {
      return;
    }
    String user = authentication.user();
    recorder.add(
        authentication.succeeded() && user != null
            ? new SessionEvent.Authenticated(recorder.now(), authentication.mechanism(), user)
            : new SessionEvent.AuthenticationFailed(
                recorder.now(), authentication.mechanism(), user, authentication.reason()));
  }
}

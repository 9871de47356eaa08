package io.mockexo.standalone.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mockexo.client.wire.SessionForm;
import io.mockexo.journal.SmtpSession;

/** A session as a line of a list: who came, when, and what became of it; without its events. */
final class SessionLine {

  private final SessionForm form;

  SessionLine(SessionForm form) {
    this.form = form;
  }

  ObjectNode write(SmtpSession session) {
    return form.head(session)
        .put("complete", session.isComplete())
        .put("summary", session.summary())
        .put("outcome", SessionOutcome.of(session).word())
        .put("tls", session.tls().map(tls -> tls.version().name()).orElse(null))
        .put("messages", session.deliveredMessages().size());
  }
}

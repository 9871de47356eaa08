package io.mockexo.journal;

import io.mockexo.journal.SessionEvent.Alert;
import io.mockexo.journal.SessionEvent.ClientHelloReceived;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.EventsDropped;
import io.mockexo.journal.SessionEvent.MessageAccepted;
import io.mockexo.journal.SessionEvent.MessageDataReceived;
import io.mockexo.journal.SessionEvent.Sslv2HelloReceived;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SessionEvent.TransactionFailed;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The events of a session, by type. */
record Events(List<SessionEvent> list) {

  Events {
    list = List.copyOf(list);
  }

  <E extends SessionEvent> Stream<E> stream(Class<E> type) {
    return list.stream().filter(type::isInstance).map(type::cast);
  }

  <E extends SessionEvent> Optional<E> first(Class<E> type) {
    return stream(type).findFirst();
  }

  <E extends SessionEvent> Optional<E> last(Class<E> type) {
    return stream(type).reduce((earlier, later) -> later);
  }

  boolean has(Class<? extends SessionEvent> type) {
    return list.stream().anyMatch(type::isInstance);
  }

  static boolean isFromClient(SessionEvent event) {
    return event instanceof CommandReceived
        || event instanceof MessageDataReceived
        || event instanceof ClientHelloReceived
        || event instanceof Sslv2HelloReceived
        || event instanceof StrayBytes
        || event instanceof EventsDropped
        || (event instanceof Alert alert && alert.direction() == SessionEvent.Direction.RECEIVED);
  }

  static Optional<MailTransaction> transaction(SessionEvent event) {
    if (event instanceof MessageAccepted accepted) {
      return Optional.of(accepted.transaction());
    }
    return event instanceof TransactionFailed failed
        ? Optional.of(failed.transaction())
        : Optional.empty();
  }
}

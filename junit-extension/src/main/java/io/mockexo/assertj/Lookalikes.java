package io.mockexo.assertj;

import io.mockexo.journal.Attempt;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MessageAttempts;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.MessageAccepted;
import io.mockexo.journal.SessionEvent.TransactionFailed;
import io.mockexo.journal.SmtpSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds what may be one message, although it is two by their Message-IDs: a message that failed at
 * its last try, and one that the same client sent later, with the same reverse-path, for the same
 * recipient, and with the same text. It may be another try with a new Message-ID, which is what
 * {@code Transport.send} of Jakarta Mail makes, or another message. What was delivered under its
 * own Message-ID in the end is no such message, since two mails may say the same, unless the client
 * may not have heard of it.
 */
final class Lookalikes {

  /** Who sends to whom, as far as a receiver sees. */
  private record Route(String address, String heloName, String reversePath, String recipient) {}

  /** An attempt that is known by its own Message-ID or hash. */
  private record Entry(Chain chain, Attempt attempt, MailTransaction mail, Instant begunAt) {}

  private final Map<Route, List<Entry>> byRoute = new LinkedHashMap<>();
  private final Map<Attempt, Optional<String>> texts = new HashMap<>();
  private final List<Lookalike> found = new ArrayList<>();

  private Lookalikes(List<MessageAttempts> messages) {
    Chain.of(messages).forEach(this::enter);
    byRoute.values().forEach(this::compare);
  }

  /** All of them; of several later ones that are alike only the next. */
  static List<Lookalike> among(List<MessageAttempts> messages) {
    return List.copyOf(new Lookalikes(messages).found);
  }

  private void enter(Chain chain) {
    String recipient = chain.recipient();
    if (recipient == null) {
      return;
    }
    for (Attempt attempt : chain.attempts()) {
      MailTransaction mail = attempt.transaction().orElse(null);
      if (mail != null && isKnown(mail) && attempt.recipients().contains(recipient)) {
        SmtpSession session = attempt.session();
        Route route =
            new Route(
                Snapshot.address(session.peer()),
                session.heloName().orElse("").toLowerCase(Locale.ROOT),
                mail.reversePath(),
                recipient);
        byRoute
            .computeIfAbsent(route, r -> new ArrayList<>())
            .add(new Entry(chain, attempt, mail, begunAt(session, mail)));
      }
    }
  }

  private static boolean isKnown(MailTransaction mail) {
    return mail.messageId() != null || mail.bodyHash() != null;
  }

  /** The time of its MAIL: on a connection that is reused the accept says nothing. */
  private static Instant begunAt(SmtpSession session, MailTransaction mail) {
    Duration begun = Duration.ZERO;
    for (SessionEvent event : session.events()) {
      if (event instanceof CommandReceived command && command.verb().equals("MAIL")) {
        begun = event.at();
      } else if (isEndOf(mail, event)) {
        break;
      }
    }
    return session.acceptedAt().plus(begun);
  }

  private static boolean isEndOf(MailTransaction mail, SessionEvent event) {
    return (event instanceof MessageAccepted accepted && accepted.transaction().equals(mail))
        || (event instanceof TransactionFailed failed && failed.transaction().equals(mail));
  }

  private void compare(List<Entry> entries) {
    entries.sort(Comparator.comparing(Entry::begunAt));
    Map<MessageAttempts, Attempt> last = new HashMap<>();
    entries.forEach(entry -> last.put(entry.chain().message(), entry.attempt()));
    for (int i = 0; i < entries.size(); i++) {
      Entry earlier = entries.get(i);
      if (earlier.attempt() == last.get(earlier.chain().message()) && !isSettled(earlier)) {
        entries.subList(i + 1, entries.size()).stream()
            .filter(later -> mayBeOne(earlier, later))
            .findFirst()
            .ifPresent(later -> found.add(lookalike(earlier, later)));
      }
    }
  }

  private static boolean isSettled(Entry entry) {
    return entry.chain().ending(entry.attempt()).is(Ending.Kind.DELIVERED)
        && !mayBeUnheard(entry.attempt().session(), entry.mail());
  }

  /**
   * Whether the reply to end-of-data may not have arrived: the client said nothing more, and the
   * connection was reset, which destroys what is on its way. Before a FIN what was sent arrives.
   */
  private static boolean mayBeUnheard(SmtpSession session, MailTransaction mail) {
    boolean ended = false;
    for (SessionEvent event : session.events()) {
      if (ended && event instanceof CommandReceived) {
        return false;
      }
      ended |= isEndOf(mail, event);
    }
    return session.closed().filter(end -> end.how() == Closed.End.RST).isPresent();
  }

  private static Lookalike lookalike(Entry earlier, Entry later) {
    return new Lookalike(
        earlier.chain(),
        earlier.attempt(),
        later.attempt(),
        isTextKnown(earlier) && isTextKnown(later));
  }

  private boolean mayBeOne(Entry earlier, Entry later) {
    return later.begunAt().isAfter(earlier.begunAt())
        && !isOfAnotherUser(earlier.mail(), later.mail())
        && isAlike(earlier, later);
  }

  private static boolean isOfAnotherUser(MailTransaction one, MailTransaction other) {
    return one.authenticatedUser() != null
        && other.authenticatedUser() != null
        && !one.authenticatedUser().equals(other.authenticatedUser());
  }

  private boolean isAlike(Entry one, Entry other) {
    return (isTextKnown(one) && isTextKnown(other))
        ? text(one).equals(text(other))
        : MessageText.canBeAlike(one.mail(), other.mail());
  }

  private static boolean isTextKnown(Entry entry) {
    return entry.mail().content() != null;
  }

  private Optional<String> text(Entry entry) {
    return texts.computeIfAbsent(entry.attempt(), attempt -> MessageText.of(entry.mail()));
  }
}

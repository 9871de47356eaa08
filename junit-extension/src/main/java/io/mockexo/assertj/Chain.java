package io.mockexo.assertj;

import io.mockexo.journal.Attempt;
import io.mockexo.journal.MessageAttempts;
import io.mockexo.journal.SmtpSession;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attempts at a message that concern one recipient, in order.
 *
 * @param message which message
 * @param recipient for whom; null where no attempt came to RCPT
 * @param attempts never empty
 */
record Chain(MessageAttempts message, @Nullable String recipient, List<Attempt> attempts) {

  static List<Chain> of(MessageAttempts message) {
    Set<String> recipients = message.recipients();
    return recipients.isEmpty()
        ? List.of(new Chain(message, null, message.attempts()))
        : recipients.stream()
            .map(recipient -> new Chain(message, recipient, message.attemptsFor(recipient)))
            .toList();
  }

  static List<Chain> of(List<MessageAttempts> messages) {
    return messages.stream().flatMap(message -> of(message).stream()).toList();
  }

  Attempt last() {
    return attempts.get(attempts.size() - 1);
  }

  Ending ending(Attempt attempt) {
    return Ending.of(attempt, recipient);
  }

  boolean isDelivered() {
    return attempts.stream().anyMatch(attempt -> ending(attempt).is(Ending.Kind.DELIVERED));
  }

  /** Whether there is no reason to come again: it was delivered, or refused for good. */
  boolean isOver() {
    return isDelivered() || first(Ending.Kind.PERMANENT).isPresent();
  }

  /** The first attempt that ended in this way. */
  Optional<Attempt> first(Ending.Kind kind) {
    return attempts.stream().filter(attempt -> ending(attempt).is(kind)).findFirst();
  }

  /** The attempts after one of them. */
  List<Attempt> after(Attempt attempt) {
    return attempts.subList(attempts.indexOf(attempt) + 1, attempts.size());
  }

  /** The pauses before its later tries, where these came on another connection. */
  List<Duration> gaps() {
    Map<Attempt, Attempt> previous = new HashMap<>();
    for (int i = 1; i < attempts.size(); i++) {
      previous.put(attempts.get(i), attempts.get(i - 1));
    }
    return message.laterTries().stream()
        .filter(later -> later.previous() == previous.get(later.attempt()))
        .map(later -> new Pause(later.attempt(), later.gap()))
        .distinct()
        .flatMap(pause -> pause.length().stream())
        .toList();
  }

  /** What comes before a later try, the same for whatever it is compared with. */
  private record Pause(Attempt attempt, Optional<Duration> length) {}

  List<SmtpSession> sessions() {
    return attempts.stream().map(Attempt::session).distinct().toList();
  }

  /** {@code for <b@contoso.com>}, or nothing. */
  String forRecipient() {
    return recipient == null ? "" : " for <" + recipient + ">";
  }
}

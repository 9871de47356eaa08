package io.mockexo.assertj;

import io.mockexo.journal.Attempt;
import io.mockexo.journal.MessageAttempts;
import io.mockexo.journal.MessageIdentity;
import io.mockexo.journal.SmtpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges what was delivered, and how often. */
final class DeliveryJudge {

  private final Snapshot snapshot;

  DeliveryJudge(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  Optional<Finding> exactly(int messages) {
    List<SmtpSession> delivering =
        snapshot.sessions(session -> !session.deliveredMessages().isEmpty());
    int found = delivering.stream().mapToInt(s -> s.deliveredMessages().size()).sum();
    String reality =
        found == 0
            ? "nothing was delivered"
            : "%s: %s"
                .formatted(
                    Words.count(found, "message") + (found == 1 ? " was" : " were") + " delivered",
                    snapshot.names(delivering));
    Optional<Finding> wrong =
        found == messages
            ? Optional.empty()
            : Finding.of(reality, found == 0 ? snapshot.sessions() : delivering);
    return Finding.first(
        () -> found > messages ? wrong : Optional.empty(), snapshot::notQuiet, () -> wrong);
  }

  Optional<Finding> once() {
    List<Finding> wrong = new ArrayList<>();
    List<Finding> missing = new ArrayList<>();
    boolean anyCopy = false;
    for (MessageAttempts message : snapshot.messages()) {
      for (Chain chain : Chain.of(message)) {
        List<Attempt> copies =
            message.attempts().stream()
                .filter(a -> chain.recipient() != null && a.isCopyFor(chain.recipient()))
                .toList();
        anyCopy |= !copies.isEmpty();
        if (copies.size() > 1) {
          wrong.add(duplicate(chain, copies));
        } else if (copies.isEmpty() && isExpected(chain)) {
          missing.add(missing(chain));
        }
      }
    }
    boolean seen = anyCopy;
    return Finding.first(
        () -> Finding.ofAll(wrong),
        snapshot::notQuiet,
        () -> snapshot.lookalike(DeliveryJudge::hasCopy),
        () ->
            seen
                ? Finding.ofAll(missing)
                : Finding.of("nothing was delivered", snapshot.sessions()));
  }

  private static boolean hasCopy(Lookalike alike) {
    String recipient = alike.chain().recipient();
    return recipient != null
        && (alike.earlier().isCopyFor(recipient) || alike.later().isCopyFor(recipient));
  }

  private Finding duplicate(Chain chain, List<Attempt> copies) {
    List<SmtpSession> sessions = copies.stream().map(Attempt::session).distinct().toList();
    List<SmtpSession> silent =
        copies.stream().filter(Attempt::isUnacknowledged).map(Attempt::session).toList();
    boolean sameText = chain.message().identity().map(MessageIdentity::messageId).isEmpty();
    return new Finding(
        "%s came%s%s: %s%s%s"
            .formatted(
                copies.size() + " copies",
                chain.forRecipient(),
                snapshot.ofMessage(chain.message()),
                snapshot.names(sessions),
                silent.isEmpty() ? "" : ", not acknowledged in " + snapshot.names(silent),
                sameText ? " (alike, without Message-ID)" : ""),
        sessions);
  }

  private Finding missing(Chain chain) {
    String words = chain.ending(chain.last()).words();
    return new Finding(
        "nothing was delivered%s%s%s"
            .formatted(
                chain.forRecipient(),
                snapshot.ofMessage(chain.message()),
                words.isEmpty() ? "" : " after " + words),
        chain.sessions());
  }

  /** What never came to MAIL is no message yet, and who was refused for good gets no copy. */
  private static boolean isExpected(Chain chain) {
    MessageAttempts message = chain.message();
    boolean cameForOthers =
        message.recipients().stream().anyMatch(recipient -> message.copies(recipient) > 0);
    boolean refused = chain.ending(chain.last()).is(Ending.Kind.PERMANENT);
    return message.identity().isPresent() && !(cameForOthers && refused);
  }

  Optional<Finding> nothing() {
    List<SmtpSession> delivering =
        snapshot.sessions(session -> !session.deliveredMessages().isEmpty());
    return Finding.first(
        () ->
            delivering.isEmpty()
                ? Optional.empty()
                : Finding.of(snapshot.names(delivering) + " delivered", delivering),
        snapshot::notQuiet);
  }

  Optional<Finding> sessions(int count) {
    int found = snapshot.sessions().size();
    Optional<Finding> wrong =
        found == count
            ? Optional.empty()
            : Finding.of(
                "there %s %s".formatted(found == 1 ? "was" : "were", Words.count(found, "session")),
                snapshot.sessions());
    return Finding.first(
        () -> found > count ? wrong : Optional.empty(), snapshot::notQuiet, () -> wrong);
  }
}

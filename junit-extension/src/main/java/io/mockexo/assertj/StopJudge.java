package io.mockexo.assertj;

import io.mockexo.journal.Attempt;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MailTransaction.Recipient;
import io.mockexo.journal.MessageAttempts;
import io.mockexo.journal.MessageIdentity;
import io.mockexo.journal.SmtpSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges that a client did not come again where it had no reason to. */
final class StopJudge {

  private final Snapshot snapshot;
  private final List<Chain> chains;

  /** The attempts that never came to a message. */
  private final List<Attempt> unknown;

  StopJudge(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.chains = Chain.of(snapshot.messages());
    this.unknown =
        snapshot.messages().stream()
            .filter(message -> !isKnown(message))
            .flatMap(message -> message.attempts().stream())
            .toList();
  }

  Optional<Finding> afterPermanentFailure() {
    List<Finding> cameAgain = new ArrayList<>();
    boolean anyPermanent = false;
    for (Chain chain : chains) {
      Attempt refused = chain.first(Ending.Kind.PERMANENT).orElse(null);
      if (refused != null) {
        anyPermanent = true;
        chain.after(refused).stream()
            .filter(later -> isFor(chain, later))
            .findFirst()
            .or(() -> perhapsFor(chain, refused))
            .ifPresent(later -> cameAgain.add(cameAgain(chain, refused, later)));
      }
    }
    boolean seen = anyPermanent;
    return Finding.first(
        () -> Finding.ofAll(cameAgain),
        snapshot::notQuiet,
        () ->
            snapshot.ambiguous(attempt -> true, alike -> alike.ending().is(Ending.Kind.PERMANENT)),
        () ->
            seen
                ? Optional.empty()
                : Finding.of("there was no permanent failure", snapshot.sessions()));
  }

  private Finding cameAgain(Chain chain, Attempt refused, Attempt later) {
    boolean sameConnection = refused.session() == later.session();
    boolean known =
        isKnown(chain.message()) && isKnown(refused) && chain.attempts().contains(later);
    return new Finding(
        "%s tried again%s%s after %s%s%s"
            .formatted(
                snapshot.name(later.session()),
                chain.forRecipient(),
                snapshot.ofMessage(chain.message()),
                chain.ending(refused).words(),
                sameConnection ? "" : " in " + snapshot.name(refused.session()),
                known ? "" : " (if these were several messages, give each an endpoint of its own)"),
        List.of(refused.session(), later.session()));
  }

  /**
   * Whether a later try was for the recipient of the chain: it says so with RCPT, or it did not
   * come to RCPT and nobody else was waiting.
   */
  private boolean isFor(Chain chain, Attempt later) {
    return later.recipients().isEmpty()
        ? chains.stream()
            .filter(other -> other.message() == chain.message())
            .noneMatch(other -> isWaiting(other, later))
        : chain.recipient() == null || later.recipients().contains(chain.recipient());
  }

  /**
   * A later attempt of the same client that never came to a message, and may have been at this one
   * again.
   */
  private Optional<Attempt> perhapsFor(Chain chain, Attempt refused) {
    return unknown.stream()
        .filter(attempt -> !chain.message().attempts().contains(attempt))
        .filter(attempt -> isLater(attempt, refused))
        .filter(
            attempt ->
                attempt
                    .transaction()
                    .map(mail -> fits(mail, chain, refused))
                    .orElseGet(() -> wasStopped(attempt)))
        .findFirst();
  }

  private static boolean isKnown(MessageAttempts message) {
    return message.identity().filter(MessageIdentity::isWhole).isPresent();
  }

  private static boolean isKnown(Attempt attempt) {
    return attempt
        .transaction()
        .filter(mail -> mail.messageId() != null || mail.bodyHash() != null)
        .isPresent();
  }

  private static boolean isLater(Attempt attempt, Attempt refused) {
    SmtpSession before = refused.session();
    return attempt.session() == before
        ? after(refused.failedAt(), attempt.failedAt())
        : attempt.session().acceptedAt().isAfter(before.acceptedAt())
            && Snapshot.sameClient(attempt.session(), before);
  }

  private static boolean after(Optional<Instant> one, Optional<Instant> other) {
    return one.isPresent() && other.isPresent() && other.get().isAfter(one.get());
  }

  private static boolean fits(MailTransaction mail, Chain chain, Attempt refused) {
    List<String> recipients = mail.recipients().stream().map(Recipient::mailbox).toList();
    String sender = refused.transaction().map(MailTransaction::reversePath).orElse(null);
    return (sender == null || sender.equals(mail.reversePath()))
        && (recipients.isEmpty() || recipients.contains(chain.recipient()));
  }

  /** Whether it ended before MAIL, and not because the client just left. */
  private static boolean wasStopped(Attempt attempt) {
    return attempt.failedTls() || !Ending.of(attempt, null).is(Ending.Kind.OTHER);
  }

  private static boolean isWaiting(Chain chain, Attempt until) {
    List<Attempt> before = chain.attempts().stream().takeWhile(a -> a != until).toList();
    return before.stream()
        .map(chain::ending)
        .noneMatch(e -> e.is(Ending.Kind.PERMANENT) || e.is(Ending.Kind.DELIVERED));
  }

  Optional<Finding> resentOnlyDeferredRecipients() {
    List<Finding> wrong = new ArrayList<>();
    Set<String> deferred = new LinkedHashSet<>();
    boolean anyResent = false;
    for (Chain chain : chains) {
      if (chain.recipient() == null) {
        continue;
      }
      needless(chain).ifPresent(wrong::add);
      List<Attempt> named = chain.attempts().stream().filter(a -> named(chain, a)).toList();
      Attempt failed = deferred(chain, named).orElse(null);
      if (failed != null) {
        deferred.add("<" + chain.recipient() + ">");
        anyResent |= named.indexOf(failed) < named.size() - 1;
      }
    }
    boolean resent = anyResent;
    return Finding.first(
        () -> Finding.ofAll(wrong),
        snapshot::notQuiet,
        () -> snapshot.ambiguous(attempt -> !resent, alike -> !resent || alike.wouldBeNeedless()),
        () -> resent ? Optional.empty() : Finding.of(notResent(deferred), snapshot.sessions()));
  }

  private static Optional<Attempt> deferred(Chain chain, List<Attempt> named) {
    return named.stream().filter(a -> chain.ending(a).is(Ending.Kind.TRANSIENT)).findFirst();
  }

  private static String notResent(Set<String> deferred) {
    return deferred.isEmpty()
        ? "no recipient was deferred"
        : "the message was not sent again for %s".formatted(Words.list(List.copyOf(deferred)));
  }

  /** A try for a recipient who had a copy, or was refused for good. */
  private Optional<Finding> needless(Chain chain) {
    Attempt over = null;
    for (Attempt attempt : chain.attempts()) {
      if (over != null && named(chain, attempt)) {
        boolean delivered = chain.ending(over).is(Ending.Kind.DELIVERED);
        return Finding.of(
            "%s sent it again%s, %s in %s"
                .formatted(
                    snapshot.name(attempt.session()),
                    chain.forRecipient(),
                    delivered
                        ? "to whom it was delivered"
                        : "refused with " + chain.ending(over).words(),
                    snapshot.name(over.session())),
            List.of(over.session(), attempt.session()));
      }
      Ending ending = chain.ending(attempt);
      boolean isOver = ending.is(Ending.Kind.DELIVERED) || ending.is(Ending.Kind.PERMANENT);
      over = over == null && isOver && named(chain, attempt) ? attempt : over;
    }
    return Optional.empty();
  }

  private static boolean named(Chain chain, Attempt attempt) {
    return attempt.recipients().contains(chain.recipient());
  }
}

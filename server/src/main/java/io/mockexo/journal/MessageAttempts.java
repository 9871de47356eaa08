package io.mockexo.journal;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All attempts at one message, in order of time. Facts are judged for each recipient, since one
 * message may be sent to its recipients apart. Immutable.
 *
 * <p>Tries that never came to MAIL, of a client none of whose messages they can belong to, are kept
 * together as attempts at a message without identity: this is how the retries of a client that
 * requires TLS, and is always refused, can be seen. Were it several messages, nobody could tell.
 *
 * @since 0.1
 */
public final class MessageAttempts {

  private final @Nullable MessageIdentity identity;
  private final List<Attempt> attempts;

  MessageAttempts(@Nullable MessageIdentity identity, List<Attempt> attempts) {
    this.identity = identity;
    this.attempts = List.copyOf(attempts);
  }

  /** The same message with other attempts, in any order. */
  MessageAttempts with(List<Attempt> others, Comparator<Attempt> inTime) {
    return others.size() == attempts.size()
        ? this
        : new MessageAttempts(identity, others.stream().sorted(inTime).toList());
  }

  /** Which message it is; empty if no attempt came to MAIL. */
  public Optional<MessageIdentity> identity() {
    return Optional.ofNullable(identity);
  }

  /** The attempts, in order; never empty. */
  public List<Attempt> attempts() {
    return attempts;
  }

  /**
   * The mailboxes of all attempts, refused ones included, in order of appearance; domains are in
   * lower case.
   */
  public Set<String> recipients() {
    Set<String> recipients = new LinkedHashSet<>();
    attempts.forEach(attempt -> recipients.addAll(attempt.recipients()));
    return recipients;
  }

  /**
   * The attempts that concern a recipient: those with its RCPT, and, until it has its copy, those
   * that ended before any RCPT.
   */
  public List<Attempt> attemptsFor(String recipient) {
    String mailbox = MailTransaction.Recipient.mailbox(recipient);
    boolean[] served = {false};
    return attempts.stream()
        .filter(
            attempt -> {
              boolean named = attempt.recipients().contains(mailbox);
              boolean concerned = named || (attempt.recipients().isEmpty() && !served[0]);
              served[0] |= attempt.isDelivered() && attempt.isCopyFor(recipient);
              return concerned;
            })
        .toList();
  }

  /** Every try after a first one, in order, once even if it concerns several recipients. */
  public List<LaterTry> laterTries() {
    Set<LaterTry> tries = new LinkedHashSet<>();
    for (List<Attempt> chain : chains()) {
      tries.addAll(LaterTry.in(chain));
    }
    Map<Attempt, Integer> order = new HashMap<>();
    attempts.forEach(attempt -> order.put(attempt, order.size()));
    return tries.stream()
        .sorted(Comparator.comparing(later -> order.get(later.attempt())))
        .toList();
  }

  /** Whether a later try, or the same connection after a refused STARTTLS, went to cleartext. */
  public boolean fellBackToCleartext() {
    return has(LaterTry.Kind.FALLBACK_TO_CLEARTEXT)
        || attempts.stream().anyMatch(Attempt::fellBackWithinConnection);
  }

  /** Whether a later try with TLS offered a lower highest version. */
  public boolean fellBackToLowerTls() {
    return has(LaterTry.Kind.FALLBACK_TO_LOWER_TLS);
  }

  /** Whether there was a later try as strong as the one before, or stronger. */
  public boolean retried() {
    return has(LaterTry.Kind.RETRY);
  }

  /** Whether such a later try followed one in which something went wrong with TLS. */
  public boolean retriedAfterTlsFailure() {
    return laterTries().stream()
        .anyMatch(t -> t.kind() == LaterTry.Kind.RETRY && t.previous().failedTls());
  }

  /**
   * Whether mail was sent in cleartext although STARTTLS was on offer, and no attempt tried TLS.
   */
  public boolean neverTriedTls() {
    return attempts.stream().noneMatch(Attempt::triedTls)
        && attempts.stream()
            .flatMap(attempt -> attempt.cleartextReason().stream())
            .anyMatch(CleartextReason.NEVER_TRIED_TLS::equals);
  }

  /**
   * Why this attempt sent mail in cleartext, earlier attempts considered; empty if it did not.
   *
   * @throws IllegalArgumentException if the attempt is not one of these
   */
  public Optional<CleartextReason> cleartextReason(Attempt attempt) {
    if (!attempts.contains(attempt)) {
      throw new IllegalArgumentException("not an attempt at this message: " + attempt);
    }
    if (!attempt.isInCleartext()) {
      return Optional.empty();
    }
    boolean triedBefore =
        chains().stream()
            .filter(chain -> chain.contains(attempt))
            .anyMatch(
                chain -> chain.stream().takeWhile(a -> a != attempt).anyMatch(Attempt::triedTls));
    return triedBefore ? Optional.of(CleartextReason.FELL_BACK) : attempt.cleartextReason();
  }

  /**
   * The time from each failure to the accept of the next try's connection, in order. A message that
   * was sent to its recipients apart has those of all of them.
   */
  public List<Duration> gaps() {
    return laterTries().stream().flatMap(later -> later.gap().stream()).toList();
  }

  /** The attempts whose message was accepted after end-of-data. */
  public List<Attempt> deliveries() {
    return attempts.stream().filter(Attempt::isDelivered).toList();
  }

  /**
   * How many copies of the message came for a recipient: delivered ones and those that were
   * received and not acknowledged.
   */
  public int copies(String recipient) {
    return (int) attempts.stream().filter(attempt -> attempt.isCopyFor(recipient)).count();
  }

  /** The recipients for whom more than one copy came. */
  public List<String> duplicatedRecipients() {
    return recipients().stream().filter(recipient -> copies(recipient) > 1).toList();
  }

  private boolean has(LaterTry.Kind kind) {
    return laterTries().stream().anyMatch(later -> later.kind() == kind);
  }

  private List<List<Attempt>> chains() {
    Set<String> recipients = recipients();
    return recipients.isEmpty()
        ? List.of(attempts)
        : recipients.stream().map(this::attemptsFor).toList();
  }

  @Override
  public String toString() {
    return (identity == null ? "a message without identity" : "message " + identity)
        + ", %d attempts".formatted(attempts.size());
  }
}

package io.mockexo.journal;

import io.mockexo.journal.AttemptGrouping.Entry;
import io.mockexo.journal.AttemptGrouping.Group;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages that an attempt of unknown message can belong to, among the attempts of one client.
 * Walks through them in order of time, once.
 */
final class Candidates {

  /** Stands for the recipients of a message while no RCPT is known. */
  private static final String ANYBODY = "";

  /** More are not looked for: nobody could make sense of them. */
  static final int MANY = 8;

  private final List<Entry> ofClient;

  /** For each position the first one from there on that belongs to a message. */
  private final int[] nextWithMessage;

  /** For each position how many of unknown message there are without a known one between them. */
  private final int[] failuresInARow;

  /** The messages tried so far that are not finished, and for whom. */
  private final Map<Group, Set<String>> pending = new LinkedHashMap<>();

  Candidates(List<Entry> ofClient) {
    this.ofClient = ofClient;
    this.nextWithMessage = new int[ofClient.size() + 1];
    nextWithMessage[ofClient.size()] = ofClient.size();
    for (int i = ofClient.size() - 1; i >= 0; i--) {
      nextWithMessage[i] = ofClient.get(i).group == null ? nextWithMessage[i + 1] : i;
    }
    this.failuresInARow = new int[ofClient.size()];
    int first = 0;
    for (int i = 0; i < ofClient.size(); i++) {
      failuresInARow[i] = nextWithMessage[i] - first;
      first = ofClient.get(i).group == null ? first : i + 1;
    }
  }

  /** Goes past an entry whose message is known. */
  void pass(Entry entry) {
    Group group = entry.group;
    if (group != null) {
      Set<String> recipients = pending.computeIfAbsent(group, g -> new HashSet<>());
      note(entry.attempt, recipients);
      if (recipients.isEmpty()) {
        pending.remove(group);
      }
    }
  }

  /**
   * The messages tried before and not finished by now, and those on the next connection. After
   * several failures of unknown messages in a row as many connections are next, and a failure may
   * belong to each of them; the client's next failure of unknown message belongs to what comes
   * after it. A client that opened the next connection before this one had failed does several
   * things at once; then all that comes later is possible. Looks no further than for {@link #MANY}.
   */
  Set<Group> of(int index) {
    Attempt failed = ofClient.get(index).attempt;
    Set<Group> found = new LinkedHashSet<>();
    pending.keySet().stream().filter(group -> group.fits(failed)).limit(MANY).forEach(found::add);
    @Nullable Attempt next = null;
    int i = nextWithMessage[index + 1];
    @Nullable SmtpSession connection = null;
    int lookedAt = 0;
    while (i < ofClient.size() && found.size() < MANY) {
      Entry later = ofClient.get(i);
      if (later.group == null) {
        if (next != null && isOverBefore(next, failed)) {
          break;
        }
        i = nextWithMessage[i];
        continue;
      }
      if (later.attempt.session() != connection) {
        connection = later.attempt.session();
        lookedAt++;
      }
      if (next != null && lookedAt > failuresInARow[index] && isOverBefore(next, failed)) {
        break;
      }
      if (later.group.fits(failed)) {
        found.add(later.group);
        next = next == null ? later.attempt : next;
      }
      i++;
    }
    return found;
  }

  private static boolean isOverBefore(Attempt next, Attempt failed) {
    Instant accepted = next.session().acceptedAt();
    return next.session() == failed.session()
        || failed.failedAt().filter(failure -> !failure.isAfter(accepted)).isPresent();
  }

  /** Keeps those recipients for whom the client has a reason to come again. */
  private static void note(Attempt attempt, Set<String> pending) {
    MailTransaction transaction = attempt.transaction().orElseThrow();
    boolean over = attempt.isDelivered() || attempt.failedPermanently();
    pending.remove(ANYBODY);
    if (transaction.recipients().isEmpty() && !over) {
      pending.add(ANYBODY);
    }
    for (MailTransaction.Recipient recipient : transaction.recipients()) {
      boolean refusedForGood = recipient.replyCode() / 100 == 5;
      if (refusedForGood || (over && recipient.accepted())) {
        pending.remove(recipient.mailbox());
      } else {
        pending.add(recipient.mailbox());
      }
    }
  }
}

package io.mockexo.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sorts attempts into messages, in three steps: those whose message is known; those that came to
 * MAIL but not to a message; those that did not come to MAIL. What of the later steps fits more
 * than one message stays ambiguous.
 */
final class AttemptGrouping {

  private final List<Entry> entries = new ArrayList<>();
  private final Map<Client, List<Entry>> byClient = new LinkedHashMap<>();
  private final List<Group> groups = new ArrayList<>();
  private final Map<Entry, Collection<Group>> doubts = new LinkedHashMap<>();

  /** Who tries: all that is known of a session before MAIL. */
  private record Client(String address, String heloName) {}

  /**
   * A message that is the same wherever it turns up.
   *
   * @param user who sent it, where the text alone does not make it unique; empty for nobody
   */
  private record Known(MessageIdentity identity, String user) {
    static Known of(MessageIdentity identity, Attempt attempt) {
      boolean unique = identity.messageId() != null;
      return new Known(identity, unique ? "" : attempt.session().authenticatedAs().orElse(""));
    }
  }

  /** An attempt on its way into a group. */
  static final class Entry {
    final Attempt attempt;
    @Nullable Group group;

    Entry(Attempt attempt) {
      this.attempt = attempt;
    }
  }

  /** A message in the making. */
  static final class Group {
    @Nullable MessageIdentity identity;
    final Set<String> recipients = new LinkedHashSet<>();
    final Set<String> users = new LinkedHashSet<>();
    final List<Entry> members = new ArrayList<>();

    Group(@Nullable MessageIdentity identity) {
      this.identity = identity;
    }

    void add(Entry entry) {
      entry.group = this;
      members.add(entry);
      recipients.addAll(entry.attempt.recipients());
      entry.attempt.session().authenticatedAs().ifPresent(users::add);
    }

    /** Whether the attempt may be one at this message by all that is known of it. */
    boolean fits(Attempt attempt) {
      Optional<String> user = attempt.session().authenticatedAs();
      if (user.isPresent() && !users.isEmpty() && !users.contains(user.get())) {
        return false;
      }
      Optional<MailTransaction> transaction = attempt.transaction();
      if (transaction.isEmpty() || identity == null) {
        return true;
      }
      List<String> tried = attempt.recipients();
      return identity.reversePath().equals(transaction.get().reversePath())
          && (tried.isEmpty()
              || recipients.isEmpty()
              || tried.stream().anyMatch(recipients::contains));
    }
  }

  private AttemptGrouping(Iterable<SmtpSession> sessions) {
    for (SmtpSession session : sessions) {
      Client client = client(session);
      for (Attempt attempt : Attempt.in(session)) {
        Entry entry = new Entry(attempt);
        entries.add(entry);
        byClient.computeIfAbsent(client, c -> new ArrayList<>()).add(entry);
      }
    }
  }

  static Attempts of(Iterable<SmtpSession> sessions) {
    AttemptGrouping grouping = new AttemptGrouping(sessions);
    grouping.groupKnownMessages();
    grouping.join(entry -> identity(entry).isPresent(), AttemptGrouping::likeOthersOfItsSender);
    grouping.join(entry -> identity(entry).isEmpty(), AttemptGrouping::likeOthersWithoutMail);
    return grouping.result();
  }

  private static Client client(SmtpSession session) {
    String name = session.heloName().orElse("").toLowerCase(Locale.ROOT);
    return new Client(Transcript.host(session.peer()), name);
  }

  private static Optional<MessageIdentity> identity(Entry entry) {
    return entry.attempt.transaction().map(MessageIdentity::of);
  }

  private void groupKnownMessages() {
    Map<Known, Group> known = new LinkedHashMap<>();
    for (Entry entry : entries) {
      identity(entry)
          .filter(MessageIdentity::isWhole)
          .map(identity -> Known.of(identity, entry.attempt))
          .ifPresent(
              message -> known.computeIfAbsent(message, m -> new Group(m.identity())).add(entry));
    }
    groups.addAll(known.values());
  }

  /**
   * Puts every entry of {@code kind} that has no group yet to the one message that it can belong
   * to, or into one of the groups that {@code otherwise} keeps for each client.
   */
  private void join(Predicate<Entry> kind, BiFunction<List<Group>, Entry, List<Group>> otherwise) {
    for (List<Entry> ofClient : byClient.values()) {
      Map<Entry, Collection<Group>> found = new LinkedHashMap<>();
      Candidates candidates = new Candidates(ofClient);
      for (int i = 0; i < ofClient.size(); i++) {
        Entry entry = ofClient.get(i);
        if (entry.group == null && kind.test(entry)) {
          found.put(entry, candidates.of(i));
        }
        candidates.pass(entry);
      }
      List<Group> own = new ArrayList<>();
      found.forEach(
          (entry, messages) ->
              place(entry, messages.isEmpty() ? otherwise.apply(own, entry) : messages));
      groups.addAll(own);
    }
  }

  private void place(Entry entry, Collection<Group> messages) {
    if (messages.size() == 1) {
      messages.iterator().next().add(entry);
    } else {
      doubts.put(entry, messages);
    }
  }

  /** Refused at MAIL or RCPT and never come again: one message for each sender and recipients. */
  private static List<Group> likeOthersOfItsSender(List<Group> own, Entry entry) {
    List<Group> fitting = own.stream().filter(group -> group.fits(entry.attempt)).toList();
    return fitting.isEmpty() ? List.of(newGroup(own, identity(entry).orElse(null))) : fitting;
  }

  private static List<Group> likeOthersWithoutMail(List<Group> own, Entry entry) {
    List<Group> fitting = own.stream().filter(group -> group.fits(entry.attempt)).toList();
    return fitting.isEmpty() ? List.of(newGroup(own, null)) : fitting;
  }

  private static Group newGroup(List<Group> own, @Nullable MessageIdentity identity) {
    Group group = new Group(identity);
    own.add(group);
    return group;
  }

  private Attempts result() {
    Map<Attempt, Integer> order = new LinkedHashMap<>();
    entries.forEach(entry -> order.put(entry.attempt, order.size()));
    Comparator<Attempt> inTime = Comparator.comparing(order::get);
    Map<Group, MessageAttempts> messages = new LinkedHashMap<>();
    for (Group group : groups) {
      List<Attempt> attempts =
          group.members.stream().map(entry -> entry.attempt).sorted(inTime).toList();
      messages.put(group, new MessageAttempts(group.identity, attempts));
    }
    List<Doubt> doubtful = new ArrayList<>();
    doubts.forEach(
        (entry, candidates) ->
            doubtful.add(
                new Doubt(entry.attempt, candidates.stream().map(messages::get).toList())));
    return new Attempts(messages.values(), doubtful, inTime);
  }
}

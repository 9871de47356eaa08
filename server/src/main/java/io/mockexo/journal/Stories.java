package io.mockexo.journal;

import static io.mockexo.journal.EventText.count;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the attempts at a message mean together, in words: a line for each thing worth telling. */
final class Stories {

  /** A longer chain of retries is shown by its beginning and its end. */
  private static final int LONG = 8;

  private static final String IN_DOUBT = " unless in an ambiguous session";

  private final List<String> lines = new ArrayList<>();

  /** What is so unless an ambiguous attempt belongs to the message. */
  private final Set<String> doubtful = new LinkedHashSet<>();

  /** Whether an attempt with TLS may belong to any of the messages. */
  private final boolean tlsInDoubt;

  private Stories(boolean tlsInDoubt) {
    this.tlsInDoubt = tlsInDoubt;
  }

  static List<String> of(Attempts attempts) {
    Stories stories = new Stories(attempts.ambiguous().stream().anyMatch(Attempt::triedTls));
    attempts.messages().forEach(stories::tell);
    if (attempts.isAmbiguous()) {
      Set<String> certain = inEveryReading(attempts.readings());
      stories.lines.forEach(certain::remove);
      stories.lines.addAll(certain.isEmpty() ? stories.doubtful : certain);
      stories.lines.add(
          "ambiguous: %s could be attempts at more than one message;"
                  .formatted(sessions(attempts.ambiguous().stream()))
              + " give each message an endpoint of its own");
    }
    return List.copyOf(stories.lines);
  }

  private static Set<String> inEveryReading(List<Attempts> readings) {
    Set<String> lines = new LinkedHashSet<>();
    readings.stream().limit(1).forEach(reading -> lines.addAll(of(reading)));
    readings.stream().skip(1).forEach(reading -> lines.retainAll(of(reading)));
    return lines;
  }

  private void tell(MessageAttempts message) {
    List<LaterTry> later = message.laterTries();
    retries(message, later.stream().filter(t -> t.kind() == LaterTry.Kind.RETRY).toList());
    boolean sure = message.identity().isPresent();
    later.stream().filter(LaterTry::isFallback).forEach(t -> fallback(t, sure));
    message.attempts().stream()
        .filter(Attempt::fellBackWithinConnection)
        .forEach(this::fallbackWithinConnection);
    withoutTls(message);
    message.duplicatedRecipients().forEach(recipient -> duplicates(message, recipient));
  }

  private void retries(MessageAttempts message, List<LaterTry> retries) {
    if (retries.isEmpty()) {
      return;
    }
    Set<Attempt> chain = new LinkedHashSet<>();
    for (LaterTry retry : retries) {
      chain.add(retry.previous());
      chain.add(retry.attempt());
    }
    boolean sameConnection = chain.stream().map(Attempt::session).distinct().count() == 1;
    lines.add(
        "%s again %s%s, at least as strong as before, and %s: %s"
            .formatted(
                cameToMail(message) ? "tried" : "came",
                count(retries.size(), "time"),
                sameConnection ? " on the same connection" : "",
                end(message),
                chain(List.copyOf(chain))));
  }

  private static String end(MessageAttempts message) {
    if (!message.deliveries().isEmpty()) {
      return "delivered";
    }
    return cameToMail(message) ? "delivered nothing" : "sent no mail";
  }

  private static boolean cameToMail(MessageAttempts message) {
    return message.attempts().stream().anyMatch(a -> a.transaction().isPresent());
  }

  private static String chain(List<Attempt> attempts) {
    List<String> names = new ArrayList<>(attempts.stream().map(Stories::name).distinct().toList());
    names.set(0, withCause(attempts.get(0)));
    if (names.size() > LONG) {
      names.subList(LONG / 2, names.size() - 1).clear();
      names.add(LONG / 2, "...");
    }
    return String.join(" -> ", names);
  }

  private void fallback(LaterTry later, boolean sure) {
    boolean toCleartext = later.kind() == LaterTry.Kind.FALLBACK_TO_CLEARTEXT;
    String what =
        toCleartext ? CleartextReason.FELL_BACK.toString() : "fell back to a lower TLS version";
    Attempt weaker = later.attempt();
    String offered =
        toCleartext
            ? ""
            : weaker.session().highestTlsOffered().map(v -> "offered " + v + ", ").orElse("");
    String end = weaker.isDelivered() ? "delivered" : "delivered nothing";
    lines.add(
        "%s%s: %s -> %s (%s%s)"
            .formatted(
                sure ? "" : "perhaps ",
                what,
                withCause(later.comparedWith()),
                name(weaker),
                offered,
                end));
  }

  private void fallbackWithinConnection(Attempt attempt) {
    String cause =
        attempt.session().startTlsRefused()
            ? "STARTTLS refused with " + attempt.session().startTlsReply().orElseThrow().code()
            : attempt.session().summary();
    lines.add(
        "%s on the same connection: %s (%s)"
            .formatted(CleartextReason.FELL_BACK, name(attempt), cause));
  }

  /** Mail in cleartext that was no fallback, by its reasons. */
  private void withoutTls(MessageAttempts message) {
    Map<String, List<Attempt>> byReason = new LinkedHashMap<>();
    for (Attempt attempt : message.attempts()) {
      message
          .cleartextReason(attempt)
          .filter(reason -> reason != CleartextReason.FELL_BACK)
          .map(reason -> withoutTls(attempt, reason))
          .ifPresent(
              reason -> byReason.computeIfAbsent(reason, r -> new ArrayList<>()).add(attempt));
    }
    byReason.forEach(
        (reason, attempts) -> {
          String line =
              reason
                  + ": "
                  + attempts.stream()
                      .map(Stories::withEnd)
                      .distinct()
                      .collect(Collectors.joining(", "));
          (reason.endsWith(IN_DOUBT) ? doubtful : lines).add(line);
        });
  }

  private String withoutTls(Attempt attempt, CleartextReason reason) {
    if (attempt.session().triedTls()) {
      return "sent in cleartext before TLS";
    }
    return reason == CleartextReason.NEVER_TRIED_TLS && tlsInDoubt
        ? reason + IN_DOUBT
        : reason.toString();
  }

  private void duplicates(MessageAttempts message, String recipient) {
    Stream<Attempt> copies =
        message.attempts().stream().filter(attempt -> attempt.isCopyFor(recipient));
    boolean sameById =
        message.identity().filter(identity -> identity.messageId() != null).isPresent();
    lines.add(
        "%d copies for <%s>%s: %s"
            .formatted(
                message.copies(recipient),
                recipient,
                sameById ? "" : ", alike but without Message-ID",
                sessions(copies)));
  }

  private static String sessions(Stream<Attempt> attempts) {
    return attempts.map(Stories::name).distinct().collect(Collectors.joining(", "));
  }

  private static String withEnd(Attempt attempt) {
    return name(attempt) + (attempt.isDelivered() ? " (delivered)" : " (delivered nothing)");
  }

  private static String name(Attempt attempt) {
    return "session " + attempt.session().number();
  }

  private static String withCause(Attempt attempt) {
    String tls = SessionSummary.tlsPart(attempt.session());
    return "%s (%s)".formatted(name(attempt), tls.isEmpty() ? attempt.session().summary() : tls);
  }
}

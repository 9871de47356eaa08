package io.mockexo.assertj;

import io.mockexo.journal.Attempt;
import io.mockexo.journal.CleartextReason;
import io.mockexo.journal.MessageAttempts;
import io.mockexo.journal.SmtpSession;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges mail in cleartext: that there was some, and which of the three reasons it had. */
final class CleartextJudge {

  /**
   * Mail that a session sent in cleartext.
   *
   * @param reason null where it was sent before TLS could be chosen, or nothing is known
   * @param words the reason, with the session before if it matters
   */
  private record Exposure(
      SmtpSession session,
      @Nullable CleartextReason reason,
      String words,
      List<SmtpSession> concerned) {}

  private final Snapshot snapshot;
  private final Map<SmtpSession, Exposure> exposures = new LinkedHashMap<>();

  CleartextJudge(Snapshot snapshot) {
    this.snapshot = snapshot;
    collect();
  }

  Optional<Finding> fellBack() {
    return snapshot.anyMessage(MessageAttempts::fellBackToCleartext)
        ? Optional.empty()
        : Finding.first(
            snapshot::nothingThere,
            () -> noMail("no session sent mail in cleartext"),
            () ->
                snapshot.ambiguous(
                    attempt -> attempt.triedTls() || attempt.isInCleartext(),
                    Lookalike::wouldFallBackToCleartext),
            this::toldWithAll);
  }

  Optional<Finding> neverSentMail() {
    return Finding.first(() -> told(exposures()), snapshot::notQuiet);
  }

  Optional<Finding> alwaysTriedTls() {
    List<Exposure> untried = with(CleartextReason.NEVER_TRIED_TLS);
    return Finding.first(
        () -> ambiguousTls(untried),
        () -> told(untried),
        snapshot::notQuiet,
        () -> snapshot.any(CleartextJudge::triedTls) ? Optional.empty() : nobodyTried());
  }

  Optional<Finding> neverTriedTls() {
    return snapshot.anyMessage(MessageAttempts::neverTriedTls)
        ? Finding.first(
            () -> ambiguousTls(with(CleartextReason.NEVER_TRIED_TLS)), snapshot::notQuiet)
        : Finding.first(
            snapshot::nothingThereForSure,
            () -> noMail("no session sent mail in cleartext"),
            () -> Finding.of(tried(), snapshot.sessions()));
  }

  Optional<Finding> sentWithoutOffer() {
    List<Exposure> found = with(CleartextReason.STARTTLS_NOT_OFFERED);
    return found.isEmpty()
        ? Finding.first(
            snapshot::nothingThere,
            () -> noMail("no session sent mail in cleartext"),
            this::toldWithAll)
        : ambiguousTls(found);
  }

  Optional<Finding> neverSentCredentials() {
    List<SmtpSession> exposed = snapshot.sessions(SmtpSession::sentCredentialsInCleartext);
    return Finding.first(
        () ->
            exposed.isEmpty()
                ? Optional.empty()
                : Finding.of(snapshot.names(exposed) + " did", exposed),
        snapshot::notQuiet);
  }

  Optional<Finding> allDeliveriesUsedTls() {
    List<SmtpSession> exposed = snapshot.sessions(CleartextJudge::deliveredInCleartext);
    return Finding.first(
        () ->
            exposed.isEmpty()
                ? Optional.empty()
                : Finding.of(snapshot.names(exposed) + " delivered in cleartext", exposed),
        snapshot::notQuiet,
        () ->
            snapshot.any(session -> !session.deliveredMessages().isEmpty())
                ? Optional.empty()
                : Finding.of("nothing was delivered", snapshot.sessions()));
  }

  /** In the order of their sessions. */
  private List<Exposure> exposures() {
    return snapshot.sessions().stream().flatMap(s -> Stream.ofNullable(exposures.get(s))).toList();
  }

  private Optional<Finding> noMail(String reality) {
    return exposures.isEmpty() ? Finding.of(reality, snapshot.sessions()) : Optional.empty();
  }

  private Optional<Finding> nobodyTried() {
    boolean offered = snapshot.any(SmtpSession::startTlsOffered);
    return Finding.of(
        offered ? "no session tried TLS" : "STARTTLS was on offer in no session",
        snapshot.sessions());
  }

  private String tried() {
    List<SmtpSession> with = snapshot.sessions(CleartextJudge::triedTls);
    return with.isEmpty()
        ? "STARTTLS was on offer in no session that sent mail in cleartext"
        : snapshot.names(with) + " tried TLS";
  }

  /** Whether the same client tried TLS, perhaps for one of these messages. */
  private Optional<Finding> ambiguousTls(List<Exposure> found) {
    return snapshot.ambiguous(
        attempt ->
            attempt.triedTls()
                && found.stream().anyMatch(e -> Snapshot.sameClient(e.session, attempt.session())),
        alike ->
            alike.earlier().triedTls()
                && found.stream().anyMatch(e -> e.session == alike.later().session()));
  }

  private List<Exposure> with(CleartextReason reason) {
    return exposures().stream().filter(exposure -> exposure.reason == reason).toList();
  }

  /** Where something was expected, what tells that it was not may be in any session. */
  private Optional<Finding> toldWithAll() {
    return told(exposures()).map(finding -> new Finding(finding.reality(), snapshot.sessions()));
  }

  private Optional<Finding> told(List<Exposure> found) {
    return Finding.ofAll(
        found.stream()
            .map(
                exposure ->
                    new Finding(
                        snapshot.name(exposure.session) + " " + exposure.words, exposure.concerned))
            .toList());
  }

  private static boolean triedTls(SmtpSession session) {
    return session.startTlsSent() || session.triedTls();
  }

  private static boolean deliveredInCleartext(SmtpSession session) {
    return session.deliveredMessages().stream().anyMatch(message -> !message.insideTls());
  }

  private void collect() {
    Map<Attempt, SmtpSession> triedBefore = triedBefore();
    snapshot.messages().stream()
        .flatMap(message -> message.attempts().stream())
        .filter(Attempt::isInCleartext)
        .forEach(attempt -> add(exposure(attempt, triedBefore.get(attempt))));
    snapshot.sessions(CleartextMail::isIn).stream()
        .filter(session -> !exposures.containsKey(session))
        .forEach(session -> add(bySession(session)));
  }

  /** That it fell back is most worth telling of a session with several messages. */
  private void add(Exposure exposure) {
    exposures.merge(
        exposure.session,
        exposure,
        (one, other) -> other.reason == CleartextReason.FELL_BACK ? other : one);
  }

  /** For what was attempted after TLS had been tried, the session in which it was tried last. */
  private Map<Attempt, SmtpSession> triedBefore() {
    Map<Attempt, SmtpSession> triedBefore = new HashMap<>();
    for (Chain chain : Chain.of(snapshot.messages())) {
      SmtpSession tried = null;
      for (Attempt attempt : chain.attempts()) {
        if (tried != null) {
          triedBefore.put(attempt, tried);
        }
        tried = attempt.triedTls() ? attempt.session() : tried;
      }
    }
    return triedBefore;
  }

  private Exposure exposure(Attempt attempt, @Nullable SmtpSession triedBefore) {
    SmtpSession session = attempt.session();
    if (triedBefore != null && !attempt.fellBackWithinConnection()) {
      return new Exposure(
          session,
          CleartextReason.FELL_BACK,
          "fell back to cleartext after %s%s"
              .formatted(snapshot.told(triedBefore), refused(session)),
          List.of(triedBefore, session));
    }
    CleartextReason reason = attempt.cleartextReason().orElse(null);
    boolean known = reason == CleartextReason.FELL_BACK || session.eventsDropped() == 0;
    return reason != null && known
        ? explained(session, reason)
        : unexplained(session, ""); // the commands that would tell are not there
  }

  private Exposure bySession(SmtpSession session) {
    CleartextReason reason = session.cleartextReason().orElse(null);
    if (reason != null) {
      return explained(session, reason);
    }
    return unexplained(
        session, session.startTlsSent() ? " behind STARTTLS, before TLS was there" : "");
  }

  private Exposure explained(SmtpSession session, CleartextReason reason) {
    SmtpSession tried = reason == CleartextReason.FELL_BACK ? null : perhapsTriedBefore(session);
    String words =
        switch (reason) {
          case FELL_BACK -> "fell back to cleartext on the same connection";
          case NEVER_TRIED_TLS -> mail(session) + " and never tried TLS";
          case STARTTLS_NOT_OFFERED -> mail(session) + ", since STARTTLS was not on offer";
        };
    return tried == null
        ? new Exposure(session, reason, words + refused(session), List.of(session))
        : new Exposure(
            session,
            reason,
            "%s%s, unless it fell back after %s"
                .formatted(words, refused(session), snapshot.told(tried)),
            List.of(tried, session));
  }

  /** The last session before this one in which TLS was tried, perhaps for the same message. */
  private @Nullable SmtpSession perhapsTriedBefore(SmtpSession session) {
    Stream<SmtpSession> ofSeveral =
        snapshot.ambiguousAttempts().stream()
            .filter(Attempt::triedTls)
            .map(Attempt::session)
            .filter(tried -> tried.acceptedAt().isBefore(session.acceptedAt()))
            .filter(tried -> Snapshot.sameClient(tried, session));
    Stream<SmtpSession> alike =
        snapshot.lookalikes().stream()
            .filter(each -> each.later().session() == session && each.wouldFallBackToCleartext())
            .map(each -> each.earlier().session());
    return Stream.concat(ofSeveral, alike)
        .max(Comparator.comparing(SmtpSession::acceptedAt))
        .orElse(null);
  }

  private static Exposure unexplained(SmtpSession session, String where) {
    String words = where.isEmpty() ? mail(session) + refused(session) : "sent mail" + where;
    return new Exposure(session, null, words, List.of(session));
  }

  /** Where MAIL was refused no mail went, only the client was ready to send it. */
  private static String mail(SmtpSession session) {
    boolean isRefused = CleartextMail.refusal(session).isPresent();
    return "sent %s in cleartext".formatted(isRefused ? "MAIL" : "mail");
  }

  private static String refused(SmtpSession session) {
    return CleartextMail.refusal(session).map(", and was refused with "::concat).orElse("");
  }
}

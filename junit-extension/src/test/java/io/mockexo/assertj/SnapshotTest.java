package io.mockexo.assertj;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.SessionBuilder.session;
import static io.mockexo.assertj.Snapshots.cleartext;
import static io.mockexo.assertj.Snapshots.overTls;
import static io.mockexo.assertj.Snapshots.quiet;
import static io.mockexo.assertj.Snapshots.silent;
import static io.mockexo.assertj.Snapshots.soFar;
import static io.mockexo.assertj.Snapshots.tlsRefused;
import static io.mockexo.tls.TlsVersion.TLS_1_2;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Nothing passes because nothing was there, or because it was not looked at yet. */
class SnapshotTest {

  private static final Golden GOLDEN = Golden.of(SnapshotTest.class);

  /** Those that say "never", "only" or how many. */
  private static Map<String, Consumer<SessionsAssert>> negativeOrCounting() {
    Map<String, Consumer<SessionsAssert>> all = new TreeMap<>();
    all.put("neverFellBackToCleartext", SessionsAssert::neverFellBackToCleartext);
    all.put("alwaysTriedTls", SessionsAssert::alwaysTriedTls);
    all.put("neverTriedTls", SessionsAssert::neverTriedTls);
    all.put("neverSentMailInCleartext", SessionsAssert::neverSentMailInCleartext);
    all.put("neverSentCredentialsInCleartext", SessionsAssert::neverSentCredentialsInCleartext);
    all.put("allDeliveriesUsedTls", SessionsAssert::allDeliveriesUsedTls);
    all.put("neverLoweredTlsVersion", SessionsAssert::neverLoweredTlsVersion);
    all.put("retriedTimes", sessions -> sessions.retriedTimes(0));
    all.put("gaveUpAfter", sessions -> sessions.gaveUpAfter(ofSeconds(1)));
    all.put("stoppedAfterPermanentFailure", SessionsAssert::stoppedAfterPermanentFailure);
    all.put("stoppedAfterAuthFailure", SessionsAssert::stoppedAfterAuthFailure);
    all.put("resentOnlyDeferredRecipients", SessionsAssert::resentOnlyDeferredRecipients);
    all.put("deliveredExactly", sessions -> sessions.deliveredExactly(0));
    all.put("deliveredOnce", SessionsAssert::deliveredOnce);
    all.put("deliveredNothing", SessionsAssert::deliveredNothing);
    all.put("hasSessions", sessions -> sessions.hasSessions(1));
    all.put("satisfiesInOrder", sessions -> sessions.satisfiesInOrder(session -> {}));
    return all;
  }

  /** Those that say that something happened. */
  private static Map<String, Consumer<SessionsAssert>> positive() {
    Map<String, Consumer<SessionsAssert>> all = new TreeMap<>();
    all.put("fellBackToCleartext", SessionsAssert::fellBackToCleartext);
    all.put("sentInCleartextWithoutOffer", SessionsAssert::sentInCleartextWithoutOffer);
    all.put("fellBackToTls", sessions -> sessions.fellBackToTls(TLS_1_2));
    all.put("usedNewConnectionForFallback", SessionsAssert::usedNewConnectionForFallback);
    all.put("retriedAfterTlsFailure", SessionsAssert::retriedAfterTlsFailure);
    all.put("keptTryingAfterTransientFailure", SessionsAssert::keptTryingAfterTransientFailure);
    all.put("switchedHost", SessionsAssert::switchedHost);
    all.put("waitedAtLeast", sessions -> sessions.waitedAtLeast(ofSeconds(1)));
    all.put("waitedBetween", sessions -> sessions.waitedBetween(ofSeconds(1), ofSeconds(2)));
    all.put("backedOff", SessionsAssert::backedOff);
    return all;
  }

  @TestFactory
  Stream<DynamicTest> every_assertion_fails_without_a_session() {
    Map<String, Consumer<SessionsAssert>> all = positive();
    all.putAll(negativeOrCounting());
    return all.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      failsWith("there was no session", entry.getValue(), quiet());
                      failsWith("no client sent a byte", entry.getValue(), quiet(silent(1)));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> what_never_happened_needs_a_quiet_and_complete_snapshot() {
    Sessions evicted = new Sessions(List.of(tlsRefused(1)), 2, 0, true);
    Sessions open = new Sessions(List.of(tlsRefused(1)), 0, 1, true);
    Sessions leftOut = quiet(session(1).tlsRefused(TLS_1_2).dropped(3).closed());
    return negativeOrCounting().entrySet().stream()
        .filter(entry -> !entry.getKey().equals("neverTriedTls"))
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      failsWith("2 sessions were evicted", entry.getValue(), evicted);
                      failsWith("1 session was still open", entry.getValue(), open);
                      failsWith("nobody waited for quiet", entry.getValue(), soFar(tlsRefused(1)));
                      failsWith("more events than are kept", entry.getValue(), leftOut);
                    }));
  }

  @TestFactory
  Stream<DynamicTest> what_holds_for_every_message_needs_a_complete_snapshot() {
    SmtpSession next = session(2).at(ofMillis(2_500)).offered().deliver("<1@a>").closed();
    Sessions evicted = new Sessions(List.of(tlsRefused(1), next), 2, 0, true);
    Sessions leftOut = quiet(session(1).tlsRefused(TLS_1_2).dropped(3).closed(), next);
    Set<String> ofEach =
        Set.of(
            "usedNewConnectionForFallback",
            "keptTryingAfterTransientFailure",
            "waitedAtLeast",
            "waitedBetween",
            "backedOff");
    return positive().entrySet().stream()
        .filter(entry -> ofEach.contains(entry.getKey()))
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(),
                    () -> {
                      failsWith("2 sessions were evicted", entry.getValue(), evicted);
                      failsWith("more events than are kept", entry.getValue(), leftOut);
                    }));
  }

  private static void failsWith(
      String reason, Consumer<SessionsAssert> assertion, Sessions sessions) {
    assertThatThrownBy(() -> assertion.accept(assertThat(sessions)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(reason);
  }

  @Test
  void each_reason_says_what_to_do() {
    GOLDEN.fails("no session", () -> assertThat(quiet()).deliveredNothing());
    GOLDEN.fails(
        "no session, one open",
        () -> assertThat(new Sessions(List.of(), 0, 1, false)).fellBackToCleartext());
    GOLDEN.fails(
        "no session, one open, and quiet is needed",
        () -> assertThat(new Sessions(List.of(), 0, 1, false)).neverTriedTls());
    GOLDEN.fails(
        "no session, two open, and quiet is needed",
        () -> assertThat(new Sessions(List.of(), 0, 2, false)).deliveredOnce());
    GOLDEN.fails(
        "silent sessions only", () -> assertThat(quiet(silent(1), silent(2))).deliveredNothing());
    GOLDEN.fails(
        "evicted",
        () -> assertThat(new Sessions(List.of(overTls(7)), 6, 0, true)).deliveredExactly(1));
    GOLDEN.fails(
        "still open",
        () -> assertThat(soFar(overTls(1), session(2).ehlo().open())).deliveredOnce());
    GOLDEN.fails(
        "still open and not listed",
        () -> assertThat(new Sessions(List.of(overTls(1)), 0, 2, false)).deliveredOnce());
    GOLDEN.fails("not quiet", () -> assertThat(soFar(overTls(1))).neverFellBackToCleartext());
    GOLDEN.fails(
        "events left out",
        () -> assertThat(quiet(session(1).ehlo().dropped(12).closed())).neverFellBackToCleartext());
  }

  @Test
  void what_may_have_come_since_is_told() {
    GOLDEN.fails(
        "not quiet, and something was expected",
        () -> assertThat(soFar(tlsRefused(1))).retriedAfterTlsFailure());
    GOLDEN.fails(
        "not quiet, and something else was seen",
        () ->
            assertThat(soFar(session(1).ehlo().deliver("<1@a>").closed(), cleartext(2)))
                .fellBackToCleartext());
  }

  @Test
  void what_was_seen_to_be_wrong_fails_at_once() {
    GOLDEN.fails(
        "wrong already",
        () ->
            assertThat(new Sessions(List.of(cleartext(1)), 3, 2, false))
                .neverSentMailInCleartext());
  }

  @Test
  void nobody_is_no_snapshot() {
    GOLDEN.fails("null", () -> assertThat((Sessions) null).deliveredNothing());
  }
}

package io.mockexo.assertj;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.SessionBuilder.session;
import static io.mockexo.assertj.Snapshots.cleartext;
import static io.mockexo.assertj.Snapshots.failureForEither;
import static io.mockexo.assertj.Snapshots.overTls;
import static io.mockexo.assertj.Snapshots.quiet;
import static io.mockexo.assertj.Snapshots.soFar;
import static io.mockexo.assertj.Snapshots.tlsRefused;
import static io.mockexo.tls.TlsVersion.TLS_1_1;
import static io.mockexo.tls.TlsVersion.TLS_1_2;
import static io.mockexo.tls.TlsVersion.TLS_1_3;

import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.TlsVersion;
import org.junit.jupiter.api.Test;

/** A lower TLS version, and the connection on which a client fell back. */
class TlsVersionAssertionsTest {

  private static final Golden GOLDEN = Golden.of(TlsVersionAssertionsTest.class);

  private static SmtpSession refused(int number, TlsVersion upTo) {
    return session(number).tlsRefused(upTo).closedByServer();
  }

  @Test
  void a_lower_highest_version_in_a_later_try_is_a_fallback() {
    assertThat(soFar(refused(1, TLS_1_3), overTls(2, TLS_1_2, "<1@a>"))).fellBackToTls(TLS_1_2);
    GOLDEN.fails(
        "fellBackToTls: another version",
        () ->
            assertThat(quiet(refused(1, TLS_1_3), overTls(2, TLS_1_2, "<1@a>")))
                .fellBackToTls(TLS_1_1));
    GOLDEN.fails(
        "fellBackToTls: the same version",
        () ->
            assertThat(quiet(refused(1, TLS_1_2), overTls(2, TLS_1_2, "<1@a>")))
                .fellBackToTls(TLS_1_2));
    GOLDEN.fails(
        "fellBackToTls: a higher version",
        () ->
            assertThat(quiet(refused(1, TLS_1_1), overTls(2, TLS_1_2, "<1@a>")))
                .fellBackToTls(TLS_1_2));
    GOLDEN.fails(
        "fellBackToTls: cleartext", () -> assertThat(quiet(cleartext(1))).fellBackToTls(TLS_1_2));
  }

  @Test
  void another_message_with_a_lower_version_is_no_fallback() {
    assertThat(quiet(overTls(1, TLS_1_3, "<1@a>"), overTls(2, TLS_1_2, "<2@a>")))
        .neverLoweredTlsVersion();
  }

  @Test
  void never_lowered_minds_versions_only() {
    assertThat(quiet(tlsRefused(1), cleartext(2))).neverLoweredTlsVersion();
    assertThat(quiet(refused(1, TLS_1_1), overTls(2))).neverLoweredTlsVersion();
    GOLDEN.fails(
        "neverLoweredTlsVersion: it did",
        () ->
            assertThat(quiet(refused(1, TLS_1_3), overTls(2, TLS_1_2, "<1@a>")))
                .neverLoweredTlsVersion());
    GOLDEN.fails(
        "neverLoweredTlsVersion: nobody offered TLS",
        () -> assertThat(quiet(cleartext(1))).neverLoweredTlsVersion());
  }

  @Test
  void ambiguity_matters_only_where_versions_differ() {
    assertThat(
            quiet(
                refused(1, TLS_1_3), refused(2, TLS_1_3), overTls(3), overTls(4, TLS_1_3, "<2@a>")))
        .neverLoweredTlsVersion();
    GOLDEN.fails(
        "neverLoweredTlsVersion: ambiguous",
        () ->
            assertThat(
                    quiet(
                        refused(1, TLS_1_3),
                        refused(2, TLS_1_2),
                        overTls(3, TLS_1_2, "<1@a>"),
                        overTls(4, TLS_1_3, "<2@a>")))
                .neverLoweredTlsVersion());
    GOLDEN.fails(
        "fellBackToTls: ambiguous",
        () ->
            assertThat(
                    quiet(
                        refused(1, TLS_1_3),
                        refused(2, TLS_1_2),
                        overTls(3, TLS_1_2, "<1@a>"),
                        overTls(4, TLS_1_3, "<2@a>")))
                .fellBackToTls(TLS_1_2));
  }

  @Test
  void a_fallback_takes_a_new_connection_or_stays_on_the_old_one() {
    SmtpSession same = session(1).offered().startTlsRefused().deliver("<1@a>").closed();

    assertThat(soFar(tlsRefused(1), cleartext(2))).usedNewConnectionForFallback();
    assertThat(soFar(refused(1, TLS_1_3), overTls(2, TLS_1_2, "<1@a>")))
        .usedNewConnectionForFallback();
    GOLDEN.fails(
        "usedNewConnectionForFallback: the same connection",
        () -> assertThat(quiet(same)).usedNewConnectionForFallback());
    GOLDEN.fails(
        "usedNewConnectionForFallback: one of two",
        () ->
            assertThat(
                    quiet(
                        same,
                        session(2).named("b.example").tlsRefused(TLS_1_1).closed(),
                        session(3).named("b.example").offered().deliver("<2@a>").closed()))
                .usedNewConnectionForFallback());
    GOLDEN.fails(
        "usedNewConnectionForFallback: mail after our FIN",
        () ->
            assertThat(
                    quiet(
                        session(1)
                            .tlsRefused(TLS_1_1)
                            .stray(StrayBytes.Kind.MAIL, "MAIL FROM:<a@b>")
                            .closedByServer(),
                        cleartext(2)))
                .usedNewConnectionForFallback());
    GOLDEN.fails(
        "usedNewConnectionForFallback: no fallback",
        () -> assertThat(quiet(tlsRefused(1), overTls(2))).usedNewConnectionForFallback());
    GOLDEN.fails(
        "usedNewConnectionForFallback: ambiguous",
        () -> assertThat(failureForEither(TLS_1_1)).usedNewConnectionForFallback());
  }
}

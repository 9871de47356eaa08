package io.mockexo.journal;

import static io.mockexo.journal.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.TlsRptFailure.ResultType;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names of RFC 8460 for what becomes of TLS. */
class TlsRptFailureTest {

  @Test
  void a_refused_version_is_a_validation_failure_whatever_the_client_says_to_it() {
    SmtpSession session =
        session(1)
            .ehloOffersStartTls()
            .startTls()
            .hello(TlsVersion.TLS_1_1)
            .refused(TlsRefusal.FIN)
            .alert(Direction.RECEIVED, AlertDescription.UNKNOWN_CA)
            .closed();
    assertThat(TlsRptFailure.of(session))
        .contains(
            new TlsRptFailure(
                ResultType.VALIDATION_FAILURE, false, "refused: offered TLS 1.1, closed with FIN"));
  }

  @ParameterizedTest
  @CsvSource({
    "CERTIFICATE_EXPIRED, certificate-expired, true",
    "UNKNOWN_CA, certificate-not-trusted, true",
    "CERTIFICATE_UNKNOWN, validation-failure, true",
    "BAD_CERTIFICATE, validation-failure, true",
    "DECODE_ERROR, validation-failure, false"
  })
  void an_alert_of_the_client_about_the_certificate_is_an_inference(
      AlertDescription alert, String name, boolean inferred) {
    SmtpSession session =
        session(1)
            .ehloOffersStartTls()
            .startTls()
            .hello(TlsVersion.TLS_1_3)
            .alert(Direction.RECEIVED, alert)
            .closed();
    TlsRptFailure failure = TlsRptFailure.of(session).orElseThrow();
    assertThat(failure.resultType()).hasToString(name);
    assertThat(failure.inferred()).isEqualTo(inferred);
    assertThat(failure.reason()).isEqualTo("TLS failed: client sent " + alert);
  }

  @Test
  void a_client_that_leaves_behind_the_handshake_is_an_inference_too() {
    SmtpSession session =
        session(1)
            .startTls()
            .hello(TlsVersion.TLS_1_3)
            .established()
            .closedBy(Closed.Side.CLIENT, Closed.End.FIN);
    assertThat(TlsRptFailure.of(session).orElseThrow())
        .isEqualTo(
            new TlsRptFailure(
                ResultType.VALIDATION_FAILURE, true, "left right after the TLS handshake"));
  }

  @Test
  void no_starttls_is_so_to_who_asked_for_it() {
    assertThat(TlsRptFailure.of(session(1).ehlo("PIPELINING").mail("a@x").closed()))
        .contains(
            new TlsRptFailure(
                ResultType.STARTTLS_NOT_SUPPORTED, false, "STARTTLS was not on offer"));
    assertThat(
            TlsRptFailure.of(session(1).ehloOffersStartTls().startTlsRefused().closed())
                .orElseThrow()
                .resultType())
        .hasToString("starttls-not-supported");
    assertThat(TlsRptFailure.of(session(1).command("HELO x").mail("a@x").closed())).isEmpty();
  }

  @Test
  void there_is_none_where_tls_worked_or_is_going_on_or_was_not_asked_for() {
    assertThat(
            Stream.of(
                session(1).ehloOffersStartTls().tls(TlsVersion.TLS_1_2).mail("a@x").closed(),
                session(1).ehloOffersStartTls().startTls().hello(TlsVersion.TLS_1_2).open(),
                session(1).ehloOffersStartTls().mail("a@x").closed(),
                session(1).greeting().closedBy(Closed.Side.CLIENT, Closed.End.RST)))
        .allSatisfy(session -> assertThat(TlsRptFailure.of(session)).isEmpty());
  }
}

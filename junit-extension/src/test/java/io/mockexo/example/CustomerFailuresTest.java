package io.mockexo.example;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThatExceptionOfType;
import static io.mockexo.example.QueuedMailer.Manners.sound;
import static io.mockexo.example.QueuedMailer.Manners.unsound;
import static io.mockexo.fault.Drop.RST;
import static io.mockexo.fault.Stage.CLIENT_HELLO;
import static io.mockexo.fault.Stage.SERVER_FLIGHT;
import static io.mockexo.fault.Stage.STARTTLS;
import static io.mockexo.tls.CertificateFlaw.EXPIRED;
import static io.mockexo.tls.TlsVersion.TLS_1_2;
import static io.mockexo.tls.TlsVersion.TLS_1_3;
import static java.time.Duration.ofMillis;

import io.mockexo.journal.Sessions;
import io.mockexo.junit.InjectFault;
import io.mockexo.junit.MockExchangeOnline;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.TlsVersion;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What customers meet when TLS with Exchange Online goes wrong, and what a mailer makes of it: a
 * sound one and an unsound one.
 */
class CustomerFailuresTest {

  private static final Duration QUIET = ofMillis(100);

  private static QueuedMailer mailer(
      MockExchangeOnlineServer exchange, QueuedMailer.Manners manners) {
    return new QueuedMailer(exchange.jakartaMailProperties(), manners);
  }

  /** Old TLS is closed with FIN: who may, falls back and says nothing. */
  @Test
  void old_tls_makes_an_unsound_mailer_fall_back_to_cleartext(
      @MockExchangeOnline(minimumTls = TLS_1_3) MockExchangeOnlineServer exchange)
      throws MessagingException {
    boolean sent =
        mailer(exchange, unsound()).with("ssl.protocols", "TLSv1.2").send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sent).isTrue();
    assertThat(sessions).fellBackToCleartext().usedNewConnectionForFallback().deliveredOnce();
    assertThat(sessions.first()).offeredTlsUpTo(TLS_1_2).failedTls().deliveredNothing();
    assertThat(sessions.last()).stayedInCleartext().deliveredMessage();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).neverFellBackToCleartext())
        .withMessageContaining(
            "session 2 fell back to cleartext after session 1 (refused: offered TLS 1.2, closed with FIN)");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).deliveredNothing())
        .withMessageContaining("session 2 delivered");
  }

  /** A hybrid connector that requires TLS: the mail stays in the queue. */
  @Test
  void old_tls_makes_a_sound_mailer_try_again_and_never_fall_back(
      @MockExchangeOnline(minimumTls = TLS_1_3) MockExchangeOnlineServer exchange)
      throws MessagingException {
    boolean sent =
        mailer(exchange, sound()).with("ssl.protocols", "TLSv1.2").send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sent).isFalse();
    assertThat(sessions)
        .retriedAfterTlsFailure()
        .retriedTimes(2)
        .waitedAtLeast(ofMillis(30))
        .neverFellBackToCleartext()
        .neverLoweredTlsVersion()
        .alwaysTriedTls()
        .deliveredNothing();
  }

  @Test
  void without_a_common_cipher_suite_there_is_no_handshake(
      @MockExchangeOnline(maximumTls = TLS_1_2, cipherSuites = "ECDHE-RSA-AES256-GCM-SHA384")
          MockExchangeOnlineServer exchange)
      throws MessagingException {
    mailer(exchange, sound().withAttempts(1))
        .with("ssl.ciphersuites", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
        .send("hello", "a@contoso.com");

    assertThat(exchange.awaitQuiet(QUIET).only())
        .offeredOnly("ECDHE-RSA-AES128-GCM-SHA256")
        .failedTls()
        .wasClosedByServer()
        .deliveredNothing();
  }

  @Test
  void without_a_common_cipher_suite_an_unsound_mailer_falls_back(
      @MockExchangeOnline(maximumTls = TLS_1_2, cipherSuites = "ECDHE-RSA-AES256-GCM-SHA384")
          MockExchangeOnlineServer exchange)
      throws MessagingException {
    mailer(exchange, unsound())
        .with("ssl.ciphersuites", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")
        .send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions.first()).offeredOnly("ECDHE-RSA-AES128-GCM-SHA256").failedTls();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).neverFellBackToCleartext())
        .withMessageContaining("session 2 fell back to cleartext after session 1");
  }

  /** SMTP inspection that holds the handshake up. */
  @Test
  @InjectFault(onConnection = 1, at = CLIENT_HELLO, stall = true)
  void a_handshake_that_times_out_is_tried_again_over_tls(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    boolean sent = mailer(exchange, sound()).with("timeout", "1000").send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sent).isTrue();
    assertThat(sessions).retriedAfterTlsFailure().retriedTimes(1).allDeliveriesUsedTls();
    assertThat(sessions.first()).hitFaultAt(CLIENT_HELLO).wasClosedByClient();
    assertThat(sessions.last()).usedTlsAtLeast(TLS_1_2).deliveredMessage();
  }

  @Test
  @InjectFault(onConnection = 1, at = CLIENT_HELLO, stall = true)
  void an_unsound_mailer_falls_back_when_the_handshake_times_out(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    mailer(exchange, unsound()).with("timeout", "1000").send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).fellBackToCleartext().deliveredOnce();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).retriedAfterTlsFailure())
        .withMessageContaining("session 2 was weaker, after TLS had failed in session 1");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).allDeliveriesUsedTls())
        .withMessageContaining("session 2 delivered in cleartext");
  }

  /**
   * A certificate that comes, and then silence: too large a packet, or an inspection that hangs.
   */
  @ParameterizedTest
  @EnumSource(names = {"TLS_1_2", "TLS_1_3"})
  @InjectFault(onConnection = 1, at = SERVER_FLIGHT, stall = true)
  void a_handshake_that_times_out_after_the_certificate_is_tried_again_over_tls(
      TlsVersion version, @MockExchangeOnline MockExchangeOnlineServer exchange)
      throws MessagingException {
    boolean sent =
        mailer(exchange, sound())
            .with("ssl.protocols", version == TLS_1_2 ? "TLSv1.2" : "TLSv1.3")
            .with("timeout", "1000")
            .send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sent).isTrue();
    assertThat(sessions)
        .retriedAfterTlsFailure()
        .retriedTimes(1)
        .neverFellBackToCleartext()
        .deliveredOnce();
    assertThat(sessions.first()).hitFaultAt(SERVER_FLIGHT).failedTls().wasClosedByClient();
    assertThat(sessions.last()).usedTls(version).deliveredMessage();
  }

  @Test
  @InjectFault(onConnection = 1, at = SERVER_FLIGHT, stall = true)
  void an_unsound_mailer_falls_back_after_the_certificate_too(
      @MockExchangeOnline(maximumTls = TLS_1_2) MockExchangeOnlineServer exchange)
      throws MessagingException {
    mailer(exchange, unsound()).with("timeout", "1000").send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).fellBackToCleartext().usedNewConnectionForFallback();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).neverFellBackToCleartext())
        .withMessageContaining("session 2 fell back to cleartext after session 1");
  }

  @Test
  @InjectFault(onConnection = 1, at = SERVER_FLIGHT, drop = RST)
  void a_reset_after_the_certificate_is_tried_again_over_tls(
      @MockExchangeOnline(maximumTls = TLS_1_2) MockExchangeOnlineServer exchange)
      throws MessagingException {
    mailer(exchange, sound()).send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).retriedAfterTlsFailure().deliveredOnce().neverFellBackToCleartext();
    assertThat(sessions.first()).hitFaultAt(SERVER_FLIGHT).wasReset();
  }

  @Test
  @InjectFault(onConnection = 1, at = SERVER_FLIGHT, drop = RST)
  void an_unsound_mailer_falls_back_after_a_reset(
      @MockExchangeOnline(maximumTls = TLS_1_2) MockExchangeOnlineServer exchange)
      throws MessagingException {
    mailer(exchange, unsound()).send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).retriedAfterTlsFailure())
        .withMessageContaining("session 2 was weaker, after TLS had failed in session 1");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).neverFellBackToCleartext())
        .withMessageContaining("session 2 fell back to cleartext after session 1");
  }

  @Test
  @InjectFault(
      onConnection = 1,
      at = STARTTLS,
      reply = "454 4.7.0 TLS not available due to temporary reason")
  void a_refused_starttls_is_tried_again_and_ends_in_tls(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    mailer(exchange, sound()).send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions)
        .retriedAfterTlsFailure()
        .retriedTimes(1)
        .neverFellBackToCleartext()
        .deliveredOnce();
    assertThat(sessions.first()).gotReply(454, "4.7.0");
  }

  @Test
  @InjectFault(
      onConnection = 1,
      at = STARTTLS,
      reply = "454 4.7.0 TLS not available due to temporary reason")
  void a_refused_starttls_makes_an_unsound_mailer_fall_back_though_it_says_temporary(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    mailer(exchange, unsound()).send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThat(sessions).fellBackToCleartext().usedNewConnectionForFallback().deliveredOnce();
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).neverFellBackToCleartext())
        .withMessageContaining("session 2 fell back to cleartext after session 1");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions).retriedAfterTlsFailure())
        .withMessageContaining("session 2 was weaker, after TLS had failed in session 1");
  }

  /** An application that does not trust the certificate: another CA, or an inspecting proxy. */
  @Test
  void an_unknown_authority_is_rejected(@MockExchangeOnline MockExchangeOnlineServer exchange)
      throws MessagingException {
    QueuedMailer mailer = mailer(exchange, sound().withAttempts(1));
    mailer.with("ssl.socketFactory", "").send("hello", "a@contoso.com");

    assertThat(exchange.awaitQuiet(QUIET).only()).rejectedCertificate().deliveredNothing();
  }

  /** An administrator who forgot the date, and a load balancer that has another host's. */
  @Test
  void a_certificate_with_something_wrong_is_rejected(
      @MockExchangeOnline(certificateFlaw = EXPIRED) MockExchangeOnlineServer expired,
      @MockExchangeOnline(certificateNames = "mail.fabrikam.com")
          MockExchangeOnlineServer otherHost)
      throws MessagingException {
    for (MockExchangeOnlineServer exchange : List.of(expired, otherHost)) {
      mailer(exchange, sound().withAttempts(1)).send("hello", "a@contoso.com");

      assertThat(exchange.awaitQuiet(QUIET).only()).rejectedCertificate().deliveredNothing();
    }
  }

  /** As it is found in many an answer to the error above. */
  @Test
  void who_trusts_everyone_rejects_no_certificate(
      @MockExchangeOnline MockExchangeOnlineServer exchange) throws MessagingException {
    mailer(exchange, sound().withAttempts(1))
        .with("ssl.socketFactory", "")
        .with("ssl.trust", "*")
        .send("hello", "a@contoso.com");

    Sessions sessions = exchange.awaitQuiet(QUIET);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> assertThat(sessions.only()).rejectedCertificate())
        .withMessageContaining("it sent no alert, and went on after the handshake");
  }
}

package io.mockexo.assertj;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.SessionBuilder.session;
import static io.mockexo.assertj.Snapshots.cleartext;
import static io.mockexo.assertj.Snapshots.overTls;
import static io.mockexo.assertj.Snapshots.silent;
import static io.mockexo.assertj.Snapshots.tlsRefused;
import static io.mockexo.fault.Fault.at;
import static io.mockexo.tls.TlsVersion.TLS_1_1;
import static io.mockexo.tls.TlsVersion.TLS_1_2;
import static io.mockexo.tls.TlsVersion.TLS_1_3;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mockexo.fault.Stage;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CipherSuite;
import org.junit.jupiter.api.Test;

/** TLS in one session: what was negotiated, alerts, certificates. */
class TlsAssertionsTest {

  private static final Golden GOLDEN = Golden.of(TlsAssertionsTest.class);

  private static final String SUITE = "TLS_AES_256_GCM_SHA384";

  private static SmtpSession clientAlert(AlertDescription alert) {
    return session(1).offered().startTls().hello(TLS_1_3).alert(Direction.RECEIVED, alert).closed();
  }

  /** A client that leaves right after the handshake. */
  private static SmtpSession abandoned() {
    return session(1).offered().startTls().hello(TLS_1_2).established().closed();
  }

  @Test
  void tls_was_used_when_the_handshake_was_completed() {
    assertThat(overTls(1)).usedTls().usedTls(TLS_1_3).usedTlsAtLeast(TLS_1_2);
    assertThat(overTls(1, TLS_1_2, "<1@a>")).usedTlsAtLeast(TLS_1_2);
    GOLDEN.fails("usedTls(): refused", () -> assertThat(tlsRefused(1)).usedTls());
    GOLDEN.fails("usedTls(): cleartext", () -> assertThat(cleartext(1)).usedTls());
    GOLDEN.fails(
        "usedTls(TlsVersion): another version", () -> assertThat(overTls(1)).usedTls(TLS_1_2));
    GOLDEN.fails(
        "usedTlsAtLeast: lower",
        () -> assertThat(overTls(1, TLS_1_1, "<1@a>")).usedTlsAtLeast(TLS_1_2));
    GOLDEN.fails(
        "usedTlsAtLeast: refused", () -> assertThat(tlsRefused(1)).usedTlsAtLeast(TLS_1_1));
  }

  @Test
  void the_cipher_suite_is_the_one_negotiated() {
    assertThat(overTls(1)).usedCipherSuite(SUITE).usedCipherSuite(CipherSuite.ofCode(0x1302));
    assertThat(overTls(1, TLS_1_2, "<1@a>")).usedCipherSuite("ECDHE-RSA-AES256-GCM-SHA384");
    GOLDEN.fails(
        "usedCipherSuite(String): another",
        () -> assertThat(overTls(1)).usedCipherSuite("TLS_AES_128_GCM_SHA256"));
    GOLDEN.fails(
        "usedCipherSuite(String): no TLS", () -> assertThat(cleartext(1)).usedCipherSuite(SUITE));
    GOLDEN.fails(
        "usedCipherSuite(CipherSuite): another",
        () -> assertThat(overTls(1)).usedCipherSuite(CipherSuite.ofCode(0x1301)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(overTls(1)).usedCipherSuite("TLS_AES_257"))
        .withMessageContaining("cipher suite 'TLS_AES_257' is not known");
  }

  @Test
  void the_offer_is_that_of_the_first_hello_whatever_came_of_it() {
    assertThat(tlsRefused(1)).offeredTlsUpTo(TLS_1_1);
    assertThat(session(1).offered().hello(TLS_1_3).hello(TLS_1_3).established().closed())
        .offeredTlsUpTo(TLS_1_3);
    GOLDEN.fails("offeredTlsUpTo: higher", () -> assertThat(overTls(1)).offeredTlsUpTo(TLS_1_2));
    GOLDEN.fails("offeredTlsUpTo: lower", () -> assertThat(tlsRefused(1)).offeredTlsUpTo(TLS_1_2));
    GOLDEN.fails(
        "offeredTlsUpTo: no hello",
        () -> assertThat(session(1).offered().startTls().closed()).offeredTlsUpTo(TLS_1_2));
    GOLDEN.fails(
        "offeredTlsUpTo: cleartext", () -> assertThat(cleartext(1)).offeredTlsUpTo(TLS_1_2));
  }

  @Test
  void cipher_suites_offered_are_judged_without_grease_and_signals() {
    SmtpSession session =
        session(1).offered().hello(TLS_1_2, null, 0x0A0A, 0xC030, 0x0005, 0x00FF).closed();

    assertThat(session)
        .offeredCipherSuites("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")
        .offeredCipherSuites("TLS_RSA_WITH_RC4_128_SHA", "ECDHE-RSA-AES256-GCM-SHA384")
        .offeredCipherSuites(CipherSuite.ofCode(0xC030))
        .offeredOnly("ECDHE-RSA-AES256-GCM-SHA384", "TLS_RSA_WITH_RC4_128_SHA")
        .offeredOnly(
            "ECDHE-RSA-AES256-GCM-SHA384", "TLS_RSA_WITH_RC4_128_SHA", "TLS_AES_128_GCM_SHA256")
        .offeredOnly(CipherSuite.ofCode(0xC030), CipherSuite.ofCode(0x0005));
    GOLDEN.fails(
        "offeredCipherSuites(String...): one missing",
        () ->
            assertThat(session)
                .offeredCipherSuites("ECDHE-RSA-AES256-GCM-SHA384", "TLS_AES_128_GCM_SHA256"));
    GOLDEN.fails(
        "offeredCipherSuites(CipherSuite...): one missing",
        () -> assertThat(session).offeredCipherSuites(CipherSuite.ofCode(0x1301)));
    GOLDEN.fails(
        "offeredOnly(CipherSuite...): another one",
        () -> assertThat(session).offeredOnly(CipherSuite.ofCode(0xC030)));
    GOLDEN.fails(
        "offeredCipherSuites(String...): no hello",
        () -> assertThat(cleartext(1)).offeredCipherSuites("TLS_AES_128_GCM_SHA256"));
    GOLDEN.fails(
        "offeredOnly(String...): another one",
        () -> assertThat(session).offeredOnly("ECDHE-RSA-AES256-GCM-SHA384"));
    GOLDEN.fails(
        "offeredOnly(String...): none at all",
        () ->
            assertThat(session(1).offered().hello(TLS_1_2, null, 0x00FF).closed())
                .offeredOnly("ECDHE-RSA-AES256-GCM-SHA384"));
    GOLDEN.fails(
        "offeredOnly(String...): no hello",
        () -> assertThat(cleartext(1)).offeredOnly("ECDHE-RSA-AES256-GCM-SHA384"));
  }

  @Test
  void cipher_suites_must_be_named_and_known() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(overTls(1)).offeredOnly(new String[0]))
        .withMessage("at least one cipher suite is needed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(overTls(1)).offeredCipherSuites(new CipherSuite[0]))
        .withMessage("at least one cipher suite is needed");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(overTls(1)).offeredCipherSuites("TLS_RSA_WITH_RC4_129_SHA"))
        .withMessageContaining("nearest that is known is TLS_RSA_WITH_RC4_128_SHA");
  }

  @Test
  void the_server_name_is_compared_without_case() {
    SmtpSession named = session(1).offered().hello(TLS_1_2, "MX.contoso.com", 0xC030).closed();

    assertThat(named).hasServerName("mx.contoso.com");
    GOLDEN.fails("hasServerName: another", () -> assertThat(named).hasServerName("mx.example"));
    GOLDEN.fails("hasServerName: none", () -> assertThat(overTls(1)).hasServerName("mx.example"));
    GOLDEN.fails(
        "hasServerName: no hello", () -> assertThat(cleartext(1)).hasServerName("mx.example"));
  }

  @Test
  void tls_failed_when_it_was_tried_and_never_established() {
    assertThat(tlsRefused(1)).failedTls();
    assertThat(session(1).offered().startTls().closed()).failedTls();
    GOLDEN.fails("failedTls: established", () -> assertThat(overTls(1)).failedTls());
    GOLDEN.fails("failedTls: not tried", () -> assertThat(cleartext(1)).failedTls());
    GOLDEN.fails(
        "failedTls: STARTTLS refused",
        () -> assertThat(session(1).offered().startTlsRefused().closed()).failedTls());
    GOLDEN.fails(
        "failedTls: under way",
        () -> assertThat(session(1).offered().startTls().hello(TLS_1_2).open()).failedTls());
  }

  @Test
  void alerts_are_told_by_who_sent_them() {
    SmtpSession got =
        session(1)
            .offered()
            .hello(TLS_1_1)
            .alert(Direction.SENT, AlertDescription.PROTOCOL_VERSION)
            .closedByServer();

    assertThat(got).gotAlert(AlertDescription.PROTOCOL_VERSION);
    assertThat(clientAlert(AlertDescription.UNKNOWN_CA)).sentAlert(AlertDescription.UNKNOWN_CA);
    GOLDEN.fails(
        "gotAlert: sent by the client",
        () ->
            assertThat(clientAlert(AlertDescription.PROTOCOL_VERSION))
                .gotAlert(AlertDescription.PROTOCOL_VERSION));
    GOLDEN.fails(
        "gotAlert: another", () -> assertThat(got).gotAlert(AlertDescription.HANDSHAKE_FAILURE));
    GOLDEN.fails(
        "sentAlert: got by the client",
        () -> assertThat(got).sentAlert(AlertDescription.PROTOCOL_VERSION));
    GOLDEN.fails(
        "sentAlert: another",
        () ->
            assertThat(clientAlert(AlertDescription.CERTIFICATE_UNKNOWN))
                .sentAlert(AlertDescription.UNKNOWN_CA));
  }

  @Test
  void a_certificate_is_rejected_with_an_alert_or_by_leaving() {
    assertThat(clientAlert(AlertDescription.UNKNOWN_CA)).rejectedCertificate();
    assertThat(clientAlert(AlertDescription.BAD_CERTIFICATE)).rejectedCertificate();
    assertThat(clientAlert(AlertDescription.CERTIFICATE_EXPIRED)).rejectedCertificate();
    assertThat(abandoned()).rejectedCertificate();
  }

  @Test
  void other_alerts_and_going_on_are_no_rejection() {
    GOLDEN.fails(
        "rejectedCertificate: another alert",
        () -> assertThat(clientAlert(AlertDescription.HANDSHAKE_FAILURE)).rejectedCertificate());
    GOLDEN.fails(
        "rejectedCertificate: left with another alert",
        () ->
            assertThat(
                    session(1)
                        .offered()
                        .hello(TLS_1_3)
                        .established()
                        .alert(Direction.RECEIVED, AlertDescription.INTERNAL_ERROR)
                        .closed())
                .rejectedCertificate());
    GOLDEN.fails(
        "rejectedCertificate: a fault may be the reason",
        () ->
            assertThat(
                    session(1)
                        .offered()
                        .hello(TLS_1_2)
                        .established()
                        .fault(at(Stage.CLIENT_FINISHED).stall())
                        .closed())
                .rejectedCertificate());
    GOLDEN.fails(
        "rejectedCertificate: went on", () -> assertThat(overTls(1)).rejectedCertificate());
    GOLDEN.fails(
        "rejectedCertificate: closed by the server",
        () ->
            assertThat(session(1).offered().hello(TLS_1_2).established().closedByServer())
                .rejectedCertificate());
    GOLDEN.fails(
        "rejectedCertificate: refused by the server",
        () -> assertThat(tlsRefused(1)).rejectedCertificate());
    GOLDEN.fails(
        "rejectedCertificate: cleartext", () -> assertThat(cleartext(1)).rejectedCertificate());
  }

  @Test
  void a_client_certificate_is_told_by_its_subject() {
    SmtpSession presented =
        session(1).clientCertificate("CN=client.example").tls(TLS_1_3).deliver("<1@a>").closed();

    assertThat(presented)
        .presentedClientCertificate()
        .presentedClientCertificate("CN=client.example");
    GOLDEN.fails(
        "presentedClientCertificate(): none",
        () -> assertThat(overTls(1)).presentedClientCertificate());
    GOLDEN.fails(
        "presentedClientCertificate(String): another subject",
        () -> assertThat(presented).presentedClientCertificate("CN=other.example"));
    GOLDEN.fails(
        "presentedClientCertificate(String): no TLS",
        () -> assertThat(cleartext(1)).presentedClientCertificate("CN=client.example"));
  }

  @Test
  void a_session_stayed_in_cleartext_when_tls_was_not_begun() {
    assertThat(cleartext(1)).stayedInCleartext();
    assertThat(session(1).offered().startTlsRefused().deliver("<1@a>").closed())
        .stayedInCleartext();
    GOLDEN.fails("stayedInCleartext: TLS", () -> assertThat(overTls(1)).stayedInCleartext());
    GOLDEN.fails("stayedInCleartext: tried", () -> assertThat(tlsRefused(1)).stayedInCleartext());
    GOLDEN.fails("stayedInCleartext: silent", () -> assertThat(silent(1)).stayedInCleartext());
    GOLDEN.fails(
        "stayedInCleartext: open",
        () -> assertThat(session(1).offered().open()).stayedInCleartext());
    GOLDEN.fails(
        "stayedInCleartext: no EHLO",
        () -> assertThat(session(1).command("QUIT").closed()).stayedInCleartext());
    GOLDEN.fails(
        "stayedInCleartext: events left out",
        () -> assertThat(session(1).offered().dropped(2).closed()).stayedInCleartext());
  }
}

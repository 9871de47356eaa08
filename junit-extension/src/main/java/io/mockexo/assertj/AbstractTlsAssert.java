package io.mockexo.assertj;

import io.mockexo.journal.SessionEvent.Alert;
import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.TlsVersion;
import java.util.List;
import java.util.Optional;

/** Assertions on TLS in one session. Part of {@link SessionAssert}. */
abstract class AbstractTlsAssert<SELF extends AbstractTlsAssert<SELF>>
    extends AbstractHelloAssert<SELF> {

  AbstractTlsAssert(SmtpSession actual, Class<?> selfType) {
    super(actual, selfType);
  }

  /**
   * Verifies that a TLS handshake was completed: the client's Finished was verified.
   *
   * <pre>{@code
   * // passes: TLS 1.3 was negotiated
   * assertThat(sessions.last()).usedTls();
   * // fails: the ClientHello was refused
   * assertThat(sessions.first()).usedTls();
   * }</pre>
   */
  public SELF usedTls() {
    return expect("to use TLS", session().tls().isPresent(), noTls());
  }

  /**
   * Verifies that exactly this version was negotiated.
   *
   * <pre>{@code
   * // passes: TLS 1.2 was negotiated
   * assertThat(sessions.last()).usedTls(TLS_1_2);
   * // fails: TLS 1.3 was negotiated
   * assertThat(sessions.last()).usedTls(TLS_1_2);
   * }</pre>
   */
  public SELF usedTls(TlsVersion version) {
    return expect("to use " + version, used().filter(version::equals).isPresent(), usedInstead());
  }

  /**
   * Verifies that this version or a later one was negotiated.
   *
   * <pre>{@code
   * // passes: TLS 1.3 was negotiated
   * assertThat(sessions.last()).usedTlsAtLeast(TLS_1_2);
   * // fails: TLS 1.1 was negotiated
   * assertThat(sessions.first()).usedTlsAtLeast(TLS_1_2);
   * }</pre>
   */
  public SELF usedTlsAtLeast(TlsVersion version) {
    return expect(
        "to use %s or later".formatted(version),
        used().filter(actualVersion -> actualVersion.isAtLeast(version)).isPresent(),
        usedInstead());
  }

  /**
   * Verifies which cipher suite was negotiated.
   *
   * <pre>{@code
   * // passes: it was negotiated
   * assertThat(sessions.last()).usedCipherSuite("TLS_AES_256_GCM_SHA384");
   * // fails: TLS_AES_128_GCM_SHA256 was
   * assertThat(sessions.last()).usedCipherSuite("TLS_AES_256_GCM_SHA384");
   * }</pre>
   *
   * @param name its IANA or OpenSSL name
   * @throws IllegalArgumentException if there is no such suite
   */
  public SELF usedCipherSuite(String name) {
    return usedCipherSuite(CipherSuite.named(name));
  }

  /** As {@link #usedCipherSuite(String)}. */
  public SELF usedCipherSuite(CipherSuite suite) {
    Optional<CipherSuite> used = session().tls().map(TlsEstablished::cipherSuite);
    return expect(
        "to use " + suite,
        used.filter(suite::equals).isPresent(),
        used.map(other -> "it used " + other).orElseGet(this::noTls));
  }

  /**
   * Verifies that TLS was tried and never established. Where STARTTLS itself was refused, it was
   * not.
   *
   * <pre>{@code
   * // passes: the ClientHello was refused with RST
   * assertThat(sessions.first()).failedTls();
   * // fails: TLS 1.3 was negotiated
   * assertThat(sessions.last()).failedTls();
   * }</pre>
   */
  public SELF failedTls() {
    return expect(
        "to fail over TLS",
        session().failedTls(),
        session()
            .tls()
            .map(tls -> "it used " + tls.version())
            .orElse(session().triedTls() ? "the handshake was not over" : notTried()));
  }

  /**
   * Verifies that the client was sent this TLS alert.
   *
   * <pre>{@code
   * // passes: the server refused its version with an alert
   * assertThat(sessions.first()).gotAlert(PROTOCOL_VERSION);
   * // fails: the server closed without a word
   * assertThat(sessions.first()).gotAlert(PROTOCOL_VERSION);
   * }</pre>
   */
  public SELF gotAlert(AlertDescription alert) {
    return expectAlert("to get", alert, session().alertsSent(), "got");
  }

  /**
   * Verifies that the client sent this TLS alert.
   *
   * <pre>{@code
   * // passes: the client does not know the CA
   * assertThat(sessions.first()).sentAlert(UNKNOWN_CA);
   * // fails: it sent certificate_unknown, as the JDK does
   * assertThat(sessions.first()).sentAlert(UNKNOWN_CA);
   * }</pre>
   */
  public SELF sentAlert(AlertDescription alert) {
    return expectAlert("to send", alert, session().alertsReceived(), "sent");
  }

  private SELF expectAlert(String to, AlertDescription alert, List<Alert> alerts, String did) {
    return expect(
        "%s alert %s".formatted(to, alert),
        alerts.stream().anyMatch(actualAlert -> actualAlert.code() == alert.code()),
        "it %s %s".formatted(did, or("none", alerts.stream().map(Alert::description).toList())));
  }

  /**
   * Verifies that the client seems not to have liked the server's certificate: it sent an alert
   * that says so ({@code bad_certificate}, {@code unknown_ca}, {@code certificate_unknown}, {@code
   * certificate_expired} and their like), or it left directly after the handshake, as GnuTLS and
   * Postfix do: without a command but QUIT, another fatal alert, or a fault that may have been the
   * reason. That a client left because of the certificate is inferred; what exactly it disliked no
   * alert tells for sure: the JDK sends {@code certificate_unknown} for an unknown CA.
   *
   * <pre>{@code
   * // passes: the client does not trust the CA, and sent unknown_ca
   * assertThat(sessions.first()).rejectedCertificate();
   * // fails: the client delivered its message inside TLS
   * assertThat(sessions.last()).rejectedCertificate();
   * }</pre>
   */
  public SELF rejectedCertificate() {
    List<String> alerts = session().alertsReceived().stream().map(Alert::description).toList();
    return expect(
        "to reject the certificate",
        Certificates.wasRejected(session()),
        session().tls().isPresent() || !alerts.isEmpty() || session().failedTls()
            ? "it sent " + or("no alert", alerts) + (session().abandonedTls() ? "" : stayed())
            : noHello());
  }

  private String stayed() {
    return session().tls().isPresent() ? ", and went on after the handshake" : "";
  }

  /**
   * Verifies that the client presented a certificate of its own in a completed handshake.
   *
   * <pre>{@code
   * // passes: it was asked for one, and sent it
   * assertThat(sessions.last()).presentedClientCertificate();
   * // fails: it has none
   * assertThat(sessions.last()).presentedClientCertificate();
   * }</pre>
   */
  public SELF presentedClientCertificate() {
    return expect(
        "to present a client certificate",
        clientCertificate().isPresent(),
        session().tls().isPresent() ? "it presented none" : noTls());
  }

  /**
   * Verifies the subject of the certificate that the client presented.
   *
   * <pre>{@code
   * // passes: its certificate has that subject
   * assertThat(sessions.last()).presentedClientCertificate("CN=mail.client.example");
   * // fails: the subject is CN=client.example
   * assertThat(sessions.last()).presentedClientCertificate("CN=mail.client.example");
   * }</pre>
   *
   * @param subject the distinguished name, as {@link TlsEstablished#clientCertificate} has it
   */
  public SELF presentedClientCertificate(String subject) {
    return expect(
        "to present a client certificate of " + subject,
        clientCertificate().filter(subject::equals).isPresent(),
        clientCertificate()
            .map(other -> "it presented one of " + other)
            .orElseGet(() -> session().tls().isPresent() ? "it presented none" : noTls()));
  }

  /**
   * Verifies that the client said EHLO or HELO and did not begin TLS: it sent no ClientHello, and
   * STARTTLS was not sent, or refused. The session must be complete.
   *
   * <pre>{@code
   * // passes: the message was sent without STARTTLS
   * assertThat(sessions.last()).stayedInCleartext();
   * // fails: the handshake failed
   * assertThat(sessions.first()).stayedInCleartext();
   * }</pre>
   */
  public SELF stayedInCleartext() {
    expectNever(
        "to stay in cleartext",
        session().triedTls(),
        session().tls().map(tls -> "it used " + tls.version()).orElse("it tried TLS"));
    return expect("to stay in cleartext", session().reachedEhlo(), "it said neither EHLO nor HELO");
  }

  private Optional<TlsVersion> used() {
    return session().tls().map(TlsEstablished::version);
  }

  private Optional<String> clientCertificate() {
    return session().tls().flatMap(tls -> Optional.ofNullable(tls.clientCertificate()));
  }

  private String usedInstead() {
    return used().map(other -> "it used " + other).orElseGet(this::noTls);
  }

  private String noTls() {
    return session().triedTls() ? "its handshake was not completed" : notTried();
  }
}

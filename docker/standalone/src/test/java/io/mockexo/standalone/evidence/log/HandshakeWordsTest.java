package io.mockexo.standalone.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mockexo.exchange.Endpoint;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Fault;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.fault.Stage;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.Alert;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.journal.SessionEvent.TlsRefused;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.TlsMismatch;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How handshakes are told, and the ends of connections. */
class HandshakeWordsTest {

  private static final Closed RESET =
      new Closed(Duration.ofMillis(19_200), Closed.Side.SERVER, Closed.End.RST);
  private static final Closed FIN =
      new Closed(Duration.ofMillis(200), Closed.Side.SERVER, Closed.End.FIN);

  @Test
  void silence_is_a_time_out_whoever_ends_it() {
    assertThat(ends(ProtocolLog.send("x"), RESET))
        .containsExactly("TLS negotiation failed with error TimedOut", "Remote");
    assertThat(
            ends(
                ProtocolLog.send("x"),
                new TlsRefused(at(130), TlsRefusal.STALL, TlsMismatch.VERSION, "below"),
                new Closed(at(900), Closed.Side.CLIENT, Closed.End.RST)))
        .containsExactly("TLS negotiation failed with error TimedOut", "Local");
    assertThat(
            ends(ProtocolLog.receive("x"), new Closed(at(900), Closed.Side.CLIENT, Closed.End.RST)))
        .containsExactly("TLS negotiation failed with error SocketError", "Remote(SocketError)");
  }

  /** The last lines of "Tales of the Weird", 2018; the certificate is the sender's secret. */
  @Test
  void a_swallowed_handshake_ends_as_in_the_article() {
    List<CSVRecord> lines = log(ProtocolLog.send("Outbound to Office 365"), RESET);
    assertThat(lines.subList(lines.size() - 5, lines.size()))
        .extracting(
            line -> line.get("event"), line -> line.get("data"), line -> line.get("context"))
        .containsExactly(
            tuple(">", "STARTTLS", ""),
            tuple("<", "220 2.0.0 SMTP server ready", ""),
            tuple(
                "*",
                "",
                "Sending certificate Subject Issuer name Serial number Thumbprint Not before Not"
                    + " after Subject alternate names"),
            tuple("*", "", "TLS negotiation failed with error TimedOut"),
            tuple("-", "", "Remote"));
  }

  @Test
  void a_refused_version_is_a_socket_error_to_one_and_a_mismatch_to_the_other() {
    TlsRefused refused =
        new TlsRefused(at(130), TlsRefusal.FIN, TlsMismatch.VERSION, "below TLS 1.2");
    // OpenSSL's comment on the FIN is not what the matter is.
    Alert comment = new Alert(at(131), Direction.RECEIVED, true, 50);
    assertThat(ends(ProtocolLog.send("x"), refused, comment, FIN))
        .containsExactly("TLS negotiation failed with error SocketError", "Remote");
    assertThat(ends(ProtocolLog.receive("x"), refused, comment, FIN))
        .containsExactly("TLS negotiation failed with error AlgorithmMismatch", "Local");
  }

  @ParameterizedTest
  @CsvSource({
    "RECEIVED, 48, UntrustedRoot, UntrustedRoot",
    "RECEIVED, 45, CertExpired, CertExpired",
    "RECEIVED, 46, CertUnknown, CertUnknown",
    "SENT, 40, IllegalMessage, SocketError",
    "SENT, 70, UnsupportedFunction, SocketError",
    "SENT, 255, IllegalMessage, SocketError"
  })
  void an_alert_is_told_by_the_name_that_windows_has_for_it(
      Direction direction, int code, String sender, String receiver) {
    Alert alert = new Alert(at(130), direction, true, code);
    assertThat(ends(ProtocolLog.send("x"), alert, FIN).get(0)).endsWith(" error " + sender);
    assertThat(ends(ProtocolLog.receive("x"), alert, FIN).get(0)).endsWith(" error " + receiver);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TLS_1_0 | TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA | secp256r1 | SP_PROT_TLS1_0_CLIENT | CALG_AES_256 with strength 256 | CALG_SHA1 with strength 160 | CALG_ECDHE with strength 256",
        "TLS_1_2 | TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 | secp256r1 | SP_PROT_TLS1_2_CLIENT | CALG_AES_128 with strength 128 | CALG_SHA_256 with strength 0 | CALG_ECDH_EPHEM with strength 256",
        "TLS_1_2 | TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384 | secp384r1 | SP_PROT_TLS1_2_CLIENT | CALG_AES_256 with strength 256 | CALG_SHA_384 with strength 384 | CALG_ECDH_EPHEM with strength 384",
        "TLS_1_2 | TLS_RSA_WITH_3DES_EDE_CBC_SHA | | SP_PROT_TLS1_2_CLIENT | CALG_3DES with strength 168 | CALG_SHA1 with strength 160 | CALG_RSA_KEYX with strength 2048",
        "TLS_1_2 | TLS_RSA_WITH_AES_128_CBC_SHA256 | | SP_PROT_TLS1_2_CLIENT | CALG_AES_128 with strength 128 | CALG_SHA_256 with strength 256 | CALG_RSA_KEYX with strength 2048",
        "TLS_1_2 | TLS_DHE_RSA_WITH_AES_256_GCM_SHA384 | | SP_PROT_TLS1_2_CLIENT | CALG_AES_256 with strength 256 | CALG_SHA_384 with strength 0 | CALG_DH_EPHEM with strength 2048",
        "TLS_1_3 | TLS_AES_256_GCM_SHA384 | x25519 | SP_PROT_TLS1_3_CLIENT | CALG_AES_256 with strength 256 | CALG_SHA_384 with strength 0 | CALG_ECDH_EPHEM with strength 255",
        "TLS_1_3 | TLS_CHACHA20_POLY1305_SHA256 | secp521r1 | SP_PROT_TLS1_3_CLIENT | CHACHA20_POLY1305 with strength 256 | CALG_SHA_256 with strength 0 | CALG_ECDH_EPHEM with strength 521",
        "SSL_3 | TLS_RSA_WITH_AES_128_CBC_SHA | | SP_PROT_SSL3_CLIENT | CALG_AES_128 with strength 128 | CALG_SHA1 with strength 160 | CALG_RSA_KEYX with strength 2048"
      })
  void what_was_negotiated_is_told_in_the_words_of_schannel(
      TlsVersion version,
      String suite,
      String group,
      String protocol,
      String bulk,
      String hash,
      String exchange) {
    TlsEstablished tls =
        new TlsEstablished(
            at(1),
            version,
            CipherSuite.registered(suite),
            group == null ? null : NamedGroup.named(group),
            false,
            null);
    assertThat(Schannel.succeeded(tls, "CLIENT"))
        .isEqualTo(
            "TLS protocol %s negotiation succeeded using bulk encryption algorithm %s bits, MAC hash algorithm %s bits and key exchange algorithm %s bits",
            protocol, bulk, hash, exchange);
  }

  @Test
  void a_fault_that_stalls_is_a_time_out() {
    SessionEvent stall =
        new SessionEvent.FaultInjected(
            at(130), new ScriptedFault(Connections.every(), Fault.at(Stage.CLIENT_HELLO).stall()));
    assertThat(
            ends(
                ProtocolLog.send("x"),
                stall,
                new Alert(at(1000), Direction.RECEIVED, true, 90),
                new Closed(at(1000), Closed.Side.CLIENT, Closed.End.FIN)))
        .containsExactly("TLS negotiation failed with error TimedOut", "Local");
  }

  private static Duration at(long millis) {
    return Duration.ofMillis(millis);
  }

  /** The contexts of the last two lines. */
  private static List<String> ends(ProtocolLog log, SessionEvent... events) {
    List<CSVRecord> lines = log(log, events);
    return lines.subList(lines.size() - 2, lines.size()).stream()
        .map(line -> line.get("context"))
        .toList();
  }

  /** Of a session whose handshake begins and does not end. */
  private static List<CSVRecord> log(ProtocolLog log, SessionEvent... events) {
    List<SessionEvent> all = new ArrayList<>();
    all.add(new ReplySent(at(0), false, 220, List.of("ready")));
    all.add(new CommandReceived(at(100), false, "STARTTLS", "STARTTLS", false));
    all.add(new ReplySent(at(101), false, 220, List.of("2.0.0 SMTP server ready")));
    all.addAll(List.of(events));
    InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
    SmtpSession session =
        new SmtpSession(1, Endpoint.MX, here, here, Instant.parse("2021-01-11T16:43:14Z"), all);
    return LogFile.read(log, List.of(session));
  }
}

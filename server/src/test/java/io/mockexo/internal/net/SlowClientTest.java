package io.mockexo.internal.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.ClientHellos;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.Timeouts;
import io.mockexo.internal.journal.Journal;
import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.SessionEvent.Closed.Side;
import io.mockexo.journal.SessionEvent.TlsFailed;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TestAuthority;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that send a byte a second, and less, by a clock that does not make the test wait. */
class SlowClientTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final ExchangeProfile PROFILE = ExchangeProfile.builder(Endpoint.MX).build();
  private static final Timeouts TIMEOUTS = PROFILE.timeouts();

  private static final String ENVELOPE =
      "EHLO client.example\r\nMAIL FROM:<a@client.example>\r\nRCPT TO:<b@contoso.com>\r\n";

  private final Journal journal = new Journal(JournalLimits.defaults(), InstantSource.system());
  private final VirtualConnection connection =
      new VirtualConnection(journal, PROFILE, CompletableFuture.completedFuture(certificate()));

  private static ServerCertificate certificate() {
    return TestAuthority.shared()
        .issue(
            CertificateKind.RSA_2048,
            "CN=localhost",
            List.of("localhost"),
            List.of(InetAddress.getLoopbackAddress()));
  }

  @AfterEach
  void end() {
    connection.end();
  }

  /** Sends a byte, then lets the time pass, and so on, until the server has had enough. */
  private int sendSlowly(byte[] bytes, Duration each) {
    for (int i = 0; i < bytes.length; i++) {
      if (connection.isOutputShutdown()) {
        return i;
      }
      connection.receive(bytes, i, 1);
      connection.pass(each);
    }
    return bytes.length;
  }

  private int sendSlowly(String text, Duration each) {
    return sendSlowly(text.getBytes(ISO_8859_1), each);
  }

  private SmtpSession session() {
    connection.end();
    return journal.sessions().only();
  }

  @Test
  void a_client_of_one_byte_a_second_is_served_like_any_other() {
    String message = "Message-ID: <1@client.example>\r\n\r\n" + "x".repeat(500) + "\r\n";
    String all = ENVELOPE + "DATA\r\n" + message + ".\r\nQUIT\r\n";
    assertThat(SECOND.multipliedBy(all.length())).isGreaterThan(TIMEOUTS.idle());

    assertThat(sendSlowly(all, SECOND)).isEqualTo(all.length());

    assertThat(connection.sent()).contains("\r\n250 2.6.0 <1@client.example>", "\r\n221 2.0.0 ");
    assertThat(session().transactions())
        .singleElement()
        .matches(MailTransaction::isDelivered)
        .extracting(mail -> new String(mail.content().toByteArray(), ISO_8859_1))
        .isEqualTo(message);
  }

  @Test
  void a_client_may_take_almost_the_idle_time_for_each_byte() {
    sendSlowly("NOOP\r\n", TIMEOUTS.idle().minus(SECOND));

    assertThat(connection.sent()).endsWith("\r\n250 2.0.0 OK\r\n");
  }

  @Test
  void a_client_that_pauses_within_a_line_is_told_so_and_closed() {
    connection.receive(ENVELOPE + "DATA\r\nhalf a mess");
    connection.sent();
    connection.pass(TIMEOUTS.idle());

    assertThat(connection.sent()).startsWith("451 4.7.0 Timeout waiting for client input [");
    assertThat(connection.isOutputShutdown()).isTrue();
    assertThat(session().transactions())
        .singleElement()
        .extracting(MailTransaction::outcome)
        .isEqualTo(Outcome.ABORTED);
  }

  @Test
  void a_client_that_pauses_within_a_chunk_is_told_so_and_closed() {
    connection.receive(ENVELOPE + "BDAT " + (Long.MAX_VALUE - 1) + " LAST\r\nhalf a mess");
    connection.sent();
    connection.pass(TIMEOUTS.idle());

    assertThat(connection.sent()).startsWith("451 4.7.0 Timeout waiting for client input [");
    assertThat(connection.isOutputShutdown()).isTrue();
    assertThat(session().transactions())
        .singleElement()
        .extracting(MailTransaction::outcome)
        .isEqualTo(Outcome.ABORTED);
  }

  /** RFC 5321 has no time for a handshake; ours is for all of it, however busy the client is. */
  @Test
  void a_client_hello_of_one_byte_a_second_is_given_up_when_the_time_for_a_handshake_is_over()
      throws Exception {
    byte[] hello =
        ClientHellos.ofJdk(TestAuthority.shared().trustAnchor().clientSslContext(), "TLSv1.3");
    assertThat(SECOND.multipliedBy(hello.length)).isGreaterThan(TIMEOUTS.handshake());
    sendSlowly("EHLO client.example\r\nSTARTTLS\r\n", SECOND);
    assertThat(connection.sent()).endsWith("\r\n220 2.0.0 SMTP server ready\r\n");

    assertThat(sendSlowly(hello, SECOND)).isBetween(1, hello.length - 1);

    assertThat(connection.isOutputShutdown()).isTrue();
    assertThat(connection.sent()).as("neither a reply nor an alert").isEmpty();
    SmtpSession session = session();
    assertThat(session.events(TlsFailed.class))
        .singleElement()
        .extracting(TlsFailed::reason)
        .isEqualTo("handshake timed out");
    assertThat(session.closed().orElseThrow().by()).isEqualTo(Side.SERVER);
  }

  @Test
  void a_client_that_never_closes_its_side_is_left_after_the_grace_period() {
    connection.receive("QUIT\r\n");
    assertThat(connection.isOutputShutdown()).isTrue();
    assertThat(connection.isOpen()).isTrue();
    connection.pass(TIMEOUTS.closeGrace());

    assertThat(connection.isOpen()).isFalse();
  }
}

package io.mockexo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mockexo.client.WireCapture.Segment;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.TlsRefusal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A FIN is a FIN on the wire, and an RST an RST. */
class WireTest {

  private static final String[] BELOW_THE_FLOOR = {"-tls1_1", "-cipher", "ALL:@SECLEVEL=0"};

  private static List<Segment> capture(MockExchangeOnlineServer exchange) {
    try (WireCapture wire = WireCapture.start(exchange.port())) {
      OpenSsl.sClient(exchange, "QUIT\r\n", BELOW_THE_FLOOR);
      return wire.untilClosed();
    }
  }

  @Test
  void a_refused_client_hello_is_answered_with_fin_alone() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      List<Segment> segments = capture(exchange);

      assertThat(segments).noneMatch(Segment::isRst);
      int fin = firstFromServer(segments, Segment::isFin);
      assertThat(segments.get(fin).length()).isZero();
      assertThat(segments.subList(0, fin).stream().filter(s -> !s.fromServer() && s.length() > 0))
          .as("EHLO, STARTTLS and the ClientHello")
          .hasSize(3);
    }
  }

  @Test
  void a_refused_client_hello_is_answered_with_rst_where_asked() {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().refuseOldTlsWith(TlsRefusal.RST).start()) {
      List<Segment> segments = capture(exchange);

      assertThat(segments).noneMatch(Segment::isFin);
      assertThat(segments.get(segments.size() - 1))
          .matches(Segment::fromServer, "from the server")
          .matches(Segment::isRst, "RST");
    }
  }

  @Test
  void an_alert_is_seven_bytes_and_then_fin() {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().refuseOldTlsWith(AlertDescription.PROTOCOL_VERSION).start()) {
      List<Segment> segments = capture(exchange);

      assertThat(segments).noneMatch(Segment::isRst);
      int alert = firstFromServer(segments, s -> s.length() == 7);
      assertThat(firstFromServer(segments, Segment::isFin)).isGreaterThanOrEqualTo(alert);
    }
  }

  @Test
  void fin_stays_fin_when_the_client_has_sent_more_than_was_read() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start();
        WireCapture wire = WireCapture.start(exchange.port())) {
      try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
        client.command("STARTTLS");
        client.send(ClientHellos.tls11());
        client.send(new byte[300_000]);
        assertThat(client.isAtEnd()).isTrue();
      }

      assertThat(wire.untilClosed()).noneMatch(s -> s.fromServer() && s.isRst());
    }
  }

  @Test
  void rst_stays_rst_when_the_client_has_sent_more_than_was_read() {
    try (MockExchangeOnlineServer exchange =
            MockExchangeOnlineServer.mx().refuseOldTlsWith(TlsRefusal.RST).start();
        WireCapture wire = WireCapture.start(exchange.port())) {
      try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
        client.command("STARTTLS");
        byte[] hello = ClientHellos.tls11();
        client.send(Arrays.copyOf(hello, hello.length + 100_000));
        assertThatThrownBy(client::isAtEnd).hasMessageContaining("reset");
      }

      assertThat(wire.untilClosed())
          .anyMatch(s -> s.fromServer() && s.isRst())
          .noneMatch(s -> s.fromServer() && s.isFin());
    }
  }

  private static int firstFromServer(
      List<Segment> segments, java.util.function.Predicate<Segment> condition) {
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i).fromServer() && condition.test(segments.get(i))) {
        return i;
      }
    }
    throw new AssertionError("no such segment from the server in " + segments);
  }
}

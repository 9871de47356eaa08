package io.mockexo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.ClientHellos;
import io.mockexo.client.SmtpTestClient;
import io.mockexo.journal.CleartextReason;
import io.mockexo.journal.SessionEvent.Alert;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.Closed.End;
import io.mockexo.journal.SessionEvent.Closed.Side;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SessionEvent.StrayBytes.Kind;
import io.mockexo.journal.SessionEvent.StrayBytes.Place;
import io.mockexo.journal.SmtpSession;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cleartext where TLS was due, and whatever comes after our FIN: recorded, never executed. */
class StrayBytesTest {

  private static final String MAIL = "MAIL FROM:<a@client.example>\r\n";
  private static final String AUTH = "AUTH PLAIN AGFsaWNlAHMzY3JldA==\r\n";

  /** What OpenSSL sends when the server closes during the handshake: decode_error. */
  private static final byte[] ALERT = HexFormat.of().parseHex("15030100020232");

  private static final int DECODE_ERROR = 50;

  private final MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start();

  @AfterEach
  void close() {
    exchange.close();
  }

  private SmtpTestClient afterStartTls() {
    SmtpTestClient client = SmtpTestClient.hello(exchange);
    client.command("STARTTLS");
    return client;
  }

  private byte[] hello(String protocol) throws Exception {
    return ClientHellos.ofJdk(exchange.clientSslContext(), protocol);
  }

  private SmtpSession session() {
    return exchange.awaitSessions(1).only();
  }

  private static void assertOnlyStray(SmtpSession session, Place place, Kind kind, String text) {
    assertThat(session.events(StrayBytes.class))
        .as(session.transcript())
        .singleElement()
        .satisfies(
            stray -> {
              assertThat(stray.where()).isEqualTo(place);
              assertThat(stray.kind()).isEqualTo(kind);
              assertThat(stray.count()).isEqualTo(text.length());
            });
  }

  private static void assertClosedByServerWithFinAlone(SmtpSession session) {
    Closed closed = session.closed().orElseThrow();
    assertThat(closed.by()).isEqualTo(Side.SERVER);
    assertThat(closed.how()).isEqualTo(End.FIN);
    assertThat(session.alertsSent()).isEmpty();
  }

  @Test
  void a_client_that_begins_tls_without_starttls_is_told_as_one() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      try (SmtpTestClient client = SmtpTestClient.connect(exchange)) {
        client.reply();
        client.send(ClientHellos.tls11());
      }

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.events(StrayBytes.class).get(0))
          .satisfies(
              stray -> {
                assertThat(stray.where()).isEqualTo(StrayBytes.Place.INSTEAD_OF_COMMAND);
                assertThat(stray.kind()).isEqualTo(StrayBytes.Kind.TLS_RECORD);
              });
      assertThat(session.summary()).isEqualTo("began TLS without STARTTLS, sent no mail");
    }
  }

  @Test
  void cleartext_instead_of_a_client_hello_is_recorded_and_closed() {
    try (SmtpTestClient client = afterStartTls()) {
      client.send(MAIL);
      assertThat(client.isAtEnd()).isTrue();
    }
    assertOnlyStray(session(), Place.INSTEAD_OF_TLS, Kind.MAIL, MAIL);
    assertClosedByServerWithFinAlone(session());
  }

  @Test
  void cleartext_between_two_records_of_a_client_hello_is_recorded_and_closed() throws Exception {
    byte[] hello = hello("TLSv1.3");
    byte[] record = Arrays.copyOf(hello, 5 + 40);
    record[3] = 0;
    record[4] = 40;
    try (SmtpTestClient client = afterStartTls()) {
      client.send(record);
      client.send(MAIL);
      assertThat(client.isAtEnd()).isTrue();
    }
    assertThat(session().clientHellos()).isEmpty();
    assertOnlyStray(session(), Place.INSTEAD_OF_TLS, Kind.MAIL, MAIL);
    assertClosedByServerWithFinAlone(session());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void cleartext_in_the_middle_of_a_handshake_is_recorded_and_closed(String protocol)
      throws Exception {
    try (SmtpTestClient client = afterStartTls()) {
      client.send(hello(protocol));
      assertThat(client.isAtEnd()).as("the server has answered").isFalse();
      client.send(MAIL);
      client.readToEnd();
    }
    SmtpSession session = session();
    assertThat(session.clientHellos()).hasSize(1);
    assertOnlyStray(session, Place.INSTEAD_OF_TLS, Kind.MAIL, MAIL);
    assertClosedByServerWithFinAlone(session);
    assertThat(session.failedTls()).isTrue();
    assertThat(session.cleartextReason()).contains(CleartextReason.FELL_BACK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void cleartext_in_the_segment_of_the_client_hello_is_told_from_it(String protocol)
      throws Exception {
    byte[] hello = hello(protocol);
    try (SmtpTestClient client = afterStartTls()) {
      client.send(concat(hello, MAIL.getBytes(StandardCharsets.US_ASCII)));
      client.readToEnd();
    }
    assertThat(session().clientHellos()).hasSize(1);
    assertOnlyStray(session(), Place.INSTEAD_OF_TLS, Kind.MAIL, MAIL);
    assertClosedByServerWithFinAlone(session());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void cleartext_after_the_handshake_is_recorded_without_credentials_and_closed(String protocol) {
    try (SmtpTestClient client = afterStartTls()) {
      client.startTls(exchange.clientSslContext(), protocol);
      client.command("EHLO client.example");
      client.beneathTls().send(AUTH);
      assertThat(client.beneathTls().readToEnd()).as("no alert, no close_notify").isEmpty();
    }
    SmtpSession session = session();
    assertThat(session.tls()).isPresent();
    assertOnlyStray(session, Place.INSTEAD_OF_TLS, Kind.AUTH, AUTH);
    assertClosedByServerWithFinAlone(session);
    assertThat(session.sentCredentialsInCleartext()).isTrue();
    assertThat(session.toString() + session.events() + session.transcript())
        .doesNotContain("AGFsaWNlAHMzY3JldA==");
  }

  @Test
  void an_alert_after_our_fin_is_an_alert_and_nothing_stray() {
    try (SmtpTestClient client = refused()) {
      client.send(ALERT);
    }
    assertAlertReceived(session());
    assertThat(session().events(StrayBytes.class)).isEmpty();
    assertClosedByServerWithFinAlone(session());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 6, 7, 8, 20})
  void cleartext_behind_an_alert_after_our_fin_is_told_from_it_wherever_it_is_cut(int cut) {
    byte[] both = alertAndMail();
    try (SmtpTestClient client = refused()) {
      client.send(Arrays.copyOf(both, cut));
      client.send(Arrays.copyOfRange(both, cut, both.length));
    }
    assertAlertReceived(session());
    assertOnlyStray(session(), Place.AFTER_FIN, Kind.MAIL, MAIL);
    assertThat(session().sentMailInCleartext()).isTrue();
  }

  @Test
  void cleartext_after_our_fin_is_recorded_and_not_answered() {
    try (SmtpTestClient client = refused()) {
      client.send(MAIL);
    }
    assertOnlyStray(session(), Place.AFTER_FIN, Kind.MAIL, MAIL);
    assertThat(session().alertsReceived()).isEmpty();
    assertThat(session().transactions()).isEmpty();
    assertClosedByServerWithFinAlone(session());
  }

  /** Whether the server reads before or after its FIN is a matter of luck. */
  @Test
  void what_is_read_together_with_a_refused_client_hello_is_recorded_alike() {
    byte[] hello = ClientHellos.tls11();
    try (SmtpTestClient client = afterStartTls()) {
      client.send(concat(hello, alertAndMail()));
      assertThat(client.isAtEnd()).isTrue();
    }
    assertAlertReceived(session());
    assertOnlyStray(session(), Place.AFTER_FIN, Kind.MAIL, MAIL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void cleartext_in_the_segment_of_the_alert_that_ends_a_handshake_is_told_from_it(String protocol)
      throws Exception {
    try (SmtpTestClient client = afterStartTls()) {
      client.send(hello(protocol));
      assertThat(client.isAtEnd()).as("the server has answered").isFalse();
      client.send(alertAndMail());
      client.readToEnd();
    }
    assertAlertReceived(session());
    assertOnlyStray(session(), Place.AFTER_FIN, Kind.MAIL, MAIL);
  }

  private SmtpTestClient refused() {
    SmtpTestClient client = afterStartTls();
    client.send(ClientHellos.tls11());
    assertThat(client.isAtEnd()).isTrue();
    return client;
  }

  private static byte[] alertAndMail() {
    return concat(ALERT, MAIL.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static void assertAlertReceived(SmtpSession session) {
    assertThat(session.alertsReceived())
        .as(session.transcript())
        .singleElement()
        .matches(Alert::fatal)
        .matches(alert -> alert.code() == DECODE_ERROR);
  }
}

package io.mockexo.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsVersion;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts and closes, from either side and at any stage. */
class TlsEndingTest {

  private static final short UNKNOWN_CA = (short) AlertDescription.UNKNOWN_CA.code();

  private final RecordedEvents events = new RecordedEvents();

  @Test
  void the_listener_may_answer_a_refusal_with_an_alert() throws Exception {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);
    events.onEvent = answer("refused", 1, engine);

    byte[] hello = BcClient.offering(TlsVersion.TLS_1_1, "AES128-SHA").output();
    engine.receive(hello, 0, hello.length);

    assertThat(MemoryClient.drain(engine)).containsExactly(21, 3, 2, 0, 2, 2, 49);
    assertThat(events.lines)
        .containsExactly("clientHello", "refused below TLS 1.2", "alertSent fatal access_denied");
    assertThat(engine.isClosed()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"clientHello, 1", "clientHello, 2", "established, 1"})
  void the_listener_may_end_the_connection_with_an_alert_at_any_call(String event, int count)
      throws Exception {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);
    events.onEvent = answer(event, count, engine);

    assertThatThrownBy(() -> MemoryClient.talk(jdkClient("localhost", "TLSv1.3"), engine))
        .hasMessageContaining("access_denied");

    assertThat(events.lines).endsWith("alertSent fatal access_denied");
    assertThat(events.lines.stream().filter(line -> line.startsWith(event))).hasSize(count);
    assertThat(events.failure).isNull();
    assertThat(engine.takesInput()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"TLS_1_3, TLS_AES_256_GCM_SHA384", "TLS_1_2, ECDHE-RSA-AES256-GCM-SHA384"})
  void the_alert_of_a_client_that_rejects_the_certificate_is_told(TlsVersion version, String suite)
      throws Exception {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);

    MemoryClient.talk(BcClient.rejecting(UNKNOWN_CA, version, suite), engine);

    assertThat(events.lines).endsWith("alertReceived fatal unknown_ca", "failed");
    assertThat(events.failure).isEqualTo("the client sent unknown_ca");
    assertThat(engine.isClosed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void an_alert_of_the_servers_choice_reaches_an_established_client(String protocol)
      throws Exception {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);
    JdkClient client = jdkClient("localhost", protocol);
    MemoryClient.talk(client, engine);

    engine.fatalAlert(AlertDescription.INTERNAL_ERROR);

    assertThatThrownBy(() -> MemoryClient.talk(client, engine))
        .hasMessageContaining("internal_error");
    assertThat(events.lines).endsWith("alertSent fatal internal_error");
    assertThat(events.failure).isNull();
    assertThat(engine.isClosed()).isTrue();
  }

  @Test
  void an_alert_before_any_hello_is_in_plaintext() {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);

    engine.fatalAlert(AlertDescription.ACCESS_DENIED);
    engine.fatalAlert(AlertDescription.ACCESS_DENIED);

    assertThat(MemoryClient.drain(engine)).containsExactly(21, 3, 1, 0, 2, 2, 49);
    assertThat(events.lines).containsExactly("alertSent fatal access_denied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void an_alert_between_the_flights_reaches_the_client(String protocol) throws Exception {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);
    JdkClient client = jdkClient("localhost", protocol);
    byte[] hello = client.output();
    engine.receive(hello, 0, hello.length);
    byte[] flight = MemoryClient.drain(engine);

    engine.fatalAlert(AlertDescription.ACCESS_DENIED);

    client.input(flight);
    client.output();
    assertThatThrownBy(
            () -> {
              client.input(MemoryClient.drain(engine));
              client.output();
            })
        .hasMessageContaining("access_denied");
  }

  @Test
  void close_notify_is_sent_once_and_received_once() throws Exception {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);
    BcClient client = BcClient.offering(TlsVersion.TLS_1_3, "TLS_AES_256_GCM_SHA384");
    MemoryClient.talk(client, engine);
    client.close();

    MemoryClient.talk(client, engine);
    engine.close();
    engine.inputClosed();

    assertThat(events.lines)
        .endsWith("alertReceived warning close_notify", "alertSent warning close_notify");
    assertThat(engine.peerSentCloseNotify()).isTrue();
    assertThat(engine.isClosed()).isTrue();
    assertThat(events.failure).isNull();
  }

  @Test
  void the_server_may_close_first() throws Exception {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);
    BcClient client = BcClient.offering(TlsVersion.TLS_1_2, "ECDHE-RSA-AES256-GCM-SHA384");
    MemoryClient.talk(client, engine);

    engine.close();
    engine.close();
    MemoryClient.talk(client, engine);

    assertThat(client.isConnected()).isFalse();
    assertThat(events.lines).containsOnlyOnce("alertSent warning close_notify");
    assertThat(engine.isEstablished()).isFalse();
  }

  @Test
  void a_close_in_the_handshake_is_silent_and_final() throws Exception {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);
    BcClient client = BcClient.offering(TlsVersion.TLS_1_2, "ECDHE-RSA-AES256-GCM-SHA384");
    byte[] hello = client.output();
    engine.receive(hello, 0, hello.length);
    client.input(MemoryClient.drain(engine));

    engine.close();
    MemoryClient.talk(client, engine);

    assertThat(events.lines).containsExactly("clientHello");
    assertThat(engine.isClosed()).isTrue();
    assertThat(engine.takesInput()).isFalse();
  }

  @Test
  void an_end_without_close_notify_is_no_failure_but_can_be_told() throws Exception {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);
    JdkClient client = jdkClient("localhost", "TLSv1.3");
    MemoryClient.talk(client, engine);

    engine.inputClosed();

    assertThat(engine.peerSentCloseNotify()).isFalse();
    assertThat(engine.isEstablished()).isTrue();
    assertThat(events.failure).isNull();
  }

  @Test
  void an_end_in_the_handshake_is_a_failure_and_told_once() throws Exception {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);
    byte[] hello = jdkClient("localhost", "TLSv1.3").output();
    engine.receive(hello, 0, hello.length);

    engine.inputClosed();
    engine.inputClosed();

    assertThat(events.lines).containsExactly("clientHello", "failed");
    assertThat(events.failure).isEqualTo("the client closed the connection during the handshake");
  }

  @Test
  void an_end_before_a_hello_is_a_failure() {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);

    engine.inputClosed();

    assertThat(events.failure)
        .isEqualTo("the client closed the connection before a ClientHello was complete");
  }

  @Test
  void renegotiation_is_refused_and_the_connection_goes_on() throws Exception {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);
    JdkClient client = jdkClient("localhost", "TLSv1.2");
    MemoryClient.talk(client, engine);

    client.renegotiate();
    byte[] hello = client.output();
    engine.receive(hello, 0, hello.length);

    assertThat(events.lines).endsWith("alertSent warning no_renegotiation");
    assertThat(events.hellos).hasSize(1);
    assertThat(engine.isEstablished()).isTrue();
  }

  private static Consumer<String> answer(String event, int count, TlsServerEngine engine) {
    AtomicInteger seen = new AtomicInteger();
    return line -> {
      if (line.startsWith(event) && seen.incrementAndGet() == count) {
        engine.fatalAlert(AlertDescription.ACCESS_DENIED);
      }
    };
  }

  private static JdkClient jdkClient(String host, String protocols, String... suites) {
    return new JdkClient(
        Fixture.AUTHORITY.trustAnchor().clientSslContext(), host, protocols, suites);
  }
}

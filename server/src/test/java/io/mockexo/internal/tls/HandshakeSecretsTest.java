package io.mockexo.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the engine tells secrets. That they are the right ones is for KeyLogWireTest. */
class HandshakeSecretsTest {

  private static final String OF_TLS_1_3 =
      "secrets [CLIENT_HANDSHAKE_TRAFFIC_SECRET (secret), SERVER_HANDSHAKE_TRAFFIC_SECRET (secret),"
          + " CLIENT_TRAFFIC_SECRET_0 (secret), SERVER_TRAFFIC_SECRET_0 (secret),"
          + " EXPORTER_SECRET (secret)]";

  private final RecordedEvents events = new RecordedEvents();

  private TlsServerEngine engine(boolean wantsSecrets) {
    events.wantsSecrets = wantsSecrets;
    return new TlsServerEngine(
        Fixture.permissive(),
        Fixture.certificate(CertificateKind.ECDSA_P256),
        Fixture.TRUST,
        new ResumableSessions(),
        events);
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_1_0, ECDHE-ECDSA-AES128-SHA",
    "TLS_1_1, ECDHE-ECDSA-AES128-SHA",
    "TLS_1_2, ECDHE-ECDSA-AES256-GCM-SHA384",
  })
  void up_to_tls_1_2_there_is_one_before_the_handshake_ends(TlsVersion version, String suite)
      throws Exception {
    MemoryClient.talk(BcClient.offering(version, suite), engine(true));

    assertThat(events.lines).hasSize(3).element(1).isEqualTo("secrets [CLIENT_RANDOM (secret)]");
    assertThat(events.lines.get(2)).startsWith("established");
  }

  /** This client has to be asked again for a key share: there are no keys before that. */
  @Test
  void in_tls_1_3_all_five_are_there_before_the_servers_flight_is_sent() throws Exception {
    BcClient client = BcClient.offering(TlsVersion.TLS_1_3, "TLS_AES_128_GCM_SHA256");
    TlsServerEngine engine = engine(true);

    deliver(client, engine);
    assertThat(events.lines).containsExactly("clientHello");
    client.input(MemoryClient.drain(engine));
    deliver(client, engine);
    assertThat(events.lines).containsExactly("clientHello", "clientHello", OF_TLS_1_3);
    MemoryClient.talk(client, engine);
    assertThat(events.lines).hasSize(4).last().asString().startsWith("established");
  }

  private static void deliver(BcClient client, TlsServerEngine engine) {
    byte[] flight = client.output();
    engine.receive(flight, 0, flight.length);
  }

  @Test
  void a_handshake_that_the_client_breaks_off_has_its_secrets_too() throws Exception {
    BcClient client = BcClient.rejecting((short) 48, TlsVersion.TLS_1_3, "TLS_AES_128_GCM_SHA256");
    MemoryClient.talk(client, engine(true));

    assertThat(events.lines)
        .contains(OF_TLS_1_3, "alertReceived fatal unknown_ca")
        .noneMatch(line -> line.startsWith("established"));
  }

  @Test
  void a_refused_hello_has_none() throws Exception {
    events.wantsSecrets = true;
    TlsServerEngine engine =
        new TlsServerEngine(
            TlsPolicy.exchangeOnline(),
            Fixture.certificate(CertificateKind.RSA_2048),
            Fixture.TRUST,
            new ResumableSessions(),
            events);
    MemoryClient.talk(BcClient.offering(TlsVersion.TLS_1_1, "ECDHE-RSA-AES128-SHA"), engine);

    assertThat(events.lines).noneMatch(line -> line.startsWith("secrets"));
  }

  @Test
  void an_engine_that_is_not_asked_tells_none() throws Exception {
    MemoryClient.talk(
        BcClient.offering(TlsVersion.TLS_1_3, "TLS_AES_128_GCM_SHA256"), engine(false));

    assertThat(events.lines).noneMatch(line -> line.startsWith("secrets"));
  }
}

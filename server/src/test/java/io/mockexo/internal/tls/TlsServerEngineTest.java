package io.mockexo.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsServerEngineTest {

  private final RecordedEvents events = new RecordedEvents();

  @ParameterizedTest
  @CsvSource({
    "TLSv1.3, TLS_AES_256_GCM_SHA384, RSA_2048",
    "TLSv1.3, TLS_AES_128_GCM_SHA256, ECDSA_P256",
    "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, RSA_2048",
    "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384, RSA_2048",
    "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, ECDSA_P256",
  })
  void a_jdk_client_that_checks_chain_and_host_name_connects(
      String protocol, String suite, CertificateKind kind) throws Exception {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.builder().certificate(kind).build(), events);
    JdkClient client = jdkClient("localhost", protocol, suite);

    echo(client, engine, "hello");

    assertThat(client.received()).isEqualTo("hello");
    assertThat(engine.isEstablished()).isTrue();
    assertThat(events.lines).last().asString().contains(suite).endsWith("secp384r1");
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_1_1, TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, ' secp384r1'",
    "TLS_1_1, TLS_RSA_WITH_AES_128_CBC_SHA, ' null'",
    "TLS_1_0, TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, ' secp384r1'",
    "TLS_1_0, TLS_RSA_WITH_3DES_EDE_CBC_SHA, ' null'",
  })
  void a_bouncy_castle_client_of_an_old_version_connects(
      TlsVersion version, String suite, String group) throws Exception {
    TlsPolicy policy =
        TlsPolicy.builder().minimumTls(TlsVersion.TLS_1_0).cipherSuites(suite).build();
    TlsServerEngine engine = Fixture.engine(policy, events);
    BcClient client = BcClient.offering(version, suite);
    MemoryClient.talk(client, engine);

    client.send("one".getBytes(StandardCharsets.US_ASCII));
    client.send("two".getBytes(StandardCharsets.US_ASCII));
    MemoryClient.talk(client, engine);

    assertThat(events.lines)
        .containsExactly("clientHello", "established " + version + " " + suite + group);
    assertThat(plaintext(engine)).isEqualTo("onetwo");
  }

  @Test
  void a_client_without_a_key_share_for_the_group_is_asked_again_and_both_hellos_are_told()
      throws Exception {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);

    MemoryClient.talk(jdkClient("localhost", "TLSv1.3"), engine);

    assertThat(events.hellos).hasSize(2);
    assertThat(events.hellos.get(0).keyShareGroups()).doesNotContain(NamedGroup.SECP384R1);
    assertThat(events.hellos.get(1).keyShareGroups()).containsExactly(NamedGroup.SECP384R1);
    assertThat(events.lines)
        .containsExactly(
            "clientHello", "clientHello", "established TLS 1.3 TLS_AES_256_GCM_SHA384 secp384r1");
  }

  @Test
  void a_client_with_a_key_share_for_the_group_is_not_asked_again() throws Exception {
    TlsPolicy policy = TlsPolicy.builder().groups(NamedGroup.X25519).build();

    MemoryClient.talk(jdkClient("localhost", "TLSv1.3"), Fixture.engine(policy, events));

    assertThat(events.lines)
        .containsExactly("clientHello", "established TLS 1.3 TLS_AES_256_GCM_SHA384 x25519");
  }

  @ParameterizedTest
  @EnumSource(value = TlsRefusal.class, mode = EnumSource.Mode.EXCLUDE, names = "REPLY")
  void a_refused_client_gets_no_byte_and_is_heard_no_more(TlsRefusal refusal) throws Exception {
    TlsPolicy policy = TlsPolicy.builder().refuseOldTlsWith(refusal).build();
    TlsServerEngine engine = Fixture.engine(policy, events);
    BcClient client = BcClient.offering(TlsVersion.TLS_1_1, "AES128-SHA");

    MemoryClient.talk(client, engine);
    engine.receive(new byte[100], 0, 100);
    engine.inputClosed();

    assertThat(events.lines).containsExactly("clientHello", "refused below TLS 1.2");
    assertThat(events.refusals.get(0).how()).isEqualTo(refusal);
    assertThat(engine.pendingOutput()).isZero();
    assertThat(engine.takesInput()).isFalse();
    assertThat(engine.isClosed()).isFalse();
  }

  @Test
  void a_handshake_below_the_floor_is_completed_and_marked_when_the_reply_comes_later()
      throws Exception {
    TlsPolicy policy = TlsPolicy.builder().refuseOldTlsWith(TlsRefusal.REPLY).build();
    BcClient client = BcClient.offering(TlsVersion.TLS_1_0, "ECDHE-RSA-AES256-SHA");

    MemoryClient.talk(client, Fixture.engine(policy, events));

    assertThat(events.lines)
        .last()
        .isEqualTo("established TLS 1.0 TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA secp384r1 belowMinimum");
  }

  /** A JDK 17 or 25 has the marker of RFC 8446, section 4.1.3, checked by its clients. */
  @Test
  void a_client_of_tls_1_3_accepts_tls_1_2_from_a_server_whose_suites_go_no_higher()
      throws Exception {
    TlsPolicy policy = TlsPolicy.builder().cipherSuites("ECDHE-RSA-AES128-GCM-SHA256").build();
    JdkClient client = jdkClient("localhost", "TLSv1.3,TLSv1.2");

    MemoryClient.talk(client, Fixture.engine(policy, events));

    assertThat(events.lines).last().asString().startsWith("established TLS 1.2");
  }

  @Test
  void a_host_name_that_the_certificate_lacks_is_the_clients_to_reject() {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);
    JdkClient client = jdkClient("mail.contoso.com", "TLSv1.2");

    assertThatThrownBy(() -> MemoryClient.talk(client, engine))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void a_client_certificate_of_any_origin_is_asked_for_and_told(String protocol) throws Exception {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);
    ServerCertificate own =
        Fixture.AUTHORITY.issue(
            CertificateKind.RSA_2048, "O=Contoso, CN=client.example", List.of(), List.of());

    MemoryClient.talk(new JdkClient(contextWith(own), "localhost", protocol), engine);

    assertThat(events.client.subject()).isEqualTo("CN=client.example,O=Contoso");
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_1_3, TLS_AES_256_GCM_SHA384",
    "TLS_1_2, ECDHE-RSA-AES128-GCM-SHA256",
    "TLS_1_2, ECDHE-RSA-AES256-SHA384",
    "TLS_1_0, ECDHE-RSA-AES128-SHA",
    "TLS_1_0, AES128-SHA",
  })
  void on_a_jvm_without_the_jdks_providers_bouncy_castle_does_it_all(
      TlsVersion version, String suite) throws Exception {
    TlsPolicy policy =
        TlsPolicy.builder().minimumTls(TlsVersion.TLS_1_0).cipherSuites(suite).build();
    TlsServerEngine engine =
        new TlsServerEngine(
            policy,
            Fixture.certificate(CertificateKind.RSA_2048),
            Fixture.TRUST,
            new ResumableSessions(),
            events,
            new JdkProviders(null, null));
    BcClient client = BcClient.offering(version, suite);
    MemoryClient.talk(client, engine);

    client.send("hello".getBytes(StandardCharsets.US_ASCII));
    MemoryClient.talk(client, engine);

    assertThat(plaintext(engine)).isEqualTo("hello");
  }

  @Test
  void a_certificate_of_another_kind_than_the_policys_is_refused() {
    ServerCertificate certificate = Fixture.certificate(CertificateKind.ECDSA_P256);

    assertThatThrownBy(
            () ->
                new TlsServerEngine(
                    TlsPolicy.exchangeOnline(),
                    certificate,
                    Fixture.TRUST,
                    new ResumableSessions(),
                    events))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("wants a certificate of kind RSA_2048");
  }

  @Test
  void nothing_can_be_written_before_the_handshake_is_complete() {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);

    assertThatThrownBy(() -> engine.write(new byte[1], 0, 1))
        .isInstanceOf(IllegalStateException.class);
  }

  private static JdkClient jdkClient(String host, String protocols, String... suites) {
    return new JdkClient(
        Fixture.AUTHORITY.trustAnchor().clientSslContext(), host, protocols, suites);
  }

  private static void echo(JdkClient client, TlsServerEngine engine, String text) throws Exception {
    MemoryClient.talk(client, engine);
    client.send(text);
    MemoryClient.talk(client, engine);
    byte[] plaintext = plaintext(engine).getBytes(StandardCharsets.US_ASCII);
    engine.write(plaintext, 0, plaintext.length);
    MemoryClient.talk(client, engine);
  }

  private static String plaintext(TlsServerEngine engine) {
    byte[] bytes = new byte[engine.pendingPlaintext()];
    engine.readPlaintext(bytes, 0, bytes.length);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private static SSLContext contextWith(ServerCertificate own) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "client", own.privateKey(), new char[0], own.chain().toArray(new Certificate[0]));
    KeyManagerFactory keyManagers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(keys, new char[0]);
    TrustManagerFactory trustManagers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trustManagers.init(Fixture.AUTHORITY.trustAnchor().trustStore());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
    return context;
  }
}

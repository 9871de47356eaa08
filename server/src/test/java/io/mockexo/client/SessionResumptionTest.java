package io.mockexo.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.fault.Connections;
import io.mockexo.fault.Fault;
import io.mockexo.fault.Stage;
import io.mockexo.journal.SessionEvent.ClientCertificateShown;
import io.mockexo.journal.SessionEvent.FaultInjected;
import io.mockexo.journal.SessionEvent.SessionTicketsSent;
import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.CertificateSpec;
import io.mockexo.tls.ClientVerdict;
import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TestAuthority;
import io.mockexo.tls.TlsPolicyBuilder;
import io.mockexo.tls.TlsVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that come back with what an earlier handshake gave them. */
class SessionResumptionTest {

  @TempDir private Path folder;

  private static MockExchangeOnlineServer start(UnaryOperator<TlsPolicyBuilder> tls) {
    return MockExchangeOnlineServer.mx()
        .profile(p -> p.tls(t -> tls.apply(t.minimumTls(TlsVersion.TLS_1_0))))
        .start();
  }

  /** Keeps the session in a file. */
  private Tool.Run first(MockExchangeOnlineServer exchange, TlsVersion version, String... options) {
    return quit(exchange, version, "-sess_out", options);
  }

  /** Comes back with the session in the file. */
  private Tool.Run again(MockExchangeOnlineServer exchange, TlsVersion version, String... options) {
    return quit(exchange, version, "-sess_in", options);
  }

  private Tool.Run quit(
      MockExchangeOnlineServer exchange, TlsVersion version, String use, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-cipher", OpenSsl.ALL_CIPHERS, use, folder.resolve("session").toString()));
    return OpenSsl.quit(exchange, version, all.toArray(String[]::new));
  }

  private static List<Boolean> resumed(MockExchangeOnlineServer exchange, int sessions) {
    return exchange.awaitSessions(sessions).stream()
        .map(session -> session.tls().orElseThrow().resumed())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLS_1_0", "TLS_1_1", "TLS_1_2"})
  void a_session_is_resumed_up_to_tls_1_2(TlsVersion version) {
    try (MockExchangeOnlineServer exchange = start(t -> t.sessionResumption(true))) {
      assertThat(first(exchange, version).output()).contains("New, ", "221 2.0.0");
      assertThat(again(exchange, version).output()).contains("Reused, ", "221 2.0.0");

      SmtpSession second = exchange.awaitSessions(2).number(2);
      TlsEstablished tls = second.tls().orElseThrow();
      assertThat(tls.resumed()).isTrue();
      assertThat(tls.version()).isEqualTo(version);
      assertThat(tls.group()).as("no key was exchanged").isNull();
      assertThat(second.transcript()).contains(tls.cipherSuite() + ", resumed");
    }
  }

  @Test
  void a_session_can_be_resumed_again_and_again() {
    try (MockExchangeOnlineServer exchange = start(t -> t.sessionResumption(true))) {
      Tool.Run run = OpenSsl.quit(exchange, TlsVersion.TLS_1_2, "-reconnect");

      assertThat(run.output().split("Reused, TLSv1.2", -1)).hasSize(6);
      assertThat(resumed(exchange, 6)).containsExactly(false, true, true, true, true, true);
    }
  }

  /** It is not shown again, and connectors ask for it all the same. */
  @Test
  void who_the_client_is_stays_with_the_session() throws Exception {
    ServerCertificate own =
        TestAuthority.shared().issue(CertificateSpec.forHost("mail.contoso.com"));
    Path chain = Files.writeString(folder.resolve("chain.pem"), own.chainPem());
    Path key = Files.writeString(folder.resolve("key.pem"), own.privateKeyPem());
    String[] options = {
      "-cert", chain.toString(), "-cert_chain", chain.toString(), "-key", key.toString()
    };
    try (MockExchangeOnlineServer exchange = start(t -> t.sessionResumption(true))) {
      first(exchange, TlsVersion.TLS_1_2, options);
      again(exchange, TlsVersion.TLS_1_2);

      SmtpSession second = exchange.awaitSessions(2).number(2);
      assertThat(second.tls().orElseThrow().resumed()).isTrue();
      assertThat(second.tls().orElseThrow().clientCertificate()).contains("mail.contoso.com");
      assertThat(second.events(ClientCertificateShown.class))
          .extracting(shown -> shown.client().verdict())
          .containsExactly(ClientVerdict.TRUSTED);
    }
  }

  @Test
  void a_resumed_handshake_has_all_its_stages() {
    List<Stage> stages =
        List.of(
            Stage.CLIENT_HELLO, Stage.SERVER_FLIGHT, Stage.CLIENT_FINISHED, Stage.HANDSHAKE_DONE);
    try (MockExchangeOnlineServer exchange = start(t -> t.sessionResumption(true))) {
      for (Stage stage : stages) {
        exchange.inject(Connections.connection(2), Fault.at(stage).delay(Duration.ofMillis(1)));
      }
      first(exchange, TlsVersion.TLS_1_2);
      assertThat(again(exchange, TlsVersion.TLS_1_2).output()).contains("Reused, ", "221 2.0.0");

      assertThat(exchange.awaitSessions(2).number(2).events(FaultInjected.class))
          .extracting(event -> event.fault().fault().stage())
          .isEqualTo(stages);
    }
  }

  @Test
  void no_session_is_resumed_by_default() {
    try (MockExchangeOnlineServer exchange = start(t -> t)) {
      assertThat(first(exchange, TlsVersion.TLS_1_2).output()).contains("New, ", "221 2.0.0");
      assertThat(again(exchange, TlsVersion.TLS_1_2).output()).contains("New, ", "221 2.0.0");
      assertThat(resumed(exchange, 2)).containsExactly(false, false);
    }
  }

  @Test
  void a_reset_forgets_all_sessions() {
    try (MockExchangeOnlineServer exchange = start(t -> t.sessionResumption(true))) {
      first(exchange, TlsVersion.TLS_1_2);
      exchange.reset();
      assertThat(again(exchange, TlsVersion.TLS_1_2).output()).contains("New, ", "221 2.0.0");
      assertThat(resumed(exchange, 1)).containsExactly(false);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2"})
  void tickets_follow_a_handshake_in_tls_1_3(int count) {
    try (MockExchangeOnlineServer exchange = start(t -> t.sessionTickets(count))) {
      Tool.Run run = first(exchange, TlsVersion.TLS_1_3);

      assertThat(run.output()).contains("221 2.0.0");
      assertThat(run.output().split("Post-Handshake New Session Ticket arrived", -1))
          .hasSize(count + 1);
      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.events(SessionTicketsSent.class))
          .extracting(SessionTicketsSent::count)
          .isEqualTo(count == 0 ? List.of() : List.of(count));
    }
  }

  /** The last of the tickets is what it offers as a pre-shared key. */
  @Test
  void a_client_that_comes_back_with_a_ticket_gets_a_full_handshake() {
    try (MockExchangeOnlineServer exchange =
        start(t -> t.sessionTickets(2).sessionResumption(true))) {
      first(exchange, TlsVersion.TLS_1_3);
      Tool.Run run = again(exchange, TlsVersion.TLS_1_3);

      assertThat(run.output()).contains("New, TLSv1.3", "221 2.0.0");
      SmtpSession second = exchange.awaitSessions(2).number(2);
      assertThat(second.clientHellos().get(0).extensionTypes()).contains(41);
      assertThat(second.tls().orElseThrow().resumed()).isFalse();
    }
  }

  @Test
  void older_versions_have_no_tickets() {
    try (MockExchangeOnlineServer exchange = start(t -> t.sessionTickets(2))) {
      Tool.Run run = first(exchange, TlsVersion.TLS_1_2);

      assertThat(run.output()).contains("221 2.0.0");
      assertThat(exchange.awaitSessions(1).only().events(SessionTicketsSent.class)).isEmpty();
    }
  }
}

package io.mockexo.testcontainers;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThatThrownBy;
import static io.mockexo.fault.Connections.connection;
import static io.mockexo.fault.Drop.RST;
import static io.mockexo.fault.Fault.at;
import static io.mockexo.fault.Stage.CLIENT_HELLO;
import static java.time.Duration.ofSeconds;

import io.mockexo.client.MockExchangeClient;
import io.mockexo.exchange.Account;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.scenario.Scenarios;
import io.mockexo.server.MockExchange;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.MountableFile;

/** The container as users have it, with a client on this machine and one in another container. */
@NeedsEngine
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MockExchangeOnlineContainerTest {

  private final Network network = Network.newNetwork();

  private final MockExchangeOnlineContainer exchange =
      new MockExchangeOnlineContainer().withNetwork(network).withNetworkAliases("exchange");

  @BeforeAll
  void start() {
    exchange.start();
  }

  @AfterAll
  void stop() {
    exchange.stop();
    network.close();
  }

  @BeforeEach
  void forget() {
    exchange.mx().reset();
  }

  @Test
  void a_message_that_comes_over_tls_is_in_the_journal() throws Exception {
    Delivery.send(exchange.getHost(), exchange.getMxPort(), exchange.mx().clientSslContext());

    assertThat(exchange.mx().awaitMessages(1).only())
        .usedTls(TlsVersion.TLS_1_3)
        .deliveredMessage();
  }

  enum Where {
    THIS_JVM,
    CONTAINER
  }

  /** The body of the test is the same; only where the server runs is not. */
  @ParameterizedTest
  @EnumSource
  void a_reset_at_the_client_hello_is_retried_with_tls(Where where) throws Exception {
    try (MockExchangeOnlineServer embedded = MockExchangeOnlineServer.mx().start()) {
      retriesWithTls(where == Where.CONTAINER ? exchange.mx() : embedded);
    }
  }

  private static void retriesWithTls(MockExchange mx) throws IOException {
    mx.onConnection(1, at(CLIENT_HELLO).drop(RST));

    Delivery.sendWithRetry(mx.host(), mx.port(), mx.clientSslContext());

    assertThat(mx.awaitQuiet(ofSeconds(1))).retriedAfterTlsFailure().neverFellBackToCleartext();
    assertThat(mx.unfiredFaults()).isEmpty();
  }

  @Test
  void another_container_reaches_it_by_its_alias() {
    MountableFile classes = MountableFile.forHostPath(Classes.folder());
    try (GenericContainer<?> client = new GenericContainer<>(LocalImage.NAME)) {
      client
          .withImagePullPolicy(new LocalImage())
          .withNetwork(network)
          .withCopyFileToContainer(classes, "/classes")
          .withCopyToContainer(Transferable.of(exchange.mx().caPem()), "/ca.pem")
          .withCreateContainerCmdModifier(command -> command.withEntrypoint("java"))
          .withCommand("-cp", "/classes", Delivery.class.getName(), "exchange", "2525", "/ca.pem")
          .withStartupCheckStrategy(new OneShotStartupCheckStrategy())
          .start();

      assertThat(client.getLogs()).contains("delivered");
    }
    assertThat(exchange.mx().awaitMessages(1).only()).usedTls(TlsVersion.TLS_1_3);
  }

  @Test
  void it_can_be_configured_and_want_a_token() throws Exception {
    try (MockExchangeOnlineContainer configured = new MockExchangeOnlineContainer()) {
      configured
          .withConfig("endpoints: {lab: {endpoint: MX, port: 10025, maximumTls: TLS_1_2}}")
          .withControlToken("secret")
          .withArguments("--json");
      configured.addExposedPort(10025);
      configured.start();
      MockExchange lab = configured.endpoint("lab");
      assertThat(lab.profile().tls().maximumTls()).isEqualTo(TlsVersion.TLS_1_2);

      Delivery.send(lab.host(), lab.port(), configured.clientSslContext());
      assertThat(lab.awaitMessages(1).only()).usedTls(TlsVersion.TLS_1_2);
      lab.reset();

      try (MockExchangeClient stranger = MockExchangeClient.connect(configured.getControlUri())) {
        MockExchange seen = stranger.endpoint("lab");
        assertThatThrownBy(seen::reset).hasMessageContaining("token");
      }
      assertThatThrownBy(configured::mx).hasMessageContaining("there is no endpoint 'mx'");
      assertThat(configured.getLogs()).contains("{\"event\":\"ready\"");
    }
  }

  @Test
  void a_reset_comes_back_to_what_was_set_before_the_start() {
    try (MockExchangeOnlineContainer set = new MockExchangeOnlineContainer()) {
      set.withMinimumTls(TlsVersion.TLS_1_3)
          .withRefuseOldTlsWith(TlsRefusal.RST)
          .withBlockedClients("192.0.2.0/24")
          .withAccount("alice@contoso.com", "s3cret")
          .withMxFaults(connection(9), at(CLIENT_HELLO).drop(RST))
          .withScenario("acknowledgement-lost")
          .start();
      List<ScriptedFault> built = set.mx().unfiredFaults();
      assertThat(built).hasSizeGreaterThan(1).last().hasToString(ninth());

      set.mx().updateProfile(rules -> rules.tls(tls -> tls.minimumTls(TlsVersion.TLS_1_2)));
      set.mx().apply(Scenarios.named("throttled"));
      set.mx().reset();

      assertThat(set.mx().unfiredFaults()).isEqualTo(built);
      assertThat(set.mx().profile().tls().minimumTls()).isEqualTo(TlsVersion.TLS_1_3);
      assertThat(set.mx().profile().tls().refuseOldTlsWith()).isEqualTo(TlsRefusal.RST);
      assertThat(set.clientSubmission().profile().tenant().accounts())
          .extracting(Account::user)
          .containsExactly("alice@contoso.com");
      assertThat(set.mx().profile().blocklist().clients()).hasToString("[192.0.2.0/24]");
      assertThat(set.caPem()).isEqualTo(set.mx().caPem());
    }
  }

  private static String ninth() {
    return new ScriptedFault(connection(9), at(CLIENT_HELLO).drop(RST)).toString();
  }

  @Test
  void what_the_program_says_when_it_cannot_start_is_in_the_failure() {
    try (MockExchangeOnlineContainer broken = new MockExchangeOnlineContainer()) {
      broken.withConfig("endpoint: {}");

      assertThatThrownBy(broken::start)
          .hasStackTraceContaining(
              "the program has ended: /mockexo-config.yaml:1:1: endpoint: there is no such key");
      assertThatThrownBy(broken::mx).hasMessageContaining("call start() first");
    }
  }

  @Test
  void the_tested_line_of_testcontainers_is_the_one_that_was_asked_for() {
    assertThat(Classes.jarOf(GenericContainer.class))
        .contains("testcontainers-" + System.getProperty("expected.testcontainers") + ".jar");
  }
}

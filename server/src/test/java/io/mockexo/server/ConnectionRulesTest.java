package io.mockexo.server;

import static io.mockexo.fault.Connections.connection;
import static io.mockexo.fault.Connections.connections;
import static io.mockexo.fault.Connections.every;
import static io.mockexo.tls.TlsVersion.TLS_1_0;
import static io.mockexo.tls.TlsVersion.TLS_1_2;
import static io.mockexo.tls.TlsVersion.TLS_1_3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mockexo.client.SmtpTestClient;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.exchange.FrontEnd;
import io.mockexo.fault.Connections;
import io.mockexo.scenario.Scenarios;
import io.mockexo.tls.TlsVersion;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Rules that are not the same on all connections. */
class ConnectionRulesTest {

  private static UnaryOperator<ExchangeProfileBuilder> floor(TlsVersion version) {
    return profile -> profile.tls(tls -> tls.minimumTls(version));
  }

  private static TlsVersion floorOf(MockExchangeOnlineServer exchange, int number) {
    return exchange.profileOf(number).tls().minimumTls();
  }

  private static String greeting(MockExchangeOnlineServer exchange) {
    try (SmtpTestClient client = SmtpTestClient.connect(exchange)) {
      return client.reply();
    }
  }

  @Test
  void what_is_named_most_exactly_holds_alone() {
    MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx()
            .onConnections(every().each(2), floor(TLS_1_0))
            .onConnections(connections(3, 6), floor(TLS_1_3))
            .onConnections(connection(5), profile -> profile.maxRecipients(7))
            .build();

    assertThat(floorOf(exchange, 1)).isEqualTo(TLS_1_0);
    assertThat(floorOf(exchange, 2)).isEqualTo(TLS_1_2);
    assertThat(floorOf(exchange, 3)).as("two ranges, in the order given").isEqualTo(TLS_1_0);
    assertThat(floorOf(exchange, 4)).isEqualTo(TLS_1_3);
    assertThat(floorOf(exchange, 5)).isEqualTo(TLS_1_2);
    assertThat(exchange.profileOf(5).maxRecipients()).isEqualTo(7);
    assertThat(exchange.profileOf(2)).isSameAs(exchange.profile());
    assertThat(exchange.connectionProfiles().keySet())
        .containsExactly(connection(5), every().each(2), connections(3, 6));
  }

  @Test
  void each_connection_meets_its_own_rules_and_a_reset_counts_anew() {
    FrontEnd old = new FrontEnd("DB1PEPF00000001", "eurprd02.prod.outlook.com");
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx()
            .onConnections(every().each(2), profile -> profile.frontEnd(old))
            .start()) {
      for (int round = 0; round < 2; round++) {
        assertThat(greeting(exchange)).contains("DB1PEPF00000001");
        assertThat(greeting(exchange)).doesNotContain("DB1PEPF00000001");
        assertThat(greeting(exchange)).contains("DB1PEPF00000001");
        exchange.replaceConnectionProfiles(Map.of());
        assertThat(greeting(exchange)).doesNotContain("DB1PEPF00000001");
        assertThat(greeting(exchange)).doesNotContain("DB1PEPF00000001");
        exchange.reset();
      }
    }
  }

  /** A change of the usual rules is one on all connections, where nothing else is said of them. */
  @Test
  void what_changes_for_all_changes_for_those_that_differ_in_something_else() {
    MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().onConnections(connection(2), floor(TLS_1_0)).build();

    exchange.updateProfile(profile -> profile.blockClients("192.0.2.0/24"));

    assertThat(exchange.profileOf(2).blocklist().clients()).hasToString("[192.0.2.0/24]");
    assertThat(floorOf(exchange, 2)).isEqualTo(TLS_1_0);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                MockExchangeOnlineServer.mx()
                    .onConnections(connection(2), floor(TLS_1_3))
                    .build()
                    .updateProfile(profile -> profile.tls(tls -> tls.maximumTls(TLS_1_2))));
  }

  @Test
  void a_scenario_is_the_same_on_all_connections() {
    MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().onConnections(connection(2), floor(TLS_1_0)).build();

    exchange.apply(Scenarios.named("old-tls-refused"));
    assertThat(floorOf(exchange, 2)).isEqualTo(TLS_1_2);
    exchange.reset();
    assertThat(floorOf(exchange, 2)).isEqualTo(TLS_1_0);
  }

  @Test
  void rules_that_could_never_hold_are_refused() {
    refused(
        connections(2, 9), connections(3, 4), "the rules for 3-4 never hold, since those for 2-9");
    refused(connections(2, 9), connections(2, 9), "there are rules for onConnection: 2-9 already");
    refused(every(), Connections.attempt(1), "attempts are counted at EHLO");
  }

  private static void refused(Connections one, Connections other, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                MockExchangeOnlineServer.mx()
                    .onConnections(one, floor(TLS_1_0))
                    .onConnections(other, floor(TLS_1_3))
                    .build())
        .withMessageContaining(why);
  }

  @Test
  void several_are_added_all_or_none() {
    MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().build();
    Map<Connections, UnaryOperator<ExchangeProfileBuilder>> changes = new LinkedHashMap<>();
    changes.put(connection(2), floor(TLS_1_0));
    changes.put(every(), profile -> profile.tls(tls -> tls.maximumTls(TLS_1_0)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> exchange.addConnectionProfiles(changes))
        .withMessageContaining("minimumTls TLS_1_2 is above maximumTls TLS_1_0");
    assertThat(exchange.connectionProfiles()).isEmpty();

    changes.put(every(), floor(TLS_1_3));
    exchange.addConnectionProfiles(changes);
    assertThat(exchange.connectionProfiles()).containsOnlyKeys(connection(2), every());
  }

  @Test
  void what_must_be_the_same_on_all_connections_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                MockExchangeOnlineServer.mx()
                    .onConnections(connection(2), profile -> profile.ignorePeers("127.0.0.1"))
                    .build())
        .withMessageContaining("ignorePeers decides which connections are numbered");
    ExchangeProfile other = ExchangeProfile.builder(Endpoint.CLIENT_SUBMISSION).build();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                MockExchangeOnlineServer.mx()
                    .onConnections(connection(2), profile -> other.toBuilder())
                    .build())
        .withMessageContaining("an endpoint is MX on all connections");
  }

  @Test
  void rules_for_connections_that_are_past_are_refused_and_nothing_changes() {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().onConnections(connection(9), floor(TLS_1_0)).start()) {
      greeting(exchange);

      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> exchange.replaceConnectionProfiles(Map.of(connection(1), floor(TLS_1_3))))
          .withMessageContaining("has been accepted already");
      assertThat(floorOf(exchange, 9)).isEqualTo(TLS_1_0);
    }
  }
}

package io.mockexo.standalone.control;

import static io.mockexo.fault.Connections.connection;
import static io.mockexo.fault.Connections.connections;
import static io.mockexo.fault.Connections.every;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mockexo.client.wire.ProfileSettings;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.fault.Connections;
import io.mockexo.scenario.Scenarios;
import io.mockexo.server.MockExchange;
import io.mockexo.standalone.control.Side.Exchanges;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules by connection are the same for whoever uses them, wherever the exchange runs. */
@Timeout(120)
class MockExchangeConnectionsTest {

  private static final String PATH = "/endpoints/mx/connections";

  private static UnaryOperator<ExchangeProfileBuilder> only(TlsVersion version) {
    return profile -> profile.tls(tls -> tls.minimumTls(version).maximumTls(version));
  }

  private static TlsVersion negotiated(MockExchange mx, int number) throws Exception {
    Tls.deliver(mx.port(), mx.clientSslContext());
    return mx.awaitSessions(number).last().tls().orElseThrow().version();
  }

  private static Map<Connections, Object> written(MockExchange exchange) {
    Map<Connections, Object> written = new LinkedHashMap<>();
    exchange
        .connectionProfiles()
        .forEach((on, profile) -> written.put(on, ProfileSettings.write(profile)));
    return written;
  }

  @ParameterizedTest
  @EnumSource
  void each_second_connection_has_rules_of_its_own_until_a_reset(Side side) throws Exception {
    try (Exchanges exchanges = side.start()) {
      MockExchange mx = exchanges.mx();
      mx.onConnections(every().each(2), only(TlsVersion.TLS_1_2));
      mx.onConnections(connection(2), only(TlsVersion.TLS_1_2));

      assertThat(negotiated(mx, 1)).isEqualTo(TlsVersion.TLS_1_2);
      assertThat(negotiated(mx, 2)).isEqualTo(TlsVersion.TLS_1_2);
      assertThat(negotiated(mx, 3)).isEqualTo(TlsVersion.TLS_1_2);
      assertThat(negotiated(mx, 4)).isEqualTo(TlsVersion.TLS_1_3);
      assertThat(mx.connectionProfiles()).containsOnlyKeys(connection(2), every().each(2));
      assertThat(written(mx)).isEqualTo(written(exchanges.program().mx));
      mx.reset();
      assertThat(mx.connectionProfiles()).isEmpty();
      assertThat(negotiated(mx, 1)).isEqualTo(TlsVersion.TLS_1_3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void they_are_replaced_and_taken_away(Side side) {
    try (Exchanges exchanges = side.start()) {
      MockExchange mx = exchanges.mx();
      mx.updateProfile(
          p ->
              p.tls(
                  t ->
                      t.certificateFlaw(CertificateFlaw.EXPIRED)
                          .refuseOldTlsWith(TlsRefusal.ALERT)
                          .refusalAlert(AlertDescription.ACCESS_DENIED)));
      mx.onConnections(connection(7), only(TlsVersion.TLS_1_0));

      Map<Connections, UnaryOperator<ExchangeProfileBuilder>> changes = new LinkedHashMap<>();
      changes.put(connections(2, 5), p -> p.tls(t -> t.certificateFlaw(null)));
      changes.put(
          connections(4, 9),
          p -> p.tls(t -> t.refuseOldTlsWith(TlsRefusal.RST).refusalAlert(null)).maxRecipients(3));
      changes.put(connection(5), p -> p); // the usual rules, which those for 2 to 5 are not
      mx.replaceConnectionProfiles(changes);

      Map<Connections, ExchangeProfile> profiles = mx.connectionProfiles();
      assertThat(profiles.keySet())
          .containsExactly(connection(5), connections(2, 5), connections(4, 9));
      assertThat(profiles.get(connections(2, 5)).tls().certificateFlaw()).isNull();
      assertThat(profiles.get(connections(4, 9)).maxRecipients()).isEqualTo(3);
      assertThat(profiles.get(connections(4, 9)).tls().refusalAlert()).isNull();
      assertThat(profiles.get(connection(5)).tls().certificateFlaw())
          .isEqualTo(CertificateFlaw.EXPIRED);
      assertThat(written(mx)).isEqualTo(written(exchanges.program().mx));
      mx.replaceConnectionProfiles(Map.of());
      assertThat(mx.connectionProfiles()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void accounts_of_some_connections_are_good_there(Side side) {
    try (Exchanges exchanges = side.start()) {
      MockExchange submission = exchanges.submission();
      submission.onConnections(connection(2), p -> p.account("bob@contoso.com", "Pa55-of-bob"));

      assertThat(submission.connectionProfiles().get(connection(2)).tenant().accounts())
          .extracting(account -> account.user())
          .containsExactly("alice@contoso.com", "bob@contoso.com");
      assertThat(exchanges.submissionServer().profileOf(2).tenant().accounts().get(1).password())
          .isEqualTo("Pa55-of-bob");
      assertThat(exchanges.submissionServer().profileOf(3).tenant().accounts()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_change_and_a_scenario_do_with_them_what_they_do_in_this_jvm(Side side) {
    try (Exchanges exchanges = side.start()) {
      MockExchange mx = exchanges.mx();
      mx.onConnections(connection(3), only(TlsVersion.TLS_1_2));

      mx.updateProfile(profile -> profile.blockClients("192.0.2.0/24"));
      assertThat(mx.connectionProfiles().get(connection(3)).blocklist().clients()).hasSize(1);
      mx.apply(Scenarios.named("old-tls-refused"));
      assertThat(mx.connectionProfiles()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_is_impossible_is_refused_and_nothing_changes(Side side) throws Exception {
    try (Exchanges exchanges = side.start()) {
      MockExchange mx = exchanges.mx();
      negotiated(mx, 1);
      mx.onConnections(connections(2, 9), p -> p.tls(t -> t.minimumTls(TlsVersion.TLS_1_3)));

      refused(mx, connection(1), only(TlsVersion.TLS_1_2), "has been accepted already");
      refused(mx, connections(3, 4), only(TlsVersion.TLS_1_2), "the rules for 3-4 never hold");
      refused(mx, connections(2, 9), only(TlsVersion.TLS_1_2), "for these connections already");
      refused(mx, Connections.attempt(2), only(TlsVersion.TLS_1_2), "attempts are counted at EHLO");
      refused(mx, connection(20), p -> p.ignorePeers("192.0.2.1"), "ignorePeers");
      refused(
          mx,
          connection(20),
          p -> p.tls(t -> t.maximumTls(TlsVersion.TLS_1_1)),
          "is above maximum");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> mx.updateProfile(p -> p.tls(t -> t.maximumTls(TlsVersion.TLS_1_2))))
          .withMessageContaining("(onConnection: 2-9) are impossible then");
      assertThat(mx.connectionProfiles()).containsOnlyKeys(connections(2, 9));
    }
  }

  private static void refused(
      MockExchange mx, Connections on, UnaryOperator<ExchangeProfileBuilder> change, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mx.onConnections(on, change))
        .withMessageContaining(why);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PUT   | [{"onConnection": 2, "minimumTsl": "TLS_1_0"}]    | 400 | /0/minimumTsl   | did you mean 'minimumTls'?
          PUT   | [{"onConnection": 2, "maximumTls": "TLS_1_1"}]    | 400 | /0              | minimumTls TLS_1_2 is above
          PUT   | [{"onConnection": 3, "maxRecipients": 1}, {"onConnection": 3, "maxRecipients": 2}] | 400 | /1/onConnection | for these connections already
          PUT   | [{"onConnection": "2-9", "maxRecipients": 1}, {"onConnection": "3-4", "maxRecipients": 2}] | 400 | /1/onConnection | never hold
          PUT   | [{"onConnection": 2, "ignorePeers": []}]          | 400 | /0/ignorePeers  | there is no such key
          PUT   | [{"onConnection": 2}]                             | 400 | /0              | expected onConnection and rules
          PUT   | {"onConnection": 2}                               | 400 | ''              | expected a list
          PUT   | [{"onConnection": 1, "maxRecipients": 1}]         | 409 | /0/onConnection | has been accepted already
          POST  | [{"onConnection": "20-22", "maxRecipients": 1}]   | 400 | /0/onConnection | the rules for 20-22 never hold
          PATCH | {"maximumTls": "TLS_1_2"}                         | 400 | ''              | the rules that differ on some connections (onConnection: 20-) are impossible then
          """)
  void a_mistake_is_told_with_its_place(
      String method, String body, int status, String pointer, String detail) {
    try (TestProgram program = TestProgram.start()) {
      program.deliver();
      program.mx.onConnections(
          connections(20, Connections.NO_END), p -> p.tls(t -> t.minimumTls(TlsVersion.TLS_1_3)));
      String path = method.equals("PATCH") ? "/endpoints/mx/profile" : PATH;

      Reply reply = program.send(method, path, body);

      assertThat(reply.status()).as(reply.text()).isEqualTo(status);
      assertThat(reply.json().path("pointer").asText()).isEqualTo(pointer);
      assertThat(reply.json().get("detail").asText()).contains(detail);
      assertThat(program.mx.connectionProfiles()).hasSize(1);
      assertThat(program.mx.profile().tls().maximumTls()).isEqualTo(TlsVersion.TLS_1_3);
    }
  }

  @Test
  void what_is_told_can_be_sent_back() {
    try (TestProgram program = TestProgram.start()) {
      program.mx.onConnections(every().each(2), only(TlsVersion.TLS_1_2));
      program.mx.onConnections(connection(3), profile -> profile);
      String told = program.get(PATH).text();
      assertThat(told)
          .isEqualTo(
              "[{\"onConnection\":3,\"minimumTls\":\"TLS_1_2\"},"
                  + "{\"onConnection\":\"1-/2\",\"maximumTls\":\"TLS_1_2\"}]");
      List<ExchangeProfile> before = List.copyOf(program.mx.connectionProfiles().values());

      assertThat(program.send("DELETE", PATH, null).status()).isEqualTo(204);
      assertThat(program.get(PATH).text()).isEqualTo("[]");
      assertThat(program.send("PUT", PATH, told).text()).isEqualTo(told);
      assertThat(program.mx.connectionProfiles().values())
          .map(ProfileSettings::write)
          .containsExactlyElementsOf(before.stream().map(ProfileSettings::write).toList());
    }
  }
}

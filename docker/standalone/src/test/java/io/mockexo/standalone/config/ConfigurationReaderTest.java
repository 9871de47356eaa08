package io.mockexo.standalone.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.Throttling;
import io.mockexo.exchange.Timeouts;
import io.mockexo.fault.Connections;
import io.mockexo.journal.JournalLimits;
import io.mockexo.standalone.config.Configuration.EndpointConfiguration;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {

  @Test
  void an_empty_file_means_the_defaults() {
    Configuration configuration = ConfigurationReader.parse("c.yaml", "");
    assertThat(configuration.endpoints())
        .extracting(EndpointConfiguration::name, endpoint -> endpoint.port().value())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("mx", 2525),
            org.assertj.core.groups.Tuple.tuple("client-submission", 2587));
  }

  @Test
  void every_setting_is_read() {
    Configuration configuration =
        ConfigurationReader.parse(
            "c.yaml",
            """
            endpoints:
              lab:
                endpoint: CLIENT_SUBMISSION
                host: 127.0.0.2
                port: 0
                minimumTls: TLS_1_0
                maximumTls: tls_1_2
                refuseOldTlsWith: ALERT
                refusalAlert: INSUFFICIENT_SECURITY
                cipherSuites: [ECDHE-RSA-AES256-GCM-SHA384, TLS_RSA_WITH_AES_128_CBC_SHA]
                groups: [P-256, x25519]
                serverPreference: false
                certificate: RSA_2048
                blockClients: [192.0.2.0/24, "2001:db8::/32"]
                hideStartTlsFromBlocked: false
                ignorePeers: [10.0.0.0/8]
                accounts: [{user: alice@contoso.com, password: 12345, accessToken: eyJ0}]
                cleartextMailRefusal: NOT_AUTHENTICATED_530
                startTlsInjection: DROP_CONNECTION
                maxMessageSize: 10MiB
                maxRecipients: 100
                tarpit: 5s
                parallelSubmissions: 3
                messagesPerMinute: 30
                idleTimeout: PT2M
                handshakeTimeout: 500ms
                closeGrace: 1s
                stallTimeout: 1h
                frontEnd: {server: BE1P281CA0440, forest: DEUP281.PROD.OUTLOOK.COM}
            journal: {maxSessions: 7, maxBytes: 1MiB, maxEventsPerSession: 99}
            """);

    EndpointConfiguration endpoint = configuration.endpoints().get(0);
    assertThat(endpoint.name()).isEqualTo("lab");
    assertThat(endpoint.host().value()).hasToString("127.0.0.2");
    assertThat(endpoint.port().value()).isZero();
    ExchangeProfile profile = endpoint.profile().build();
    assertThat(profile.endpoint()).isEqualTo(Endpoint.CLIENT_SUBMISSION);
    assertThat(profile.tls().minimumTls()).isEqualTo(TlsVersion.TLS_1_0);
    assertThat(profile.tls().maximumTls()).isEqualTo(TlsVersion.TLS_1_2);
    assertThat(profile.tls().refuseOldTlsWith()).isEqualTo(TlsRefusal.ALERT);
    assertThat(profile.tls().refusalAlert()).hasToString("insufficient_security");
    assertThat(profile.tls().cipherSuites())
        .extracting(Object::toString)
        .containsExactly("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_128_CBC_SHA");
    assertThat(profile.tls().groups())
        .extracting(Object::toString)
        .containsExactly("secp256r1", "x25519");
    assertThat(profile.tls().serverPreference()).isFalse();
    assertThat(profile.blocklist().clients())
        .extracting(Object::toString)
        .containsExactly("192.0.2.0/24", "2001:db8::/32");
    assertThat(profile.blocklist().hidesStartTls()).isFalse();
    assertThat(profile.tenant().accounts().get(0).acceptsPassword("Alice@contoso.com", "12345"))
        .isTrue();
    assertThat(profile.tenant().accounts().get(0).acceptsToken("alice@contoso.com", "eyJ0"))
        .isTrue();
    assertThat(profile.ignoredPeers()).extracting(Object::toString).containsExactly("10.0.0.0/8");
    assertThat(profile.cleartextMailRefusal()).hasToString("NOT_AUTHENTICATED_530");
    assertThat(profile.startTlsInjection()).hasToString("DROP_CONNECTION");
    assertThat(profile.maxMessageSize()).isEqualTo(10 << 20);
    assertThat(profile.maxRecipients()).isEqualTo(100);
    assertThat(profile.tarpit()).isEqualTo(Duration.ofSeconds(5));
    assertThat(profile.throttling()).isEqualTo(Throttling.published(Endpoint.CLIENT_SUBMISSION));
    assertThat(profile.timeouts())
        .isEqualTo(
            new Timeouts(
                Duration.ofMinutes(2),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofHours(1)));
    assertThat(profile.frontEnd().errorName()).isEqualTo("BE1P281CA0440.DEUP281.PROD.OUTLOOK.COM");
    assertThat(configuration.journal()).isEqualTo(new JournalLimits(7, 1 << 20, 99));
  }

  @Test
  void json_is_read_as_well() {
    Configuration configuration =
        ConfigurationReader.parse(
            "c.json", "{\"endpoints\": {\"a\": {\"endpoint\": \"MX\", \"port\": 25}}}");
    assertThat(configuration.endpoints().get(0).port().value()).isEqualTo(25);
  }

  @Test
  void rules_can_differ_on_some_connections() {
    EndpointConfiguration endpoint =
        ConfigurationReader.parse(
                "c.yaml",
                """
                endpoints:
                  mx:
                    endpoint: MX
                    port: 0
                    minimumTls: TLS_1_1
                    connections:
                      - {onConnection: 1-/2, minimumTls: TLS_1_0, maxRecipients: 7}
                      - {onConnection: 4, middleboxes: [MASKS_GREETING]}
                """)
            .endpoints()
            .get(0);
    assertThat(endpoint.connections().keySet())
        .containsExactly(Connections.every().each(2), Connections.connection(4));

    ExchangeProfile usual = endpoint.profile().build();
    ExchangeProfile odd =
        endpoint.connections().get(Connections.every().each(2)).apply(usual.toBuilder()).build();
    assertThat(usual.tls().minimumTls()).isEqualTo(TlsVersion.TLS_1_1);
    assertThat(odd.tls().minimumTls()).isEqualTo(TlsVersion.TLS_1_0);
    assertThat(odd.maxRecipients()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          endpoint: [                    | c.yaml:3:1: this is not YAML
          - a                            | c.yaml:2:1: endpoints: expected a mapping of keys to values, found a list
          """)
  void what_is_no_mapping_is_refused_with_its_place(String text, String message) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ConfigurationReader.parse("c.yaml", "endpoints:\n" + text + "\n"))
        .withMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          minimumTsl: TLS_1_2          | c.yaml:5:5: endpoints.mx.minimumTsl: there is no such key; did you mean 'minimumTls'? keys here are acceptedDomains, accounts,
          colour: red                  | c.yaml:5:5: endpoints.mx.colour: there is no such key; keys here are acceptedDomains, accounts,
          connections: [{onConnection: 2, minimumTsl: TLS_1_0}] | c.yaml:5:37: endpoints.mx.connections[0].minimumTsl: there is no such key; did you mean 'minimumTls'?
          connections: [{onConnection: 3-2, minimumTls: TLS_1_0}] | c.yaml:5:34: endpoints.mx.connections[0].onConnection: the last connection, 2, is before the first, 3
          connections: [{onConnection: 2, minimumTls: TLS_1_4}] | c.yaml:5:49: endpoints.mx.connections[0].minimumTls: 'TLS_1_4' is not known
          connections: [{onConnection: 2, maximumTls: TLS_1_1}] | c.yaml:5:19: endpoints.mx.connections[0]: minimumTls TLS_1_2 is above maximumTls TLS_1_1
          connections: [{onConnection: 2, tarpit: 5s}] | c.yaml:5:37: endpoints.mx.connections[0].tarpit: this has no effect on MX
          connections: [{onConnection: 2}] | c.yaml:5:19: endpoints.mx.connections[0]: expected onConnection and rules
          connections: [{minimumTls: TLS_1_0}] | c.yaml:5:19: endpoints.mx.connections[0]: expected onConnection and rules
          connections: [{onConnection: 2, ignorePeers: [10.0.0.1]}] | c.yaml:5:37: endpoints.mx.connections[0].ignorePeers: there is no such key
          connections: [{onConnection: 2, maxRecipients: 1}, {onConnection: 2, maxRecipients: 2}] | c.yaml:5:71: endpoints.mx.connections[1].onConnection: there are rules for these connections already
          minimumTls: TLS1.2           | c.yaml:5:17: endpoints.mx.minimumTls: 'TLS1.2' is not known; did you mean TLS_1_2? it is one of SSL_3, TLS_1_0
          minimumTls: TLS_1_4          | c.yaml:5:17: endpoints.mx.minimumTls: 'TLS_1_4' is not known; it is one of SSL_3, TLS_1_0
          minimumTls: [TLS_1_2]        | c.yaml:5:17: endpoints.mx.minimumTls: expected text, found a list
          minimumTls:                  | c.yaml:5:16: endpoints.mx.minimumTls: expected text, found nothing
          maximumTls: TLS_1_1          | c.yaml:3:5: endpoints.mx: minimumTls TLS_1_2 is above maximumTls TLS_1_1
          cipherSuites: [ECDHE-RSA-AES256-GCM-SHA385] | c.yaml:5:20: endpoints.mx.cipherSuites[0]: cipher suite 'ECDHE-RSA-AES256-GCM-SHA385' is not known
          cipherSuites: [AES128-SHA, TLS_RSA_WITH_AES_128_CBC_SHA] | c.yaml:5:32: endpoints.mx.cipherSuites[1]: this repeats endpoints.mx.cipherSuites[0]
          groups: [P-256, x25519, secp256r1] | c.yaml:5:29: endpoints.mx.groups[2]: this repeats endpoints.mx.groups[0]
          blockClients: 10.0.0.0/8     | c.yaml:5:19: endpoints.mx.blockClients: expected a list, found '10.0.0.0/8'
          blockClients: [10.0.0.0/40]  | c.yaml:5:20: endpoints.mx.blockClients[0]: '10.0.0.0/40': the prefix length is a number from 0 to 32
          blockClients: [10.0.0.0/8, 10.1.2.3/8] | c.yaml:5:32: endpoints.mx.blockClients[1]: this repeats endpoints.mx.blockClients[0]
          serverPreference: maybe      | c.yaml:5:23: endpoints.mx.serverPreference: expected true or false, found 'maybe'
          maxMessageSize: 10 parsecs   | c.yaml:5:21: endpoints.mx.maxMessageSize: expected a number of bytes
          maxMessageSize: 999999999999GiB | c.yaml:5:21: endpoints.mx.maxMessageSize: '999999999999GiB' is too large; at most
          maxMessageSize: 0            | c.yaml:5:21: endpoints.mx.maxMessageSize: maxMessageSize is at least 1 byte
          maxMessageSize: 8589934592GiB | c.yaml:5:21: endpoints.mx.maxMessageSize: '8589934592GiB' is too large; at most 8589934591 GiB can be counted
          acceptedDomains: [a@contoso.com] | c.yaml:5:23: endpoints.mx.acceptedDomains[0]: 'a@contoso.com' is not a domain; expected for example contoso.com
          idleTimeout: soon            | c.yaml:5:18: endpoints.mx.idleTimeout: expected a length of time, for example 500ms
          idleTimeout: 999999999999999h | c.yaml:5:18: endpoints.mx.idleTimeout: idleTimeout is at most seven days
          tarpit: 5s                   | c.yaml:5:5: endpoints.mx.tarpit: this has no effect on MX; it is for CLIENT_SUBMISSION, LEGACY_CLIENT_SUBMISSION, ON_PREMISES
          parallelSubmissions: 3       | c.yaml:5:5: endpoints.mx.parallelSubmissions: this has no effect on MX; it is for CLIENT_SUBMISSION, LEGACY_CLIENT_SUBMISSION
          greylisting: soon            | c.yaml:5:18: endpoints.mx.greylisting: expected a length of time, for example 500ms
          greylisting: 8760h           | c.yaml:5:18: endpoints.mx.greylisting: greylisting is at most seven days
          reputationLimit: {messages: 5, period: 1m} | c.yaml:5:5: endpoints.mx.reputationLimit: this has no effect on MX; it is for CONSUMER_MX
          maxConnectionsPerClient: 20  | c.yaml:5:5: endpoints.mx.maxConnectionsPerClient: this has no effect on MX; it is for CONSUMER_MX, ON_PREMISES
          accounts: []                 | c.yaml:5:5: endpoints.mx.accounts: this has no effect on MX; it is for CLIENT_SUBMISSION
          authRefusal: CONDITIONAL_ACCESS | c.yaml:5:5: endpoints.mx.authRefusal: this has no effect on MX; it is for CLIENT_SUBMISSION, LEGACY_CLIENT_SUBMISSION, ON_PREMISES
          requireTls: true             | c.yaml:5:5: endpoints.mx.requireTls: this has no effect on MX; it is for ON_PREMISES
          asOf: 1999                   | c.yaml:5:11: endpoints.mx.asOf: expected a whole number from 2013 to 2026, found '1999'
          blocklistCode: 511           | c.yaml:3:5: endpoints.mx: blocklistCode is a number from 606 to 649, not 511
          knownRecipients: [alice]     | c.yaml:5:22: endpoints.mx.knownRecipients: 'alice' is not an address
          rejectDirectSend: true       | c.yaml:3:5: endpoints.mx: rejectDirectSend needs acceptedDomains
          connectors: [{type: PARTNERS}] | c.yaml:5:25: endpoints.mx.connectors[0].type: 'PARTNERS' is not known; did you mean PARTNER?
          connectors: [{type: ON_PREMISES}] | c.yaml:5:18: endpoints.mx.connectors[0]: a connector of type ON_PREMISES needs a tlsSenderCertificateName or senderIpAddresses
          connectors: [{type: PARTNER, senderIpAddresses: [10.0.0.0/8]}] | c.yaml:5:18: endpoints.mx.connectors[0]: '10.0.0.0/8' is too wide
          refusalAlert: DECODE_ERROR   | c.yaml:5:5: endpoints.mx.refusalAlert: this has no effect without 'refuseOldTlsWith: ALERT'
          host: no such host           | c.yaml:5:11: endpoints.mx.host: 'no such host' is not known as an address
          host: ''                     | c.yaml:5:11: endpoints.mx.host: expected an address, for example 127.0.0.1 or ::1
          port: 1                      | c.yaml:5:5: endpoints.mx.port: this key stands here twice
          """)
  void a_mistake_is_told_with_its_place_and_what_was_expected(String line, String message) {
    String text = "endpoints:\n  mx:\n    endpoint: MX\n    port: 2525\n    " + line + "\n";
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ConfigurationReader.parse("c.yaml", text))
        .withMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          s3cret                       | 5:15: endpoints.out.accounts: expected a list, found text
          [s3cret]                     | 5:16: endpoints.out.accounts[0]: expected a mapping of keys to values, found text
          [{user: a}]                  | 5:16: endpoints.out.accounts[0]: an account has a user, and a password or an accessToken, or both
          [{user: a, s3cret: b}]       | 5:26: endpoints.out.accounts[0]: there is no such key; keys here are accessToken, password, refusal, user
          [{user: a, password: [s3cret]}] | 5:36: endpoints.out.accounts[0].password: expected text, found a list
          [{user: a, password: *s3cret}] | 5:36: this is not YAML: found undefined alias
          [{user: a, password: !s3cret!x y}] | 5:36: this is not YAML: found undefined tag handle
          [{user: a, user: s3cret}]    | 5:26: endpoints.out.accounts[0].user: this key stands here twice
          [{user: a, password: s3cret}, {user: A, password: b}] | 5:45: endpoints.out.accounts[1]: this repeats endpoints.out.accounts[0]
          """)
  void what_may_be_a_password_is_never_quoted(String accounts, String message) {
    String text =
        "endpoints:\n  out:\n    endpoint: CLIENT_SUBMISSION\n    port: 2587\n    accounts: "
            + accounts
            + "\n";
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ConfigurationReader.parse("c.yaml", text))
        .withMessage("c.yaml:" + message);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, 127.0.0.1", "0.0.0.0, 127.0.0.1", "127.0.0.1, '::'"})
  void two_endpoints_cannot_have_the_same_port(String one, String other) {
    String text =
        """
        endpoints:
          a: {endpoint: MX, host: "%s", port: 2525}
          b: {endpoint: MX, host: "%s", port: 2525}
        """
            .formatted(one, other);
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ConfigurationReader.parse("c.yaml", text))
        .withMessageMatching(
            "c\\.yaml:3:\\d+: endpoints\\.b\\.port: port 2525 is that of the endpoint 'a' already");
  }

  @Test
  void the_same_port_of_two_addresses_is_no_conflict() {
    String text =
        """
        endpoints:
          a: {endpoint: MX, host: 127.0.0.1, port: 2525}
          b: {endpoint: MX, host: 127.0.0.2, port: 2525}
          c: {endpoint: MX, port: 0}
          d: {endpoint: MX, port: 0}
        """;
    assertThat(ConfigurationReader.parse("c.yaml", text).endpoints()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a\\nb", "\\0"})
  void a_name_that_cannot_stand_in_a_path_is_refused_and_not_quoted(String name) {
    String text =
        "endpoints:\n  mx: {endpoint: MX, port: 0}\n  \"%s\": {endpoint: MX, port: 0}\n"
            .formatted(name);
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ConfigurationReader.parse("c.yaml", text))
        .withMessage(
            "c.yaml:3:3: endpoints: the name of an endpoint is part of a path of HTTP; it cannot be"
                + " empty, '.' or '..', nor have control characters in it");
  }

  @Test
  void a_port_is_within_its_range() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () ->
                ConfigurationReader.parse("c.yaml", "endpoints: {mx: {endpoint: MX, port: 70000}}"))
        .withMessage(
            "c.yaml:1:38: endpoints.mx.port: expected a whole number from 0 to 65535, found '70000'");
  }

  @Test
  void a_file_that_is_not_there_is_named(@TempDir Path folder) {
    Path file = folder.resolve("nowhere.yaml");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ConfigurationReader.read(file))
        .withMessage(file + ": there is no such file");
  }

  @Test
  void a_file_that_is_no_text_is_refused(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("c.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ConfigurationReader.read(file))
        .withMessage(file + ": this is not a text file in UTF-8");
  }
}

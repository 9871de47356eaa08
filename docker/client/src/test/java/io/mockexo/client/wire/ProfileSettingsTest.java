package io.mockexo.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mockexo.exchange.Account;
import io.mockexo.exchange.AuthMechanism;
import io.mockexo.exchange.AuthRefusal;
import io.mockexo.exchange.BlocklistKind;
import io.mockexo.exchange.CleartextMailRefusal;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.exchange.FrontEnd;
import io.mockexo.exchange.InboundConnector;
import io.mockexo.exchange.Middlebox;
import io.mockexo.exchange.RelayRefusal;
import io.mockexo.exchange.StartTlsInjection;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.ClientCertificateMode;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.TestAuthority;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProfileSettingsTest {

  private final ObjectMapper mapper = Wire.mapper();

  private static Setting json(String text) {
    return Setting.root("body", JsonTree.parse(text));
  }

  private ExchangeProfile read(String text, ExchangeProfileBuilder onto) {
    json(text)
        .entries(ProfileSettings.keys())
        .forEach((key, value) -> ProfileSettings.apply(key, value, onto));
    return onto.build();
  }

  /**
   * What cannot be unusual: on premises there is TLS 1.2 at most, without tickets, and nobody is
   * blocked. Tickets need TLS 1.3: one endpoint has these, the others a lower maximum.
   */
  private static final Set<String> SAME_BY_ITS_KIND =
      Set.of(
          "maximumTls of ON_PREMISES",
          "sessionTickets of ON_PREMISES",
          "blockClients of ON_PREMISES",
          "maximumTls of CLIENT_SUBMISSION",
          "sessionTickets of MX",
          "sessionTickets of LEGACY_CLIENT_SUBMISSION",
          "sessionTickets of CONSUMER_MX");

  /** A profile in which nothing is as it is by default. */
  private static ExchangeProfile unusual(Endpoint endpoint) {
    ExchangeProfileBuilder profile =
        ExchangeProfile.builder(endpoint)
            .asOf(2019)
            .frontEnd(new FrontEnd("DB1PEPF00000001", "eurprd02"))
            .tls(
                t ->
                    t.minimumTls(TlsVersion.TLS_1_1)
                        .maximumTls(TlsVersion.TLS_1_2)
                        .refuseOldTlsWith(TlsRefusal.ALERT)
                        .refusalAlert(AlertDescription.INSUFFICIENT_SECURITY)
                        .cipherSuites(
                            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA")
                        .groups(NamedGroup.SECP521R1)
                        .serverPreference(false)
                        .certificate(CertificateKind.ECDSA_P256)
                        .certificateFlaw(CertificateFlaw.EXPIRED)
                        .certificateNames("*.contoso.com", "192.0.2.1")
                        .revocationInfo(true)
                        .helloRetryRequest(true)
                        .encryptThenMac(true)
                        .sessionResumption(true)
                        .clientCertificate(ClientCertificateMode.REQUIRED)
                        .clientAuthorities(TestAuthority.shared().trustAnchor()))
            .blocklistKind(BlocklistKind.NETWORK)
            .blocklistCode(649)
            .hideStartTlsFromBlocked(endpoint == Endpoint.CONSUMER_MX)
            .ignorePeers("198.51.100.7/32")
            .startTlsInjection(StartTlsInjection.HAND_TO_TLS)
            .middleboxes(Middlebox.MASKS_GREETING, Middlebox.COMMAND_FILTER)
            .maxMessageSize(1_000_000)
            .maxRecipients(7)
            .maxRecipientsPerDomain(3)
            .timeouts(
                t ->
                    t.withIdle(Duration.ofSeconds(11))
                        .withHandshake(Duration.ofSeconds(12))
                        .withCloseGrace(Duration.ofMillis(1_300))
                        .withStall(Duration.ofSeconds(14)));
    return ofEndpoint(endpoint, profile).build();
  }

  private static ExchangeProfileBuilder ofEndpoint(
      Endpoint endpoint, ExchangeProfileBuilder profile) {
    if (endpoint.isExchangeOnline()) {
      profile.blockClients("192.0.2.0/24", "2001:db8::/32");
    }
    if (endpoint.hasAuth()) {
      profile.tarpit(Duration.ofMillis(5));
      profile.tenant(
          t ->
              t.account(
                      new Account("alice@contoso.com", "s3cret")
                          .refusedWith(AuthRefusal.TEMPORARY_SERVER_ERROR))
                  .authRefusal(AuthRefusal.TEMPORARY_SERVER_ERROR));
    }
    if (endpoint.isSubmission()) {
      profile.throttling(t -> t.withParallelSubmissions(3).withMessagesPerMinute(30));
    } else {
      profile.tenant(
          t ->
              t.acceptedDomains(List.of("contoso.com"))
                  .knownRecipients(List.of("alice@contoso.com")));
    }
    if (endpoint.isIncoming()) {
      profile.throttling(t -> t.withGreylisting(Duration.ofSeconds(15)));
    }
    if (endpoint == Endpoint.CONSUMER_MX) {
      profile.throttling(
          t -> t.withReputationLimit(16, Duration.ofSeconds(17)).withMaxConnectionsPerClient(18));
    }
    if (endpoint != Endpoint.CONSUMER_MX) {
      profile.cleartextMailRefusal(CleartextMailRefusal.MUST_ISSUE_STARTTLS_451);
    }
    return switch (endpoint) {
      case MX ->
          profile.tenant(
              t ->
                  t.connector(
                          InboundConnector.partner("partner.example")
                              .restrictedToCertificate("*.partner.example")
                              .restrictedToAddresses("192.0.2.0/24"))
                      .connector(InboundConnector.onPremises("mail.contoso.com"))
                      .connector(InboundConnector.onPremisesFrom("198.51.100.1"))
                      .rejectDirectSend(true)
                      .cleartextRelayRefusal(RelayRefusal.TENANT_ATTRIBUTION_5_7_64));
      case LEGACY_CLIENT_SUBMISSION -> profile.tenant(t -> t.allowLegacyTlsClients(false));
      case ON_PREMISES ->
          profile
              .receiveConnector(
                  c ->
                      c.withAuthMechanisms(Set.of(AuthMechanism.TLS, AuthMechanism.BASIC_AUTH))
                          .withRequireTls(true)
                          .withDomainSecureEnabled(true)
                          .withTlsReceiveDomainSecureList(List.of("partner.example"))
                          .withMaxProtocolErrors(1)
                          .withMaxLogonFailures(2))
              .throttling(t -> t.withMaxConnectionsPerClient(19));
      case CLIENT_SUBMISSION ->
          profile.tls(tls -> tls.maximumTls(TlsVersion.TLS_1_3).sessionTickets(2));
      case CONSUMER_MX -> profile;
    };
  }

  @ParameterizedTest
  @EnumSource
  void every_setting_comes_back_as_it_was(Endpoint endpoint) throws Exception {
    ExchangeProfile profile = unusual(endpoint);
    String written = mapper.writeValueAsString(ProfileSettings.write(profile));
    ExchangeProfileBuilder onto =
        ExchangeProfile.builder(endpoint).accounts(profile.tenant().accounts());

    assertThat(read(written, onto)).usingRecursiveComparison().isEqualTo(profile);
  }

  @ParameterizedTest
  @EnumSource
  void no_setting_is_as_it_is_by_default_in_that_test(Endpoint endpoint) {
    var usual = ProfileSettings.write(ExchangeProfile.builder(endpoint).build());
    ProfileSettings.write(unusual(endpoint))
        .forEach(
            (key, value) ->
                assertThat(value)
                    .as(key)
                    .matches(
                        v ->
                            !v.equals(usual.get(key))
                                || SAME_BY_ITS_KIND.contains(key + " of " + endpoint)));
  }

  @Test
  void together_the_endpoints_have_all_settings() {
    Set<String> keys = new HashSet<>(ProfileSettings.keys());
    for (Endpoint endpoint : Endpoint.values()) {
      keys.removeAll(ProfileSettings.write(unusual(endpoint)).keySet());
    }

    assertThat(keys).isEmpty();
  }

  @Test
  void accounts_are_written_without_credentials_and_keep_them_when_read() throws Exception {
    ExchangeProfileBuilder before =
        ExchangeProfile.builder(Endpoint.CLIENT_SUBMISSION)
            .account(new Account("alice@contoso.com", "s3cret", "t0ken"));
    String written = mapper.writeValueAsString(ProfileSettings.write(before.build()));
    assertThat(written).doesNotContain("s3cret", "t0ken");

    ExchangeProfile after =
        read(
            "{\"accounts\":[{\"user\":\"ALICE@contoso.com\"},"
                + "{\"user\":\"bob@contoso.com\",\"password\":\"b0b\"}]}",
            before);
    assertThat(after.tenant().accounts().get(0).acceptsPassword("alice@contoso.com", "s3cret"))
        .isTrue();
    assertThat(after.tenant().accounts().get(0).acceptsToken("alice@contoso.com", "t0ken"))
        .isTrue();
    assertThat(after.tenant().accounts().get(1).acceptsPassword("bob@contoso.com", "b0b")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"minimumTls":"TLS_1_4"}          | /minimumTls      | it is one of SSL_3, TLS_1_0, TLS_1_1
          {"minimumTsl":"TLS_1_2"}          | /minimumTsl      | did you mean 'minimumTls'?
          {"blockClients":["192.0.2.0/33"]} | /blockClients/0  | 192.0.2.0/33
          {"maxRecipients":0}               | /maxRecipients   | expected a whole number from 1
          {"maxRecipients":"\u00bd"}        | /maxRecipients   | expected a whole number from 1
          {"tarpit":{"s":1}}                | /tarpit          | expected text, found a mapping
          {"parallelSubmissions":0}         | /parallelSubmissions | expected a whole number from 1
          {"reputationLimit":{"messages":1}} | /reputationLimit | this limit has messages and a period
          {"reputationLimit":{"messages":1,"period":"0s"}} | /reputationLimit | period is at least one millisecond
          {"greylisting":"-PT1S"}           | /greylisting     | greylisting cannot be negative
          {"cipherSuites":["TLS_NONE"]}     | /cipherSuites/0  | TLS_NONE
          {"certificateFlaw":"EXPIRD"}      | /certificateFlaw | it is one of EXPIRED, NOT_YET_VALID
          {"clientAuthorities":["x"]}       | /clientAuthorities/0 | this is not a certificate in PEM
          {"sessionTickets":3}              | /sessionTickets  | expected a whole number from 0 to 2
          {"certificateNames":["a b"]}      | /certificateNames/0 | 'a b' cannot stand in a certificate
          {"accounts":[{"user":"x"}]}       | /accounts/0      | a password or an accessToken
          {"middleboxes":["MASKS"]}         | /middleboxes/0   | it is one of MASKS_GREETING
          {"middleboxes":["MASKS_STARTTLS","COMMAND_FILTER"]} | /middleboxes | choose one
          {"tarpit":"1s","tarpit":"2s"}     | /tarpit          | stands here twice
          [1]                               | ''               | expected a mapping
          {"a":                             | ''               | this is not JSON
          {} {}                             | ''               | something follows the value
          ''                                | ''               | there is nothing
          """)
  void a_mistake_is_told_with_its_pointer(String text, String pointer, String problem) {
    ExchangeProfileBuilder builder = ExchangeProfile.builder(Endpoint.CLIENT_SUBMISSION);
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> read(text, builder))
        .satisfies(
            e -> {
              assertThat(e.pointer()).isEqualTo(pointer);
              assertThat(e.problem()).contains(problem);
            });
  }

  @Test
  void a_password_is_never_quoted() {
    for (String text :
        List.of(
            "{\"accounts\":[{\"user\":\"x\",\"passwort\":\"s3cret\"}]}",
            "{\"accounts\":[{\"user\":\"x\",\"password\":s3cret}]}",
            "{\"accounts\":\"s3cret\"}",
            "{\"accounts\":[\"s3cret\"]}")) {
      assertThatExceptionOfType(SettingException.class)
          .isThrownBy(() -> read(text, ExchangeProfile.builder(Endpoint.CLIENT_SUBMISSION)))
          .satisfies(e -> assertThat(e).message().doesNotContain("s3cret"));
    }
  }
}

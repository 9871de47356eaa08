package io.mockexo.exchange;

import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsPolicyBuilder;
import io.mockexo.tls.TlsVersion;
import java.util.List;
import java.util.stream.Stream;

/** What differs from endpoint to endpoint before anybody has said anything. */
final class EndpointDefaults {

  /**
   * Published for the service until 2020 beside those of today (facts 5.3, list B): the ones that
   * clients without ECDHE have.
   */
  private static final List<String> SUITES_UNTIL_2020 =
      List.of(
          "TLS_RSA_WITH_AES_256_CBC_SHA256",
          "TLS_RSA_WITH_AES_128_CBC_SHA256",
          "TLS_RSA_WITH_AES_256_CBC_SHA",
          "TLS_RSA_WITH_AES_128_CBC_SHA");

  private EndpointDefaults() {}

  /** Facts 5.1 and 5.3. */
  static TlsPolicyBuilder tls(Endpoint endpoint) {
    return switch (endpoint) {
      case MX, CLIENT_SUBMISSION, CONSUMER_MX -> TlsPolicy.builder();
      case LEGACY_CLIENT_SUBMISSION ->
          TlsPolicy.builder().minimumTls(TlsVersion.TLS_1_0).cipherSuites(withOldSuites());
      case ON_PREMISES ->
          TlsPolicy.builder()
              .minimumTls(TlsVersion.TLS_1_0)
              .maximumTls(TlsVersion.TLS_1_2)
              .cipherSuites(withOldSuites());
    };
  }

  /** Facts 2.1. */
  static long maxMessageSize(Endpoint endpoint) {
    return switch (endpoint) {
      case MX, CLIENT_SUBMISSION, LEGACY_CLIENT_SUBMISSION ->
          ExchangeProfile.EXCHANGE_ONLINE_MESSAGE_SIZE;
      case CONSUMER_MX -> ExchangeProfile.CONSUMER_MESSAGE_SIZE;
      case ON_PREMISES -> ExchangeProfile.ON_PREMISES_MESSAGE_SIZE;
    };
  }

  /** Facts 8. */
  static int maxRecipients(Endpoint endpoint) {
    return endpoint == Endpoint.ON_PREMISES ? 200 : 1000;
  }

  private static List<String> withOldSuites() {
    Stream<String> today =
        TlsPolicy.exchangeOnline().cipherSuites().stream().map(CipherSuite::name);
    return Stream.concat(today, SUITES_UNTIL_2020.stream()).toList();
  }
}

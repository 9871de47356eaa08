package io.mockexo.exchange;

import io.mockexo.tls.ClientCertificateMode;
import io.mockexo.tls.TlsVersion;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules that could have no effect: whoever set them expects something that cannot happen. */
final class Contradictions {

  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private Contradictions() {}

  /**
   * Refuses a profile with such a rule.
   *
   * @throws IllegalArgumentException that says what to change
   */
  static void refuse(ExchangeProfile profile) {
    Tenant tenant = profile.tenant();
    Endpoint endpoint = profile.endpoint();
    onlyOn(endpoint, Endpoint::hasAuth, "accounts", !tenant.accounts().isEmpty());
    onlyOn(endpoint, Endpoint::hasAuth, "authRefusal", tenant.authRefusal() != null);
    onlyOn(
        endpoint,
        where -> where == Endpoint.LEGACY_CLIENT_SUBMISSION,
        "allowLegacyTlsClients",
        !tenant.allowLegacyTlsClients());
    onlyOn(endpoint, where -> where == Endpoint.MX, "connectors", !tenant.connectors().isEmpty());
    onlyOn(endpoint, where -> where == Endpoint.MX, "rejectDirectSend", tenant.rejectDirectSend());
    onlyOn(
        endpoint,
        where -> !where.isSubmission(),
        "acceptedDomains",
        !tenant.acceptedDomains().isEmpty());
    onlyOn(
        endpoint,
        where -> !where.isSubmission(),
        "knownRecipients",
        !tenant.knownRecipients().isEmpty());
    onlyOn(
        endpoint,
        where -> where == Endpoint.ON_PREMISES,
        "receiveConnector",
        !profile.receiveConnector().equals(ReceiveConnector.defaultFrontend()));
    refuseUnaskedDomains(profile);
    onlyOn(endpoint, Endpoint::hasAuth, "tarpit", !profile.tarpit().isZero());
    refuse(endpoint, profile.throttling());
    if (endpoint == Endpoint.ON_PREMISES) {
      refuseOfExchangeOnline(profile);
    }
    if (profile.maxRecipientsPerDomain() != NO_LIMIT
        && profile.maxRecipientsPerDomain() > profile.maxRecipients()) {
      throw new IllegalArgumentException(
          "maxRecipientsPerDomain %d is above maxRecipients %d, and is never met; make it smaller"
              .formatted(profile.maxRecipientsPerDomain(), profile.maxRecipients()));
    }
    if (tenant.rejectDirectSend() && tenant.acceptedDomains().isEmpty()) {
      throw new IllegalArgumentException(
          "rejectDirectSend needs acceptedDomains: it is about mail from the tenant's own domains");
    }
  }

  /** What Exchange Server does not have (facts 3.2, 4 and 5.1). */
  private static void refuseOfExchangeOnline(ExchangeProfile profile) {
    if (profile.tls().maximumTls().isAtLeast(TlsVersion.TLS_1_3)) {
      throw new IllegalArgumentException(
          "maximumTls TLS_1_3 is not for ON_PREMISES: Exchange Server has no TLS 1.3; TLS_1_2 is the"
              + " most");
    }
    if (!profile.blocklist().clients().isEmpty()) {
      throw new IllegalArgumentException(
          "blockClients is not for ON_PREMISES: these lists, their words and delisting are Exchange"
              + " Online's; leave it out");
    }
    Tenant tenant = profile.tenant();
    Stream.concat(
            Stream.ofNullable(tenant.authRefusal()),
            tenant.accounts().stream().map(Account::refusal).flatMap(Stream::ofNullable))
        .filter(refusal -> !refusal.isOnPremises())
        .findFirst()
        .ifPresent(
            refusal -> {
              throw new IllegalArgumentException(
                  "the refusal %s is not for ON_PREMISES: Exchange Server does not have it; there is %s"
                      .formatted(refusal, onPremises()));
            });
  }

  private static String onPremises() {
    return Stream.of(AuthRefusal.values())
        .filter(AuthRefusal::isOnPremises)
        .map(AuthRefusal::name)
        .collect(Collectors.joining(", "));
  }

  /** Whom nobody asks shows no certificate (RFC 8446, section 4.4.2). */
  private static void refuseUnaskedDomains(ExchangeProfile profile) {
    ReceiveConnector connector = profile.receiveConnector();
    if (connector.domainSecureEnabled()
        && !connector.tlsReceiveDomainSecureList().isEmpty()
        && profile.tls().clientCertificate() == ClientCertificateMode.NOT_ASKED) {
      throw new IllegalArgumentException(
          "tlsReceiveDomainSecureList needs clientCertificate ASKED or REQUIRED; whom nobody asks"
              + " shows no certificate");
    }
  }

  /** Which endpoints have which limit: facts 3.5 and 4. */
  private static void refuse(Endpoint endpoint, Throttling throttling) {
    Throttling none = Throttling.none();
    onlyOn(
        endpoint,
        Endpoint::isSubmission,
        "parallelSubmissions",
        throttling.parallelSubmissions() != none.parallelSubmissions());
    onlyOn(
        endpoint,
        Endpoint::isSubmission,
        "messagesPerMinute",
        throttling.messagesPerMinute() != none.messagesPerMinute());
    onlyOn(endpoint, Endpoint::isIncoming, "greylisting", !throttling.greylisting().isZero());
    onlyOn(
        endpoint,
        where -> where == Endpoint.CONSUMER_MX,
        "reputationLimit",
        throttling.reputationLimit() != null);
    onlyOn(
        endpoint,
        where -> where == Endpoint.CONSUMER_MX || where == Endpoint.ON_PREMISES,
        "maxConnectionsPerClient",
        throttling.maxConnectionsPerClient() != none.maxConnectionsPerClient());
  }

  private static void onlyOn(
      Endpoint endpoint, Predicate<Endpoint> possible, String rule, boolean isSet) {
    if (isSet && !possible.test(endpoint)) {
      throw new IllegalArgumentException(
          "%s has no effect on %s; it is for %s"
              .formatted(
                  rule,
                  endpoint,
                  Arrays.stream(Endpoint.values())
                      .filter(possible)
                      .map(Endpoint::name)
                      .collect(Collectors.joining(", "))));
    }
  }
}

package io.mockexo.scenario;

import static io.mockexo.exchange.Endpoint.CLIENT_SUBMISSION;
import static io.mockexo.exchange.Endpoint.MX;
import static io.mockexo.scenario.Conduct.Outcome.DELIVERED_IN_CLEARTEXT;
import static io.mockexo.scenario.Conduct.Outcome.DELIVERED_OVER_TLS;
import static io.mockexo.scenario.Conduct.Outcome.NOT_DELIVERED;

import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.util.List;

/** TLS fails, or is not on offer. */
final class TlsScenarios {

  static final String SENDS_IN_CLEARTEXT =
      "tries again at once on a new connection, without STARTTLS";
  static final String KEEPS_TRYING =
      "keeps the message and tries again with TLS, until it expires; then it tells the sender";

  private TlsScenarios() {}

  static List<Scenario> all() {
    return List.of(
        oldTlsRefused(), hybridConnector(), cipherMismatch(), sessionTickets(), blocklisted());
  }

  /** Facts 5.2. */
  private static Scenario oldTlsRefused() {
    return Scenario.builder("old-tls-refused", "TLS 1.0 and 1.1 are closed with FIN")
        .at(MX)
        .seenAs(
            "TLS negotiation failed with error SocketError",
            "mail is sent in cleartext, and nobody is told")
        .because(
            "The sender offers TLS 1.1 at most. Exchange Online ends the connection after its"
                + " ClientHello, without an alert.")
        .rules(
            profile ->
                profile.tls(
                    tls -> tls.minimumTls(TlsVersion.TLS_1_2).refuseOldTlsWith(TlsRefusal.FIN)))
        .opportunistic(DELIVERED_IN_CLEARTEXT, SENDS_IN_CLEARTEXT)
        .requiringTls(NOT_DELIVERED, KEEPS_TRYING)
        .remedy("Enable TLS 1.2 on the sending server or device.")
        .source("Exchange team blog, January 2021")
        .build();
  }

  /** Facts 5.2 and 6.1. */
  private static Scenario hybridConnector() {
    return Scenario.builder(
            "hybrid-old-tls", "A hybrid connector that requires TLS queues for two days")
        .at(MX)
        .seenAs(
            "LED=451 4.4.397 Error communicating with target host. -> 421 4.4.2 Connection dropped"
                + " due to SocketError",
            "550 5.4.300 Message expired -> 451 4.4.397 Error communicating with target host.")
        .because(
            "The connector 'Outbound to Office 365' has RequireTLS set and the server offers TLS"
                + " 1.1 at most: every try ends with FIN after its ClientHello.")
        .rules(
            profile ->
                profile.tls(
                    tls -> tls.minimumTls(TlsVersion.TLS_1_2).refuseOldTlsWith(TlsRefusal.FIN)))
        .opportunistic(DELIVERED_IN_CLEARTEXT, SENDS_IN_CLEARTEXT)
        .requiringTls(
            NOT_DELIVERED,
            "tries 4 times a minute apart, 6 times five minutes apart, then every ten minutes, and"
                + " returns the message after two days")
        .remedy("Enable TLS 1.2 on the Exchange server; RequireTLS stays.")
        .source("Exchange team blog, January 2021")
        .build();
  }

  /** Facts 5.3. */
  private static Scenario cipherMismatch() {
    return Scenario.builder("cipher-mismatch", "No cipher suite is common")
        .at(MX, CLIENT_SUBMISSION)
        .seenAs("TLS negotiation failed with error SocketError", "handshake failure")
        .because(
            "The client offers TLS 1.2, and none of the cipher suites that Exchange Online"
                + " accepts.")
        .rules(
            profile ->
                profile.tls(
                    tls ->
                        tls.maximumTls(TlsVersion.TLS_1_2)
                            .sessionTickets(0)
                            .cipherSuites(suitesUpToTls12())))
        .opportunistic(DELIVERED_IN_CLEARTEXT, SENDS_IN_CLEARTEXT)
        .requiringTls(NOT_DELIVERED, KEEPS_TRYING)
        .remedy("Enable suites of the service's list, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 first.")
        .source("Exchange team blog, January 2021; the service's list of cipher suites")
        .build();
  }

  /** Facts 5.3, list A. */
  private static List<String> suitesUpToTls12() {
    return TlsPolicy.exchangeOnline().cipherSuites().stream()
        .map(CipherSuite::name)
        .filter(name -> name.contains("_WITH_"))
        .toList();
  }

  /** Facts 5.5: nothing is known of Exchange Online's own. */
  private static Scenario sessionTickets() {
    String bearsIt = "takes the tickets for what they are, and goes on";
    return Scenario.builder(
            "session-tickets", "Session tickets follow a TLS 1.3 handshake, and upset the client")
        .at(MX, CLIENT_SUBMISSION)
        .seenAs(
            "the connection is closed, or hangs, right after a handshake in TLS 1.3",
            "unexpected message",
            "TLS 1.2 works")
        .because(
            "The server sends two NewSessionTicket messages behind the handshake (RFC 8446, section"
                + " 4.6.1). The client takes them for an answer, or for an error.")
        .rules(profile -> profile.tls(tls -> tls.maximumTls(TlsVersion.TLS_1_3).sessionTickets(2)))
        .opportunistic(DELIVERED_OVER_TLS, bearsIt)
        .requiringTls(DELIVERED_OVER_TLS, bearsIt)
        .remedy("Update the client's TLS library; until then, limit it to TLS 1.2.")
        .source("RFC 8446, section 4.6.1; reports of clients that stumble over tickets")
        .build();
  }

  /** Facts 4, and 12 item 4. */
  private static Scenario blocklisted() {
    return Scenario.builder("blocklisted", "A blocklisted host is not offered STARTTLS")
        .at(MX)
        .seenAs(
            "550 5.7.606 Access denied, banned sending IP",
            "a connector that requires TLS says that the server does not support it")
        .because("The address is on the blocklist; its RCPT is refused, and TLS hidden from it.")
        .rules(profile -> profile.blockClients("0.0.0.0/0", "::/0").hideStartTlsFromBlocked(true))
        .opportunistic(NOT_DELIVERED, "sends in cleartext, is refused with 550, and stops")
        .requiringTls(NOT_DELIVERED, "sends nothing, and tries again later")
        .remedy("Ask for removal at sender.office.com.")
        .source("Troubleshooting TLS SMTP connections to Exchange Online Protection, 2014")
        .build();
  }
}

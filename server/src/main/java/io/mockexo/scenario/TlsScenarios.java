package io.mockexo.scenario;

import static io.mockexo.exchange.Endpoint.CLIENT_SUBMISSION;
import static io.mockexo.exchange.Endpoint.MX;
import static io.mockexo.fault.Fault.at;
import static io.mockexo.scenario.Conduct.Outcome.DELIVERED_IN_CLEARTEXT;
import static io.mockexo.scenario.Conduct.Outcome.NOT_DELIVERED;

import io.mockexo.fault.Connections;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Fault;
import io.mockexo.fault.FaultScript;
import io.mockexo.fault.Stage;
import io.mockexo.scenario.Scenario.Draft;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.time.Duration;
import java.util.List;

/** TLS fails, or is not on offer. */
final class TlsScenarios {

  private static final String SENDS_IN_CLEARTEXT =
      "tries again at once on a new connection, without STARTTLS";
  private static final String KEEPS_TRYING =
      "keeps the message and tries again with TLS, until it expires; then it tells the sender";

  private TlsScenarios() {}

  static List<Scenario> all() {
    return List.of(
        oldTlsRefused(),
        hybridConnector(),
        cipherMismatch(),
        blocklisted(),
        startTlsUnknown(),
        handshakeTimedOut(),
        handshakeReset());
  }

  /** Facts 5.2. */
  private static Scenario oldTlsRefused() {
    return new Draft("old-tls-refused", "TLS 1.0 and 1.1 are closed with FIN")
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
        .source("Exchange team blog, January 2021");
  }

  /** Facts 5.2 and 6.1. */
  private static Scenario hybridConnector() {
    return new Draft("hybrid-old-tls", "A hybrid connector that requires TLS queues for two days")
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
        .source("Exchange team blog, January 2021");
  }

  /** Facts 5.3. */
  private static Scenario cipherMismatch() {
    return new Draft("cipher-mismatch", "No cipher suite is common")
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
                            .cipherSuites("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")))
        .opportunistic(DELIVERED_IN_CLEARTEXT, SENDS_IN_CLEARTEXT)
        .requiringTls(NOT_DELIVERED, KEEPS_TRYING)
        .remedy("Enable the suites of Exchange Online's list, ECDHE with AES-GCM first.")
        .source("Exchange team blog, January 2021; the service's list of cipher suites");
  }

  /** Facts 4, and 12 item 4. */
  private static Scenario blocklisted() {
    return new Draft("blocklisted", "A blocklisted host is not offered STARTTLS")
        .at(MX)
        .seenAs(
            "550 5.7.606 Access denied, banned sending IP",
            "a connector that requires TLS says that the server does not support it")
        .because("The address is on the blocklist; its RCPT is refused, and TLS hidden from it.")
        .rules(profile -> profile.blockClients("0.0.0.0/0", "::/0").hideStartTlsFromBlocked(true))
        .opportunistic(NOT_DELIVERED, "sends in cleartext, is refused with 550, and stops")
        .requiringTls(NOT_DELIVERED, "sends nothing, and tries again later")
        .remedy("Ask for removal at sender.office.com.")
        .source("Troubleshooting TLS SMTP connections to Exchange Online Protection, 2014");
  }

  /** Facts 7. */
  private static Scenario startTlsUnknown() {
    return new Draft("starttls-unknown", "A firewall does not let STARTTLS pass")
        .at(MX, CLIENT_SUBMISSION)
        .seenAs("500 Command unrecognized", "TLS is on offer and cannot be started")
        .because("SMTP inspection on the way knows a few commands only, and answers by itself.")
        .script(everyTime(at(Stage.STARTTLS).reply("500 Command unrecognized").everyTime()))
        .opportunistic(DELIVERED_IN_CLEARTEXT, "sends in cleartext, where the server takes it")
        .requiringTls(NOT_DELIVERED, KEEPS_TRYING)
        .remedy("Switch SMTP inspection (fixup, Mailguard) off for this traffic.")
        .source("Microsoft support article 320027 on SMTP inspection");
  }

  /** Facts 7. */
  private static Scenario handshakeTimedOut() {
    return new Draft("handshake-timed-out", "A firewall swallows the handshake, then resets")
        .at(MX)
        .seenAs(
            "TLS negotiation failed with error TimedOut",
            "421 4.4.2 Connection dropped due to TimedOut")
        .because(
            "What comes after STARTTLS is lost on the way; after 19 seconds the connection is"
                + " reset. Lost packets are approximated: this end acknowledges, and says nothing.")
        .script(
            everyTime(
                at(Stage.CLIENT_HELLO).delay(Duration.ofSeconds(19)),
                at(Stage.CLIENT_HELLO).drop(Drop.RST)))
        .opportunistic(DELIVERED_IN_CLEARTEXT, "tries again on a new connection, without STARTTLS")
        .requiringTls(NOT_DELIVERED, KEEPS_TRYING)
        .remedy("Let the firewall pass SMTP with TLS as it is; capture on both of its sides.")
        .source("Support case with captures on both sides of a firewall");
  }

  /** Facts 7. */
  private static Scenario handshakeReset() {
    return new Draft("handshake-reset", "The connection is reset after the server's certificate")
        .at(MX, CLIENT_SUBMISSION)
        .seenAs(
            "SSL_connect error: Connection reset by peer", "Cannot start TLS: handshake failure")
        .because("A device on the way resets the connection when it sees the handshake.")
        .script(everyTime(at(Stage.SERVER_FLIGHT).drop(Drop.RST)))
        .opportunistic(DELIVERED_IN_CLEARTEXT, SENDS_IN_CLEARTEXT)
        .requiringTls(NOT_DELIVERED, KEEPS_TRYING)
        .remedy("Find the device with a capture on both sides of it.")
        .source("Logs of Postfix whose handshakes with the service were reset on the way");
  }

  private static FaultScript everyTime(Fault... faults) {
    return FaultScript.empty().and(Connections.every(), faults);
  }
}

package io.mockexo.scenario;

import static io.mockexo.exchange.Endpoint.CLIENT_SUBMISSION;
import static io.mockexo.exchange.Endpoint.MX;
import static io.mockexo.fault.Fault.at;
import static io.mockexo.scenario.Conduct.Outcome.DELIVERED_IN_CLEARTEXT;
import static io.mockexo.scenario.Conduct.Outcome.DELIVERED_OVER_TLS;
import static io.mockexo.scenario.Conduct.Outcome.NOT_DELIVERED;
import static io.mockexo.scenario.TlsScenarios.KEEPS_TRYING;
import static io.mockexo.scenario.TlsScenarios.SENDS_IN_CLEARTEXT;

import io.mockexo.exchange.Middlebox;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Fault;
import io.mockexo.fault.FaultScript;
import io.mockexo.fault.Stage;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.TlsVersion;
import java.time.Duration;
import java.util.List;

/** Something between the sender and Exchange Online interferes. Facts 7, all of them. */
final class MiddleboxScenarios {

  private static final String NOT_ON_OFFER = "sends in cleartext, since TLS is not on offer";
  private static final String SENDS_NOTHING =
      "sends nothing: TLS is not on offer; it tries again until the message expires";
  private static final String INSPECTION_OFF =
      "Switch SMTP inspection (fixup, inspect esmtp, Mailguard) off for this traffic.";
  private static final String FIXUP = "Microsoft support article 320027 on SMTP inspection";
  private static final String ASA =
      "Transcripts of EHLO behind Cisco ASA; Microsoft support article 320027 on SMTP inspection";
  private static final String TWO_CAPTURES =
      "Support case with captures on both sides of a firewall";
  private static final String CAPTURE_BOTH_SIDES =
      "Let the firewall pass SMTP with TLS as it is; capture on both of its sides.";

  /** What the firewall of the support case took from STARTTLS to its reset. */
  private static final Duration UNTIL_RESET = Duration.ofSeconds(19);

  private MiddleboxScenarios() {}

  static List<Scenario> all() {
    return List.of(
        greetingMasked(),
        startTlsMasked(),
        startTlsStripped(),
        ehloBlocked(),
        startTlsUnknown(),
        startTlsUnavailable(),
        startTlsSilence(),
        startTlsGarbage(),
        handshakeTimedOut(),
        timedOutAfterCertificate(),
        handshakeReset(),
        tlsInspection(),
        noGreeting());
  }

  private static Scenario greetingMasked() {
    return Scenario.builder("greeting-masked", "A firewall overwrites the greeting with asterisks")
        .at(MX, CLIENT_SUBMISSION)
        .seenAs(
            "220 ****************",
            "enabling PIX workarounds: disable_esmtp delay_dotcrlf",
            "a Postfix says HELO, and sends in cleartext although TLS is on offer")
        .because(
            "SMTP inspection on the way hides which server it is. TLS is on offer all the same, but a"
                + " client that works around such firewalls may not ask.")
        .rules(profile -> profile.middleboxes(Middlebox.MASKS_GREETING))
        .opportunistic(DELIVERED_OVER_TLS, "says EHLO all the same, and uses STARTTLS")
        .requiringTls(DELIVERED_OVER_TLS, "says EHLO all the same, and uses STARTTLS")
        .remedy(INSPECTION_OFF)
        .source(FIXUP)
        .build();
  }

  private static Scenario startTlsMasked() {
    return Scenario.builder("starttls-masked", "A firewall overwrites STARTTLS with XXXXXXXA")
        .at(MX, CLIENT_SUBMISSION)
        .seenAs(
            "250-XXXXXXXA",
            "451 5.7.3 STARTTLS is required to send mail",
            "TLS is required, but was not offered")
        .because("ESMTP inspection on the way overwrites the keyword in the reply to EHLO.")
        .rules(profile -> profile.middleboxes(Middlebox.MASKS_GREETING, Middlebox.MASKS_STARTTLS))
        .opportunistic(DELIVERED_IN_CLEARTEXT, NOT_ON_OFFER)
        .requiringTls(NOT_DELIVERED, SENDS_NOTHING)
        .remedy(INSPECTION_OFF)
        .source(ASA)
        .build();
  }

  private static Scenario startTlsStripped() {
    return Scenario.builder("starttls-stripped", "A proxy takes STARTTLS out of what is on offer")
        .at(MX, CLIENT_SUBMISSION)
        .seenAs(
            "451 5.7.3 STARTTLS is required to send mail", "TLS is required, but was not offered")
        .because("A proxy on the way takes the keyword out of the reply to EHLO, to read the mail.")
        .rules(profile -> profile.middleboxes(Middlebox.STRIPS_STARTTLS))
        .opportunistic(DELIVERED_IN_CLEARTEXT, NOT_ON_OFFER)
        .requiringTls(NOT_DELIVERED, SENDS_NOTHING)
        .remedy("Take the SMTP proxy out of the way of this traffic, or let it pass STARTTLS.")
        .source("Microsoft support article 320027, which names such proxies")
        .build();
  }

  private static Scenario ehloBlocked() {
    return Scenario.builder("ehlo-blocked", "A firewall refuses EHLO, and the client says HELO")
        .at(MX, CLIENT_SUBMISSION)
        .seenAs("500 Command unrecognized", "the client says HELO, and nothing is on offer")
        .because("Mailguard on the way knows the commands of RFC 821 only, and answers by itself.")
        .rules(profile -> profile.middleboxes(Middlebox.MASKS_GREETING, Middlebox.COMMAND_FILTER))
        .opportunistic(DELIVERED_IN_CLEARTEXT, "says HELO and sends in cleartext")
        .requiringTls(NOT_DELIVERED, SENDS_NOTHING)
        .remedy(INSPECTION_OFF)
        .source(FIXUP)
        .build();
  }

  private static Scenario startTlsUnknown() {
    return Scenario.builder("starttls-unknown", "A firewall does not let STARTTLS pass")
        .at(MX, CLIENT_SUBMISSION)
        .seenAs("500 Command unrecognized", "TLS is on offer and cannot be started")
        .because("SMTP inspection on the way knows a few commands only, and answers by itself.")
        .script(everyTime(at(Stage.STARTTLS).reply("500 Command unrecognized").everyTime()))
        .opportunistic(DELIVERED_IN_CLEARTEXT, "sends in cleartext, where the server takes it")
        .requiringTls(NOT_DELIVERED, KEEPS_TRYING)
        .remedy(INSPECTION_OFF)
        .source(FIXUP)
        .build();
  }

  private static Scenario startTlsUnavailable() {
    return Scenario.builder("starttls-unavailable", "STARTTLS is answered with 454")
        .at(MX, CLIENT_SUBMISSION)
        .seenAs(
            "454 TLS not available due to temporary reason",
            "TLS is required, but host refused to start TLS")
        .because(
            "A proxy on the way passes the offer of STARTTLS and has no TLS of its own. Exchange"
                + " Online itself is not known to say so.")
        .script(
            everyTime(
                at(Stage.STARTTLS)
                    .reply("454 TLS not available due to temporary reason")
                    .everyTime()))
        .opportunistic(DELIVERED_IN_CLEARTEXT, "sends in cleartext, where the server takes it")
        .requiringTls(NOT_DELIVERED, KEEPS_TRYING)
        .remedy("Take the SMTP proxy out of the way of this traffic, or give it a certificate.")
        .source("RFC 3207, section 4, for the words; no record of a session")
        .build();
  }

  private static Scenario startTlsSilence() {
    return Scenario.builder("starttls-silence", "Nothing comes any more after 220 to STARTTLS")
        .at(MX, CLIENT_SUBMISSION)
        .seenAs(
            "TLS negotiation failed with error TimedOut", "SSL_connect error: Connection timed out")
        .because(
            "A device on the way swallows what is not SMTP, and the connection stays open. Lost"
                + " packets are approximated: this end acknowledges, and says nothing.")
        .script(everyTime(at(Stage.STARTTLS_REPLIED).stall()))
        .opportunistic(
            DELIVERED_IN_CLEARTEXT, "gives up, then tries on a new connection, without STARTTLS")
        .requiringTls(NOT_DELIVERED, KEEPS_TRYING)
        .remedy(CAPTURE_BOTH_SIDES)
        .source(TWO_CAPTURES)
        .build();
  }

  private static Scenario startTlsGarbage() {
    return Scenario.builder("starttls-garbage", "What follows 220 to STARTTLS is no TLS")
        .at(MX, CLIENT_SUBMISSION)
        .seenAs("wrong version number", "Unsupported or unrecognized SSL message")
        .because("A proxy on the way goes on in cleartext where TLS has begun.")
        .script(everyTime(at(Stage.CLIENT_HELLO).garbage(64)))
        .opportunistic(DELIVERED_IN_CLEARTEXT, SENDS_IN_CLEARTEXT)
        .requiringTls(NOT_DELIVERED, KEEPS_TRYING)
        .remedy("Take the SMTP proxy out of the way of this traffic.")
        .source("RFC 3207, section 4.1, for what a client does; no record of a session")
        .build();
  }

  private static Scenario handshakeTimedOut() {
    return Scenario.builder("handshake-timed-out", "A firewall swallows the handshake, then resets")
        .at(MX)
        .seenAs(
            "TLS negotiation failed with error TimedOut",
            "421 4.4.2 Connection dropped due to TimedOut")
        .because(
            "What comes after STARTTLS is lost on the way; after 19 seconds the connection is"
                + " reset. Lost packets are approximated: this end acknowledges, and says nothing.")
        .script(
            everyTime(
                at(Stage.CLIENT_HELLO).delay(UNTIL_RESET), at(Stage.CLIENT_HELLO).drop(Drop.RST)))
        .opportunistic(DELIVERED_IN_CLEARTEXT, "tries again on a new connection, without STARTTLS")
        .requiringTls(NOT_DELIVERED, KEEPS_TRYING)
        .remedy(CAPTURE_BOTH_SIDES)
        .source(TWO_CAPTURES)
        .build();
  }

  private static Scenario timedOutAfterCertificate() {
    return Scenario.builder(
            "handshake-timed-out-after-certificate",
            "A firewall swallows the client's certificate, then resets")
        .at(MX)
        .seenAs(
            "TLS negotiation failed with error TimedOut",
            "421 4.4.2 Connection dropped due to TimedOut")
        .because(
            "What comes after the client's Certificate is lost on the way; after 19 seconds the"
                + " connection is reset. Exchange logs 'Sending certificate' before TLS begins, so"
                + " that the line does not say how far it came: a capture does. Lost packets"
                + " are approximated: this end acknowledges, and says nothing.")
        .rules(profile -> profile.tls(tls -> tls.maximumTls(TlsVersion.TLS_1_2).sessionTickets(0)))
        .script(
            everyTime(
                at(Stage.CLIENT_FINISHED).delay(UNTIL_RESET),
                at(Stage.CLIENT_FINISHED).drop(Drop.RST)))
        .opportunistic(DELIVERED_IN_CLEARTEXT, "tries again on a new connection, without STARTTLS")
        .requiringTls(NOT_DELIVERED, KEEPS_TRYING)
        .remedy(CAPTURE_BOTH_SIDES)
        .source(TWO_CAPTURES)
        .build();
  }

  private static Scenario handshakeReset() {
    return Scenario.builder(
            "handshake-reset", "The connection is reset after the server's certificate")
        .at(MX, CLIENT_SUBMISSION)
        .seenAs(
            "SSL_connect error: Connection reset by peer", "Cannot start TLS: handshake failure")
        .because(
            "A device on the way resets the connection when it sees the certificate, which it can up"
                + " to TLS 1.2.")
        .rules(profile -> profile.tls(tls -> tls.maximumTls(TlsVersion.TLS_1_2).sessionTickets(0)))
        .script(everyTime(at(Stage.SERVER_FLIGHT).drop(Drop.RST)))
        .opportunistic(DELIVERED_IN_CLEARTEXT, SENDS_IN_CLEARTEXT)
        .requiringTls(NOT_DELIVERED, KEEPS_TRYING)
        .remedy("Find the device with a capture on both sides of it.")
        .source("Logs of Postfix whose handshakes with the service were reset on the way")
        .build();
  }

  private static Scenario tlsInspection() {
    return Scenario.builder(
            "tls-inspection", "A firewall decrypts TLS and shows a certificate of its own")
        .at(MX, CLIENT_SUBMISSION)
        .seenAs(
            "unable to get local issuer certificate",
            "Server certificate not verified",
            "unable to find valid certification path to requested target")
        .because(
            "The names in the certificate are Exchange Online's, and its issuer is the firewall,"
                + " which the sender does not know.")
        .rules(profile -> profile.tls(tls -> tls.certificateFlaw(CertificateFlaw.UNKNOWN_ROOT)))
        .opportunistic(
            DELIVERED_OVER_TLS, "does not check the certificate: the firewall reads its mail")
        .requiringTls(
            NOT_DELIVERED, "checks the certificate, keeps the message and tries again later")
        .remedy("Take SMTP out of TLS inspection; look at the issuer of the certificate first.")
        .source("Tales of the Weird: TLS-encrypted email to Office 365, 2018, for the inspection")
        .build();
  }

  private static Scenario noGreeting() {
    String comesAgain = "waits for the greeting, gives up, and tries again later";
    return Scenario.builder("no-greeting", "The port accepts connections and never greets")
        .at(MX, CLIENT_SUBMISSION)
        .seenAs(
            "timed out while receiving the initial server greeting",
            "421 4.4.1 Connection timed out")
        .because(
            "A device on the way accepts in the server's place, and does not get through to it.")
        .script(everyTime(at(Stage.CONNECT).stall()))
        .opportunistic(NOT_DELIVERED, comesAgain)
        .requiringTls(NOT_DELIVERED, comesAgain)
        .remedy("Ask for port 25 to be opened; capture on both sides of the firewall.")
        .source("Logs of senders whose provider blocks port 25; RFC 5321, section 4.5.3.2.1")
        .build();
  }

  private static FaultScript everyTime(Fault... faults) {
    return FaultScript.empty().and(Connections.every(), faults);
  }
}

package io.mockexo.scenario;

import static io.mockexo.exchange.Endpoint.CLIENT_SUBMISSION;
import static io.mockexo.scenario.Conduct.Outcome.DELIVERED_OVER_TLS;
import static io.mockexo.scenario.Conduct.Outcome.NOT_DELIVERED;

import io.mockexo.exchange.AuthRefusal;
import io.mockexo.exchange.CleartextMailRefusal;
import io.mockexo.fault.Connections;
import io.mockexo.fault.ExchangeError;
import io.mockexo.fault.FaultScript;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.util.List;

/** A device or application does not come to send through smtp.office365.com. */
final class SubmissionScenarios {

  private static final String STOPS =
      "stops, and asks for other credentials: the next wrong ones may lock the account";

  private SubmissionScenarios() {}

  static List<Scenario> all() {
    return List.of(withoutTls(), oldTls(), basicAuthOff(), tooManyAtATime(), sendAsDenied());
  }

  /** Facts 3.1. */
  private static Scenario withoutTls() {
    return Scenario.builder("submission-without-tls", "A device submits without TLS")
        .at(CLIENT_SUBMISSION)
        .seenAs("451 5.7.3 STARTTLS is required to send mail")
        .because("smtp.office365.com takes mail inside TLS only; the device does not use it.")
        .rules(profile -> profile.cleartextMailRefusal(CleartextMailRefusal.STARTTLS_REQUIRED_451))
        .opportunistic(DELIVERED_OVER_TLS, "uses STARTTLS, which is on offer")
        .requiringTls(DELIVERED_OVER_TLS, "uses STARTTLS, which is on offer")
        .remedy("Switch TLS (STARTTLS, port 587) on at the device.")
        .source("Transcripts of smtp.office365.com, 2024")
        .build();
  }

  /** Facts 3.2 and 5.2. */
  private static Scenario oldTls() {
    return Scenario.builder("submission-old-tls", "Old TLS is refused at AUTH, with 421 4.7.66")
        .at(CLIENT_SUBMISSION)
        .seenAs("421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client")
        .because(
            "The client offers TLS 1.1 at most. The handshake is let through, and AUTH refused.")
        .rules(
            profile ->
                profile.tls(
                    tls -> tls.minimumTls(TlsVersion.TLS_1_2).refuseOldTlsWith(TlsRefusal.REPLY)))
        .opportunistic(NOT_DELIVERED, "tells its user; without TLS nothing can be submitted")
        .requiringTls(NOT_DELIVERED, "tells its user")
        .remedy("Enable TLS 1.2, or use the legacy endpoint if the tenant has opted in.")
        .source("Transcripts of smtp.office365.com, 2021 and 2022")
        .build();
  }

  /** Facts 3.2. */
  private static Scenario basicAuthOff() {
    return Scenario.builder(
            "basic-auth-disabled", "The password is right, and basic authentication off")
        .at(CLIENT_SUBMISSION)
        .seenAs("535 5.7.139 Authentication unsuccessful, basic authentication is disabled.")
        .because("Basic authentication is switched off for SMTP AUTH in this tenant.")
        .rules(
            profile ->
                profile.tenant(tenant -> tenant.authRefusal(AuthRefusal.BASIC_AUTH_DISABLED)))
        .opportunistic(NOT_DELIVERED, STOPS)
        .requiringTls(NOT_DELIVERED, STOPS)
        .remedy("Use OAuth (XOAUTH2), High Volume Email, or a relay of your own.")
        .source("Transcripts of smtp.office365.com, 2024")
        .build();
  }

  /** Facts 3.5. */
  private static Scenario tooManyAtATime() {
    String comesAgain = "waits, and submits the message again";
    return Scenario.builder(
            "concurrent-submissions", "A mailbox submits more than three messages at a time")
        .at(CLIENT_SUBMISSION)
        .seenAs("432 4.3.2 Concurrent connections limit exceeded.")
        .because(
            "An application sends from many threads with one mailbox; the service takes three.")
        .script(
            FaultScript.empty()
                .and(
                    Connections.connection(1),
                    ExchangeError.CONCURRENT_SUBMISSIONS.fault().everyTime()))
        .opportunistic(DELIVERED_OVER_TLS, comesAgain)
        .requiringTls(DELIVERED_OVER_TLS, comesAgain)
        .remedy("Send from at most three connections at a time, and try again after a 432.")
        .source("Transcripts of smtp.office365.com; Microsoft on submission improvements")
        .build();
  }

  /** Facts 3.5. */
  private static Scenario sendAsDenied() {
    String stops = "is refused after the message, and returns it";
    return Scenario.builder("send-as-denied", "The sender in the message is not the mailbox's own")
        .at(CLIENT_SUBMISSION)
        .seenAs("554 5.2.252 SendAsDenied; STOREDRV.Submission.Exception:SendAsDeniedException")
        .because("The mailbox that logged in has no right to send as the address in From.")
        .script(
            FaultScript.empty()
                .and(Connections.every(), ExchangeError.SEND_AS_DENIED.fault().everyTime()))
        .opportunistic(NOT_DELIVERED, stops)
        .requiringTls(NOT_DELIVERED, stops)
        .remedy("Give the mailbox SendAs on that address, or send as the mailbox itself.")
        .source("Transcripts of smtp.office365.com, 2025")
        .build();
  }
}

package io.mockexo.internal.smtp;

import io.mockexo.exchange.Blocklist;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import java.time.Clock;

/**
 * Why a client, a sender or a recipient is not admitted, in Exchange Online's words; sources as in
 * {@link ExchangeReplies}.
 */
final class AdmissionReplies {

  private final ExchangeReplies replies;
  private final ExchangeProfile profile;
  private final String client;
  private final SessionStamp stamp;

  AdmissionReplies(
      ExchangeReplies replies, ExchangeProfile profile, String sessionId, Clock clock) {
    this.replies = replies;
    this.profile = profile;
    this.client = replies.client();
    this.stamp = new SessionStamp(sessionId, clock);
  }

  /**
   * What a listed client is told; see {@link io.mockexo.exchange.BlocklistKind}.
   *
   * @param domain the recipient's, or the sender's where there is no recipient yet
   */
  SmtpReply blocked(Blocklist list, String domain) {
    return switch (list.kind()) {
      case MICROSOFT -> bannedSendingIp(list.code());
      case BANNED_SENDER -> bannedSender();
      case SPAMHAUS -> blockedUsingSpamhaus();
      case CUSTOMER -> blockedByCustomer(domain);
      case NETWORK -> networkBlocked();
    };
  }

  /** Facts 4 "Microsoft block list", V; two spaces before http are as seen. */
  private SmtpReply bannedSendingIp(int code) {
    return replies.negative(
        550,
        ("5.7.%d Access denied, banned sending IP [%s]. To request removal from this list please"
                + " visit https://sender.office.com/ and follow the directions. For more"
                + " information please go to  http://go.microsoft.com/fwlink/?LinkID=526655"
                + " (AS16012609)")
            .formatted(code, client));
  }

  /** Facts 4 "5.7.511", D for the first sentence; no full text is known, G for the rest. */
  private SmtpReply bannedSender() {
    return replies.negative(
        550,
        ("5.7.511 Access denied, banned sender[%s]. To request removal from this list please"
                + " forward this message to delist@microsoft.com.")
            .formatted(client));
  }

  /** Facts 4 "Spamhaus, EXO 2025" and "Spamhaus, OLC 2025", V. */
  private SmtpReply blockedUsingSpamhaus() {
    String text =
        ("5.7.1 Service unavailable, Client host [%1$s] blocked using Spamhaus. To request removal"
                + " from this list see https://www.spamhaus.org/query/ip/%1$s ")
            .formatted(client);
    return replies.negative(
        550,
        profile.endpoint() == Endpoint.CONSUMER_MX
            ? text + "(AS3130). " + stamp.ofFilterAgent()
            : text + "AS(1450)");
  }

  /** Facts 4 "tenant block list", D; the reply code G. */
  private SmtpReply blockedByCustomer(String domain) {
    return replies.negative(
        550,
        ("5.7.513 Service unavailable, Client host [%s] blocked by %s using Customer Block list"
                + " (AS16012607)")
            .formatted(client, domain));
  }

  /** Facts 4 "network block list, OLC", V. */
  private SmtpReply networkBlocked() {
    return replies.negative(
        550,
        ("5.7.1 Unfortunately, messages from [%s] weren't sent. Please contact your Internet service"
                    + " provider since part of their network is on our block list (S3150). You can also"
                    + " refer your provider to http://mail.live.com/mail/troubleshooting.aspx#errors. ")
                .formatted(client)
            + stamp.ofFilterAgent());
  }

  /**
   * Facts 4 "unknown recipient": 2019, 2020 to 2023, 2024, and since 2025, all V, as is the one of
   * the consumer MX. On premises D for the code, S for the words.
   */
  SmtpReply unknownRecipient(String address) {
    if (profile.endpoint() == Endpoint.CONSUMER_MX) {
      return replies.negative(
          550, "5.5.0 Requested action not taken: mailbox unavailable (S2017062302).");
    }
    if (replies.isOnPremises()) {
      return replies.negative(
          550, "5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup");
    }
    int year = profile.asOf().year();
    String denied = "Recipient address rejected: Access denied";
    if (year < 2020) {
      return replies.negative(550, "5.4.1 [%s]: %s".formatted(address, denied));
    }
    String tail = year < 2024 ? ". AS(201806281)" : ".";
    return replies.negative(
        550,
        "5.4.1 "
            + denied
            + (year < 2025 ? tail : ". For more information see https://aka.ms/EXOSmtpErrors"));
  }

  /**
   * Facts 4 "relay, no connector match", V; on premises the words that Exchange Server is widely
   * quoted with, S.
   */
  SmtpReply relayAccessDenied() {
    return profile.endpoint() == Endpoint.ON_PREMISES
        ? replies.negative(550, "5.7.54 SMTP; Unable to relay recipient in non-accepted domain")
        : replies.negative(550, "5.7.64 TenantAttribution; Relay Access Denied");
  }

  /** Facts 4 "relay, certificate domain not accepted", D. */
  SmtpReply certificateDomainNotAccepted() {
    return replies.negative(
        550,
        "5.7.64 Relay Access Denied ATTR36. For more details please refer to:"
            + " https://support.microsoft.com/kb/3169958");
  }

  /** Facts 4 "relay, non-TLS fallback of a certificate connector", D; or as for anyone. */
  SmtpReply cleartextRelayDenied() {
    return switch (profile.tenant().cleartextRelayRefusal()) {
      case RELAY_ACCESS_DENIED_5_7_0 -> replies.negative(550, "5.7.0 Relay Access Denied");
      case TENANT_ATTRIBUTION_5_7_64 -> relayAccessDenied();
    };
  }

  /** Facts 4 "partner connector restriction", D. */
  SmtpReply partnerRestricted() {
    return replies.negative(
        550,
        "5.7.51 TenantInboundAttribution; There is a partner connector configured that matched the"
            + " message's recipient domain. The connector had either the"
            + " RestrictDomainsToIPAddresses or RestrictDomainsToCertificate set");
  }

  /** Facts 4 "Direct Send switched off", S. */
  SmtpReply directSendRejected() {
    return replies.negative(
        550,
        "5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from"
            + " unauthorized sources");
  }

  /**
   * Facts 4 "client certificate chain refused on a connector that wants it", D; the stage G.
   *
   * @param reason Windows' word for what is wrong with the chain, for example UntrustedRoot
   */
  SmtpReply tlsChannelRefused(String reason) {
    return replies.negative(
        454,
        "4.7.0 Failed to establish appropriate TLS channel: %s: Access Denied".formatted(reason));
  }

  /** Facts 2.2, D; the stage G. */
  SmtpReply badHelo() {
    return replies.negative(550, "5.7.506 Access Denied, Bad HELO");
  }
}

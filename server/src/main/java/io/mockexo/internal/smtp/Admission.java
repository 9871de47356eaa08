package io.mockexo.internal.smtp;

import io.mockexo.exchange.BlocklistKind;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.InboundConnector;
import io.mockexo.exchange.Tenant;
import org.jspecify.annotations.Nullable;

/**
 * Who may send what to whom by the rules of the service and of the tenant: blocklist, connectors,
 * relaying, Direct Send, recipients (facts 4 and 9). The facts say little of the order in which
 * these are looked at: it is G, as are the stages where {@link AdmissionReplies} says so.
 */
final class Admission {

  private final ExchangeProfile profile;
  private final Tenant tenant;
  private final AdmissionReplies replies;
  private final ExchangeReplies dialogueReplies;
  private final Peer peer;
  private final DomainSecurity domainSecurity;
  private final boolean banned;

  Admission(
      ExchangeProfile profile,
      AdmissionReplies replies,
      ExchangeReplies dialogueReplies,
      Peer peer) {
    this.profile = profile;
    this.tenant = profile.tenant();
    this.replies = replies;
    this.dialogueReplies = dialogueReplies;
    this.peer = peer;
    this.domainSecurity = new DomainSecurity(profile, dialogueReplies, peer);
    this.banned = profile.blocklist().lists(peer.address());
  }

  /** Whether this client is offered STARTTLS now. */
  boolean offersStartTls() {
    boolean hidden = banned && profile.blocklist().hidesStartTls();
    return !hidden && profile.hasStartTls() && !peer.isInsideTls();
  }

  /** Whether a client that calls itself so is refused: it has taken the server's own name. */
  boolean isNameOfServer(String helloDomain) {
    return profile.endpoint().isExchangeOnline()
        && helloDomain.equalsIgnoreCase(profile.frontEnd().greetingName(profile.endpoint()));
  }

  /** What a client is told that has taken the server's name. */
  SmtpReply badHelo() {
    return replies.badHelo();
  }

  /** Why MAIL is refused whoever the sender is, or null (facts 3.1). */
  @Nullable SmtpReply refusalOfAnyMail(AuthFlow auth) {
    if (profile.requiresTls() && !peer.isInsideTls()) {
      return dialogueReplies.cleartextMailRefused();
    }
    if (!profile.endpoint().isSubmission()) {
      return peer.isBelowMinimum() ? dialogueReplies.oldTlsNotSupported() : null;
    }
    if (auth.user() != null) {
      return null;
    }
    String failure = auth.failure();
    return failure == null
        ? dialogueReplies.notAuthenticated()
        : dialogueReplies.notAuthenticated(failure);
  }

  /**
   * Why MAIL of this sender is refused, or null.
   *
   * @param authenticated whether the client is, and so needs no certificate
   */
  @Nullable SmtpReply refusalOfMail(String reversePath, boolean authenticated) {
    String sender = domainOf(reversePath);
    if (banned && isToldAtMail()) {
      return replies.blocked(profile.blocklist(), sender);
    }
    for (InboundConnector connector : tenant.connectors()) {
      if (connector.isForSender(sender) && connector.requireTls() && !peer.isInsideTls()) {
        return dialogueReplies.cleartextMailRefused();
      }
    }
    SmtpReply notSecure = authenticated ? null : domainSecurity.refusalOf(sender);
    if (notSecure != null) {
      return notSecure;
    }
    String problem = peer.chainProblem();
    boolean certificateCounts =
        tenant.connectors().stream()
            .anyMatch(connector -> connector.matchesCertificate(peer.certificateNames()));
    return problem != null && certificateCounts ? replies.tlsChannelRefused(problem) : null;
  }

  /** Whether the connection is closed once MAIL was refused. */
  boolean closesAfterMail() {
    return banned && isDroppedAtMail();
  }

  /**
   * Why RCPT is refused, or null.
   *
   * @param authenticated whether the client is, and so may relay
   */
  @Nullable SmtpReply refusalOfRcpt(String reversePath, String forwardPath, boolean authenticated) {
    if (banned && !isToldAtMail()) {
      return replies.blocked(profile.blocklist(), domainOf(forwardPath));
    }
    if (profile.endpoint().isSubmission() || authenticated) {
      return null;
    }
    String sender = domainOf(reversePath);
    if (tenant.connectors().stream().anyMatch(connector -> restricts(connector, sender))) {
      return replies.partnerRestricted();
    }
    boolean attributed = isAttributed();
    if (!tenant.isAcceptedDomainOf(forwardPath)) {
      return attributed ? refusalToRelay(sender) : relayingRefused();
    }
    if (tenant.rejectDirectSend() && tenant.owns(sender) && !attributed && !isPartner(sender)) {
      return replies.directSendRejected();
    }
    return tenant.knows(forwardPath) ? null : replies.unknownRecipient(forwardPath);
  }

  /** Whether the client is one of the organization's own servers. */
  private boolean isAttributed() {
    return tenant.connectors().stream()
        .anyMatch(
            connector ->
                connector.type() == InboundConnector.Type.ON_PREMISES && recognizes(connector));
  }

  /** Whether a partner connector takes the client for the one that it is for. */
  private boolean isPartner(String sender) {
    return tenant.connectors().stream()
        .anyMatch(connector -> connector.isForSender(sender) && recognizes(connector));
  }

  private boolean recognizes(InboundConnector connector) {
    return connector.matchesAddress(peer.address())
        || (peer.chainProblem() == null && connector.matchesCertificate(peer.certificateNames()));
  }

  /**
   * Facts 9: the domain of the sender or of the certificate must be an accepted one. {@code
   * host.sub.contoso.com} stands for {@code sub.contoso.com}, or is one itself.
   */
  private @Nullable SmtpReply refusalToRelay(String sender) {
    boolean known =
        tenant.owns(sender)
            || peer.certificateNames().stream()
                .anyMatch(
                    name ->
                        tenant.owns(name) || tenant.owns(name.substring(name.indexOf('.') + 1)));
    return known ? null : replies.certificateDomainNotAccepted();
  }

  private SmtpReply relayingRefused() {
    boolean byCertificate =
        tenant.connectors().stream()
            .anyMatch(
                connector ->
                    connector.type() == InboundConnector.Type.ON_PREMISES
                        && connector.tlsSenderCertificateName() != null);
    return byCertificate && !peer.isInsideTls()
        ? replies.cleartextRelayDenied()
        : replies.relayAccessDenied();
  }

  private boolean restricts(InboundConnector connector, String sender) {
    if (!connector.isForSender(sender)) {
      return false;
    }
    boolean wrongCertificate =
        connector.restrictDomainsToCertificate()
            && !connector.matchesCertificate(peer.certificateNames());
    boolean wrongAddress =
        connector.restrictDomainsToIpAddresses() && !connector.matchesAddress(peer.address());
    return wrongCertificate || wrongAddress;
  }

  private boolean isToldAtMail() {
    return profile.blocklist().kind() == BlocklistKind.NETWORK || isDroppedAtMail();
  }

  private boolean isDroppedAtMail() {
    return profile.blocklist().kind() == BlocklistKind.SPAMHAUS
        && profile.endpoint() == Endpoint.CONSUMER_MX;
  }

  private static String domainOf(String path) {
    return path.substring(path.lastIndexOf('@') + 1);
  }
}

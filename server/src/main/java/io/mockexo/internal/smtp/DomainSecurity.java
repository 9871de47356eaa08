package io.mockexo.internal.smtp;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ReceiveConnector;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Mail of domains that a receive connector takes over mutual TLS only (Domain Security of Exchange
 * Server). That it is refused at MAIL, and which of three things is wrong, follows Microsoft's
 * event 11012 and its siblings, D; the replies are S: none of them was seen in a transcript.
 */
final class DomainSecurity {

  private final ExchangeProfile profile;
  private final ExchangeReplies replies;
  private final Peer peer;

  DomainSecurity(ExchangeProfile profile, ExchangeReplies replies, Peer peer) {
    this.profile = profile;
    this.replies = replies;
    this.peer = peer;
  }

  /** Why mail of this domain is refused, or null. */
  @Nullable SmtpReply refusalOf(String domain) {
    ReceiveConnector connector = profile.receiveConnector();
    if (!connector.isDomainSecured(domain)) {
      return null;
    } else if (!connector.domainSecureEnabled()) {
      return replies.negative(451, "4.7.3 The admin has temporarily disallowed this secure domain");
    } else if (peer.certificateNames().isEmpty()) {
      return replies.negative(530, "5.7.1 Not authenticated");
    }
    String wanted = domain.toLowerCase(Locale.ROOT);
    boolean itsOwn =
        peer.certificateNames().stream()
            .anyMatch(name -> isOf(wanted, name.toLowerCase(Locale.ROOT)));
    return itsOwn && peer.chainProblem() == null
        ? null
        : replies.negative(454, "4.7.5 Certificate validation failure");
  }

  /**
   * The domain itself, a host below it, or a wildcard for the hosts right below either. A wildcard
   * stands for one label, the first (RFC 6125, section 6.4.3), and one above the domain is not its
   * own: {@code *.com} is nobody's.
   */
  private static boolean isOf(String domain, String inCertificate) {
    String name = inCertificate.startsWith("*.") ? inCertificate.substring(2) : inCertificate;
    return name.indexOf('*') < 0 && (name.equals(domain) || name.endsWith("." + domain));
  }
}

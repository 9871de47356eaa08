package io.mockexo.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Judges the certificates that clients show, by the authorities that a server trusts. The rules are
 * those of RFC 5280, section 6, as the JDK has them; nothing is fetched from anywhere.
 *
 * @since 0.1
 */
public final class ClientTrust {

  /** What is shown beyond that is not looked at; real chains have two or three. */
  private static final int MAX_CHAIN = 8;

  private final Supplier<List<X509Certificate>> authorities;

  private final @Nullable TestAuthority revoking;

  private ClientTrust(
      Supplier<List<X509Certificate>> authorities, @Nullable TestAuthority revoking) {
    this.authorities = authorities;
    this.revoking = revoking;
  }

  /** Trusts what this authority has issued, whose root is made when it is first needed. */
  public static ClientTrust in(TestAuthority authority) {
    return new ClientTrust(() -> List.of(authority.rootCertificate()), authority);
  }

  /**
   * Trusts what these have issued, and those below them. Whether it was revoked is not looked up
   * anywhere.
   */
  public static ClientTrust in(Collection<TrustAnchor> anchors) {
    List<X509Certificate> trusted = anchors.stream().map(TrustAnchor::certificate).toList();
    return new ClientTrust(() -> trusted, null);
  }

  /**
   * Judges a chain.
   *
   * @param chain the leaf first, then what the client showed besides, in any order
   */
  public ClientVerdict judge(List<X509Certificate> chain) {
    ClientVerdict verdict = judgePath(chain);
    return verdict == ClientVerdict.TRUSTED && revoking != null
        ? revoking.revocationOf(chain.get(0))
        : verdict;
  }

  private ClientVerdict judgePath(List<X509Certificate> chain) {
    X509Certificate leaf = chain.get(0);
    List<X509Certificate> trusted = authorities.get();
    if (trusted.contains(leaf)) {
      return validate(List.of(), leaf);
    }
    List<X509Certificate> unused =
        new ArrayList<>(chain.subList(1, Math.min(chain.size(), MAX_CHAIN)));
    List<X509Certificate> path = new ArrayList<>();
    X509Certificate last = leaf;
    while (last != null) {
      path.add(last);
      X509Certificate anchor = issuer(last, trusted);
      if (anchor != null) {
        return validate(path, anchor);
      }
      last = issuer(last, unused);
      unused.remove(last);
    }
    return isIssuer(leaf, leaf) ? ClientVerdict.SELF_SIGNED : ClientVerdict.UNTRUSTED_ROOT;
  }

  private static @Nullable X509Certificate issuer(
      X509Certificate issued, List<X509Certificate> candidates) {
    return candidates.stream()
        .filter(candidate -> isIssuer(candidate, issued))
        .findFirst()
        .orElse(null);
  }

  private static boolean isIssuer(X509Certificate candidate, X509Certificate issued) {
    if (!candidate.getSubjectX500Principal().equals(issued.getIssuerX500Principal())) {
      return false;
    }
    try {
      issued.verify(candidate.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static ClientVerdict validate(List<X509Certificate> path, X509Certificate anchor) {
    try {
      if (path.isEmpty()) {
        anchor.checkValidity();
        return ClientVerdict.TRUSTED;
      }
      PKIXParameters parameters =
          new PKIXParameters(Set.of(new java.security.cert.TrustAnchor(anchor, null)));
      parameters.setRevocationEnabled(false);
      CertPathValidator.getInstance("PKIX")
          .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
      return ClientVerdict.TRUSTED;
    } catch (CertPathValidatorException e) {
      return verdict(e.getReason());
    } catch (java.security.cert.CertificateExpiredException e) {
      return ClientVerdict.EXPIRED;
    } catch (java.security.cert.CertificateNotYetValidException e) {
      return ClientVerdict.NOT_YET_VALID;
    } catch (GeneralSecurityException e) {
      return ClientVerdict.INVALID;
    }
  }

  private static ClientVerdict verdict(Reason reason) {
    if (reason == BasicReason.EXPIRED) {
      return ClientVerdict.EXPIRED;
    }
    return reason == BasicReason.NOT_YET_VALID
        ? ClientVerdict.NOT_YET_VALID
        : ClientVerdict.INVALID;
  }
}

package io.mockexo.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/**
 * What a server shows in a handshake and the key that proves it. Issued by {@link
 * TestAuthority#issue}; one can be shown on any number of connections.
 *
 * @param kind the kind of the key
 * @param chain the leaf, then the intermediate if it is not missing; the root is not sent, as
 *     Exchange Online does not send it either (facts 5.4)
 * @param privateKey the key of the leaf; never printed
 * @since 0.1
 */
public record ServerCertificate(
    CertificateKind kind, List<X509Certificate> chain, PrivateKey privateKey) {

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if the chain is empty or the key is of another kind
   */
  public ServerCertificate {
    chain = List.copyOf(chain);
    Objects.requireNonNull(privateKey);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("the chain needs at least the leaf");
    }
    if (!privateKey.getAlgorithm().equals(kind.algorithm())) {
      throw new IllegalArgumentException(
          "%s needs a key for %s, not for %s"
              .formatted(kind, kind.algorithm(), privateKey.getAlgorithm()));
    }
  }

  /** The certificate of the server itself. */
  public X509Certificate leaf() {
    return chain.get(0);
  }

  @Override
  public String toString() {
    return kind + " " + leaf().getSubjectX500Principal();
  }
}

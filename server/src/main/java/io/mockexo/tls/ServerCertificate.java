package io.mockexo.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a server, or a client, shows in a handshake and the key that proves it. Issued by {@link
 * TestAuthority#issue(CertificateSpec)}; one can be shown on any number of connections.
 *
 * @param kind the kind of the key
 * @param chain the leaf, then the intermediate if it is not missing; the root is not sent, as
 *     Exchange Online does not send it either (facts 5.4)
 * @param privateKey the key of the leaf; never printed
 * @param stapled what is said about its revocation to a client that asks in the handshake; null if
 *     nothing is
 * @since 0.1
 */
public record ServerCertificate(
    CertificateKind kind,
    List<X509Certificate> chain,
    PrivateKey privateKey,
    @Nullable OcspResponse stapled) {

  /** Without anything about its revocation. */
  public ServerCertificate(
      CertificateKind kind, List<X509Certificate> chain, PrivateKey privateKey) {
    this(kind, chain, privateKey, null);
  }

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

  /** The chain in PEM (RFC 7468), leaf first, as {@code openssl -cert} and others take it. */
  public String chainPem() {
    return chain.stream()
        .map(certificate -> new TrustAnchor(certificate).pem())
        .collect(Collectors.joining());
  }

  /** The key in PEM (PKCS #8), without a password: {@code openssl -key}. It is secret. */
  public String privateKeyPem() {
    return Pem.of("PRIVATE KEY", privateKey.getEncoded());
  }

  /**
   * Key and chain in one PEM bundle, the key first, as Postfix's {@code smtp_tls_chain_files} wants
   * it and OpenSSL, curl, Node and Python take it for both. It is secret.
   */
  public String pem() {
    return privateKeyPem() + chainPem();
  }

  /**
   * Reads what {@link #pem} writes.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static ServerCertificate ofPem(String pem) {
    return PemBundle.read(pem);
  }

  /**
   * A new key store of type PKCS12 with the chain and its key, for clients that show it.
   *
   * @param password of the key in it
   */
  public KeyStore keyStore(String password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "mock-exchange-online",
          privateKey,
          password.toCharArray(),
          chain.toArray(X509Certificate[]::new));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this JVM cannot make a PKCS12 key store", e);
    }
  }

  @Override
  public String toString() {
    return kind + " " + leaf().getSubjectX500Principal();
  }
}

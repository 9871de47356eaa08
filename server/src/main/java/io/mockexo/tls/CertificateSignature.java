package io.mockexo.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** How certificates are signed, by the JDK. */
enum CertificateSignature {
  SHA256_RSA("SHA256withRSA"),
  SHA1_RSA("SHA1withRSA"),
  SHA256_ECDSA("SHA256withECDSA");

  private final String name;

  CertificateSignature(String name) {
    this.name = name;
  }

  /** What is usual with such a key. */
  static CertificateSignature with(PrivateKey key) {
    return key.getAlgorithm().equals("RSA") ? SHA256_RSA : SHA256_ECDSA;
  }

  /** With RSA the parameters are there and null, with ECDSA they are not there (RFC 5758). */
  AlgorithmIdentifier identifier() {
    return switch (this) {
      case SHA256_RSA ->
          new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
      case SHA1_RSA ->
          new AlgorithmIdentifier(PKCSObjectIdentifiers.sha1WithRSAEncryption, DERNull.INSTANCE);
      case SHA256_ECDSA -> new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    };
  }

  DERBitString sign(PrivateKey key, byte[] content) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(name);
    signature.initSign(key);
    signature.update(content);
    return new DERBitString(signature.sign());
  }
}

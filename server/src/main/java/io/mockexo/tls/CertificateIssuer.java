package io.mockexo.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/**
 * Signs certificates with the key of one certificate authority (RFC 5280). The structure comes from
 * Bouncy Castle's ASN.1 classes, the signature from the JDK.
 */
final class CertificateIssuer {

  private static final int CA_YEARS = 10;

  private final X500Name name;
  private final KeyPair keys;

  CertificateIssuer(String name, KeyPair keys) {
    this.name = new X500Name(name);
    this.keys = keys;
  }

  /** The certificate in which this authority vouches for itself. */
  X509Certificate issueRoot() {
    return issueAuthority(name, keys.getPublic(), new BasicConstraints(true));
  }

  /** The certificate of an authority below this one, which may issue leaves only. */
  X509Certificate issueIntermediate(CertificateIssuer intermediate) {
    return issueAuthority(
        intermediate.name, intermediate.keys.getPublic(), new BasicConstraints(0));
  }

  /**
   * The certificate of a server; it may show it as a client as well, as Exchange Online does.
   *
   * @throws IllegalArgumentException if the subject is not a distinguished name
   */
  X509Certificate issueLeaf(CertificateSpec spec, PublicKey key, CertificateSignature signature) {
    int usage = KeyUsage.digitalSignature;
    if (key.getAlgorithm().equals("RSA")) {
      usage |= KeyUsage.keyEncipherment; // for RSA key exchange (RFC 5246, section 7.4.2)
    }
    X500Name holder = new X500Name(spec.subject());
    try {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      extensions.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      extensions.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      if (!spec.dnsNames().isEmpty() || !spec.addresses().isEmpty()) {
        extensions.addExtension(
            Extension.subjectAlternativeName,
            false,
            alternativeNames(spec.dnsNames(), spec.addresses()));
      }
      return sign(holder, key, spec.validity(), extensions, signature);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot issue a certificate for " + spec.subject(), e);
    }
  }

  private X509Certificate issueAuthority(
      X500Name subject, PublicKey key, BasicConstraints constraints) {
    try {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      extensions.addExtension(Extension.basicConstraints, true, constraints);
      extensions.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return sign(subject, key, Validity.ofYears(CA_YEARS), extensions, usualSignature());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot issue a certificate for " + subject, e);
    }
  }

  /** The signature that is usual with the key of this authority. */
  CertificateSignature usualSignature() {
    return CertificateSignature.with(keys.getPrivate());
  }

  private X509Certificate sign(
      X500Name subject,
      PublicKey key,
      Validity validity,
      ExtensionsGenerator extensions,
      CertificateSignature signature)
      throws IOException, GeneralSecurityException {
    SubjectPublicKeyInfo keyInfo = SubjectPublicKeyInfo.getInstance(key.getEncoded());
    extensions.addExtension(
        Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyIdentifier(keyInfo)));
    extensions.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new AuthorityKeyIdentifier(
            keyIdentifier(SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()))));

    V3TBSCertificateGenerator certificate = new V3TBSCertificateGenerator();
    certificate.setSerialNumber(new ASN1Integer(serialNumber()));
    certificate.setSignature(signature.identifier());
    certificate.setIssuer(name);
    certificate.setSubject(subject);
    certificate.setStartDate(time(validity.from()));
    certificate.setEndDate(time(validity.to()));
    certificate.setSubjectPublicKeyInfo(keyInfo);
    certificate.setExtensions(extensions.generate());

    TBSCertificate toBeSigned = certificate.generateTBSCertificate();
    byte[] content = toBeSigned.getEncoded(ASN1Encoding.DER);
    DERBitString signed = signature.sign(keys.getPrivate(), content);
    byte[] encoded =
        new DERSequence(new ASN1Encodable[] {toBeSigned, signature.identifier(), signed})
            .getEncoded(ASN1Encoding.DER);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
  }

  private static GeneralNames alternativeNames(List<String> dnsNames, List<InetAddress> addresses) {
    List<GeneralName> names = new ArrayList<>();
    for (String dnsName : dnsNames) {
      names.add(new GeneralName(GeneralName.dNSName, dnsName));
    }
    for (InetAddress address : addresses) {
      names.add(new GeneralName(GeneralName.iPAddress, new DEROctetString(address.getAddress())));
    }
    return new GeneralNames(names.toArray(new GeneralName[0]));
  }

  /** Method 1 of RFC 5280, section 4.2.1.2: SHA-1 names the key here and protects nothing. */
  private static byte[] keyIdentifier(SubjectPublicKeyInfo key) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-1").digest(key.getPublicKeyData().getBytes());
  }

  /** Random, so that a client that has seen another run of this product finds no collision. */
  private static BigInteger serialNumber() {
    return new BigInteger(126, new SecureRandom()).setBit(126);
  }

  /** The root locale, since Bouncy Castle formats by the calendar of the locale. */
  private static Time time(Instant instant) {
    return new Time(Date.from(instant), Locale.ROOT);
  }
}

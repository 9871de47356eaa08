package io.mockexo.internal.tls;

import io.mockexo.tls.ClientIdentity;
import io.mockexo.tls.ClientTrust;
import io.mockexo.tls.ClientVerdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.jspecify.annotations.Nullable;

/** The certificates of a client as Bouncy Castle has read them, which is more than the JDK can. */
final class ClientChain {

  private static final int DNS_NAME = 2; // of GeneralName (RFC 5280, section 4.2.1.6)

  private final Certificate chain;

  /**
   * A chain.
   *
   * @param chain not empty
   */
  ClientChain(Certificate chain) {
    this.chain = chain;
  }

  /**
   * Who the client is.
   *
   * @throws TlsFatalAlert if the subject of the leaf is no name
   */
  ClientIdentity identity(ClientTrust trust) throws IOException {
    X500Name subject = ((BcTlsCertificate) chain.getCertificateAt(0)).getCertificate().getSubject();
    String name;
    try {
      name = new X500Principal(subject.getEncoded()).getName();
    } catch (IllegalArgumentException e) {
      throw new TlsFatalAlert(AlertDescription.bad_certificate, e);
    }
    try {
      List<X509Certificate> certificates = certificates();
      List<String> dnsNames = dnsNames(certificates.get(0));
      return new ClientIdentity(name, commonName(subject), dnsNames, trust.judge(certificates));
    } catch (CertificateException e) {
      return new ClientIdentity(name, commonName(subject), List.of(), ClientVerdict.INVALID);
    }
  }

  private List<X509Certificate> certificates() throws IOException, CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<X509Certificate> certificates = new ArrayList<>();
    for (int i = 0; i < chain.getLength(); i++) {
      byte[] encoded = chain.getCertificateAt(i).getEncoded();
      certificates.add(
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded)));
    }
    return certificates;
  }

  private static @Nullable String commonName(X500Name subject) {
    RDN[] names = subject.getRDNs(BCStyle.CN);
    if (names.length == 0) {
      return null;
    }
    for (var part : names[names.length - 1].getTypesAndValues()) {
      if (part.getType().equals(BCStyle.CN)) {
        return part.getValue() instanceof ASN1String text ? text.getString() : null;
      }
    }
    return null;
  }

  private static List<String> dnsNames(X509Certificate leaf) throws CertificateParsingException {
    Collection<List<?>> names = leaf.getSubjectAlternativeNames();
    return names == null
        ? List.of()
        : names.stream()
            .filter(name -> name.get(0).equals(DNS_NAME))
            .map(name -> (String) name.get(1))
            .toList();
  }
}

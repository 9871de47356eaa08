package io.mockexo.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.BasicOCSPResponse;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.CertStatus;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPRequest;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.ocsp.Request;
import org.bouncycastle.asn1.ocsp.ResponderID;
import org.bouncycastle.asn1.ocsp.ResponseBytes;
import org.bouncycastle.asn1.ocsp.ResponseData;
import org.bouncycastle.asn1.ocsp.RevokedInfo;
import org.bouncycastle.asn1.ocsp.SingleResponse;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V2TBSCertListGenerator;
import org.jspecify.annotations.Nullable;

/** Says which certificates of an authority are revoked, signed with the key of that authority. */
final class RevocationIssuer {

  private static final Duration CLOCK_SKEW = Duration.ofDays(1);
  private static final Duration VALIDITY = Duration.ofDays(365);

  /** One that asks about more gets an answer about these. */
  private static final int MAX_ANSWERS = 8;

  private final X500Name name;
  private final KeyPair keys;
  private final CertificateSignature signature;

  RevocationIssuer(X500Name name, KeyPair keys) {
    this.name = name;
    this.keys = keys;
    this.signature = CertificateSignature.with(keys.getPrivate());
  }

  /** The list of the revoked, in DER (RFC 5280, section 5). */
  byte[] list(Collection<BigInteger> revoked) {
    Instant now = Instant.now();
    V2TBSCertListGenerator list = new V2TBSCertListGenerator();
    list.setSignature(signature.identifier());
    list.setIssuer(name);
    list.setThisUpdate(time(now.minus(CLOCK_SKEW)));
    list.setNextUpdate(time(now.plus(VALIDITY)));
    for (BigInteger serial : revoked) {
      list.addCRLEntry(
          new ASN1Integer(serial), time(now.minus(CLOCK_SKEW)), CRLReason.keyCompromise);
    }
    try {
      return signature
          .signed(list.generateTBSCertList(), keys.getPrivate())
          .getEncoded(ASN1Encoding.DER);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign a revocation list", e);
    }
  }

  /** About one certificate, for a server that staples it. */
  OcspResponse about(BigInteger serial, boolean revoked) {
    try {
      AlgorithmIdentifier sha1 = new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1);
      MessageDigest hash = MessageDigest.getInstance("SHA-1"); // what everybody knows (RFC 5019)
      SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
      CertID id =
          new CertID(
              sha1,
              new DEROctetString(hash.digest(name.getEncoded(ASN1Encoding.DER))),
              new DEROctetString(hash.digest(key.getPublicKeyData().getBytes())),
              new ASN1Integer(serial));
      return signed(List.of(answer(id, revoked)), null);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign an OCSP response", e);
    }
  }

  /** To a question in DER; one that cannot be read is told so. */
  OcspResponse answer(byte[] question, Predicate<BigInteger> isRevoked) {
    try {
      OCSPRequest request = OCSPRequest.getInstance(question);
      List<SingleResponse> answers = new ArrayList<>();
      for (ASN1Encodable one : request.getTbsRequest().getRequestList()) {
        CertID id = Request.getInstance(one).getReqCert();
        if (answers.size() < MAX_ANSWERS) {
          answers.add(answer(id, isRevoked.test(id.getSerialNumber().getValue())));
        }
      }
      return signed(answers, nonce(request));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      return malformed();
    }
  }

  private static SingleResponse answer(CertID id, boolean revoked) {
    Instant begin = Instant.now().minus(CLOCK_SKEW);
    CertStatus status =
        revoked
            ? new CertStatus(
                new RevokedInfo(generalizedTime(begin), CRLReason.lookup(CRLReason.keyCompromise)))
            : new CertStatus();
    return new SingleResponse(
        id,
        status,
        generalizedTime(begin),
        generalizedTime(begin.plus(VALIDITY)),
        (Extensions) null);
  }

  /** Who has sent a number finds it again (RFC 9654). */
  private static @Nullable Extensions nonce(OCSPRequest request) {
    Extensions extensions = request.getTbsRequest().getRequestExtensions();
    Extension nonce =
        extensions == null
            ? null
            : extensions.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
    return nonce == null ? null : new Extensions(nonce);
  }

  private OcspResponse signed(List<SingleResponse> answers, @Nullable Extensions extensions)
      throws IOException, GeneralSecurityException {
    ResponseData data =
        new ResponseData(
            new ResponderID(name),
            generalizedTime(Instant.now()),
            new DERSequence(answers.toArray(ASN1Encodable[]::new)),
            extensions);
    byte[] content = data.getEncoded(ASN1Encoding.DER);
    BasicOCSPResponse response =
        new BasicOCSPResponse(
            data, signature.identifier(), signature.sign(keys.getPrivate(), content), null);
    ResponseBytes bytes =
        new ResponseBytes(
            OCSPObjectIdentifiers.id_pkix_ocsp_basic,
            new DEROctetString(response.getEncoded(ASN1Encoding.DER)));
    return encoded(new OCSPResponse(new OCSPResponseStatus(OCSPResponseStatus.SUCCESSFUL), bytes));
  }

  private static OcspResponse malformed() {
    try {
      return encoded(
          new OCSPResponse(new OCSPResponseStatus(OCSPResponseStatus.MALFORMED_REQUEST), null));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static OcspResponse encoded(OCSPResponse response) throws IOException {
    return new OcspResponse(response.getEncoded(ASN1Encoding.DER));
  }

  private static ASN1GeneralizedTime generalizedTime(Instant instant) {
    return new ASN1GeneralizedTime(Date.from(instant), Locale.ROOT);
  }

  private static Time time(Instant instant) {
    return new Time(Date.from(instant), Locale.ROOT);
  }
}

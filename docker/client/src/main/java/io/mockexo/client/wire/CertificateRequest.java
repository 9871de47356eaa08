package io.mockexo.client.wire;

import io.mockexo.tls.CertificateChoice;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.CertificateSpec;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/**
 * What certificate a client wants, in the words of a profile: {@code {certificateNames:
 * [mail.contoso.com], certificateFlaw: EXPIRED}}.
 */
public final class CertificateRequest {

  private static final String KIND = "certificate";
  private static final String FLAW = "certificateFlaw";
  private static final String NAMES = "certificateNames";
  private static final String SUBJECT = "subject";

  private CertificateRequest() {}

  /** All keys. */
  public static Set<String> keys() {
    return Set.of(KIND, FLAW, NAMES, SUBJECT);
  }

  /** Reads one. */
  public static CertificateSpec read(Setting body) {
    Map<String, Setting> entries = body.entries(keys());
    Setting names = entries.get(NAMES);
    if (names == null) {
      throw body.error(
          "expected the names in the certificate, such as {\"certificateNames\": [\"mail.contoso.com\"]}");
    }
    CertificateSpec spec = names.as(CertificateRequest::named);
    Setting kind = entries.get(KIND);
    Setting flaw = entries.get(FLAW);
    Setting subject = entries.get(SUBJECT);
    CertificateSpec flawed =
        spec.withKind(kind == null ? spec.kind() : kind.oneOf(CertificateKind.class))
            .withFlaw(flaw == null || flaw.isNothing() ? null : flaw.oneOf(CertificateFlaw.class));
    return subject == null ? flawed : subject.as(node -> withSubject(flawed, node.text()));
  }

  private static CertificateSpec named(Setting list) {
    List<String> names =
        list.distinct(node -> CertificateChoice.requireName(node.text()), Function.identity());
    return CertificateSpec.forHost(names.toArray(String[]::new));
  }

  /** Writes what {@link #read} reads. */
  public static Map<String, Object> write(CertificateSpec spec) {
    if (spec.revocation() != null) {
      throw new IllegalArgumentException(
          "where its revocation is looked up cannot be said over the control API; leave it out");
    }
    Map<String, Object> written = new LinkedHashMap<>();
    written.put(
        NAMES,
        Stream.concat(
                spec.dnsNames().stream(),
                spec.addresses().stream().map(InetAddress::getHostAddress))
            .toList());
    written.put(KIND, spec.kind().name());
    written.put(SUBJECT, spec.subject());
    if (spec.flaw() != null) {
      written.put(FLAW, spec.flaw().name());
    }
    return written;
  }

  private static CertificateSpec withSubject(CertificateSpec spec, String subject) {
    try {
      new X500Principal(subject);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is not a distinguished name, such as O=Contoso, CN=mail.contoso.com"
              .formatted(subject),
          e);
    }
    return new CertificateSpec(
        spec.kind(), spec.flaw(), subject, spec.dnsNames(), spec.addresses(), null);
  }
}

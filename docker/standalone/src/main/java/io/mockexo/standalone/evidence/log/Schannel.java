package io.mockexo.standalone.evidence.log;

import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.TlsVersion;

/** What Windows' TLS, and so Exchange's protocol log, calls the things that were negotiated. */
final class Schannel {

  private static final String RSA_KEY_BITS = "2048";

  private Schannel() {}

  /**
   * Facts 6.2: TLS 1.2 with AES-GCM as server V, TLS 1.0 with AES-CBC as client V; other suites by
   * the same pattern G. For TLS 1.3 no line was seen (G), nor for algorithms that Windows lacks,
   * which are written by their own names.
   *
   * @param side {@code SERVER} or {@code CLIENT}
   */
  static String succeeded(TlsEstablished tls, String side) {
    CipherSuite suite = tls.cipherSuite();
    return ("TLS protocol SP_PROT_%s_%s negotiation succeeded using bulk encryption algorithm %s,"
            + " MAC hash algorithm %s and key exchange algorithm %s")
        .formatted(protocol(tls.version()), side, bulk(suite), hash(suite), exchange(tls));
  }

  private static String protocol(TlsVersion version) {
    return version == TlsVersion.SSL_3 ? "SSL3" : version.name().replace("TLS_", "TLS");
  }

  private static String bulk(CipherSuite suite) {
    String name = suite.name();
    if (name.contains("AES_256")) {
      return strength("CALG_AES_256", "256");
    } else if (name.contains("AES_128")) {
      return strength("CALG_AES_128", "128");
    } else if (name.contains("3DES")) {
      return strength("CALG_3DES", "168");
    }
    return strength(name.replaceFirst(".*WITH_|TLS_", "").replaceFirst("_SHA\\d*$", ""), "256");
  }

  /** An AEAD suite has no MAC: its hash has a strength of 0 (facts 6.2, V). */
  private static String hash(CipherSuite suite) {
    String name = suite.name();
    boolean aead = suite.isTls13() || !name.contains("CBC");
    if (name.endsWith("SHA384")) {
      return strength("CALG_SHA_384", aead ? "0" : "384");
    } else if (name.endsWith("_SHA")) {
      return strength("CALG_SHA1", "160");
    }
    return strength("CALG_SHA_256", aead ? "0" : "256");
  }

  /** Up to TLS 1.1 the elliptic curves have another name (facts 6.2, TLS 1.0 as client V). */
  private static String exchange(TlsEstablished tls) {
    CipherSuite suite = tls.cipherSuite();
    NamedGroup group = tls.group();
    if (group != null && group.name().startsWith("ffdhe")) {
      return strength("CALG_DH_EPHEM", bits(group));
    } else if (group != null) {
      boolean old = tls.version().compareTo(TlsVersion.TLS_1_2) < 0;
      return strength(old ? "CALG_ECDHE" : "CALG_ECDH_EPHEM", bits(group));
    }
    return suite.keyExchange().startsWith("DHE")
        ? strength("CALG_DH_EPHEM", RSA_KEY_BITS)
        : strength("CALG_RSA_KEYX", RSA_KEY_BITS);
  }

  private static String bits(NamedGroup group) {
    if (group.equals(NamedGroup.X25519)) {
      return "255";
    }
    return group.equals(NamedGroup.X448)
        ? "448"
        : group.name().replaceFirst("^\\D*(\\d+).*$", "$1");
  }

  private static String strength(String algorithm, String bits) {
    return algorithm + " with strength " + bits + " bits";
  }

  /**
   * What Schannel makes of an alert that it receives ("Schannel error codes for TLS and SSL
   * alerts", D), in the form in which Exchange names such codes: {@code UnknownCredentials} is seen
   * for SEC_E_UNKNOWN_CREDENTIALS (facts 6.2, V), these by the same pattern G.
   */
  static String error(int alert) {
    AlertDescription known = AlertDescription.ofCode(alert).orElse(null);
    if (known == null) {
      return "IllegalMessage";
    }
    return switch (known) {
      case BAD_RECORD_MAC, DECOMPRESSION_FAILURE -> "MessageAltered";
      case DECRYPTION_FAILED, DECRYPT_ERROR -> "DecryptFailure";
      case BAD_CERTIFICATE, UNSUPPORTED_CERTIFICATE, CERTIFICATE_UNKNOWN -> "CertUnknown";
      case CERTIFICATE_REVOKED -> "CertRevoked";
      case CERTIFICATE_EXPIRED -> "CertExpired";
      case UNKNOWN_CA -> "UntrustedRoot";
      case ACCESS_DENIED -> "LogonDenied";
      case PROTOCOL_VERSION -> "UnsupportedFunction";
      case INSUFFICIENT_SECURITY -> "AlgorithmMismatch";
      case INTERNAL_ERROR -> "InternalError";
      default -> "IllegalMessage";
    };
  }
}

package io.mockexo.tls;

/**
 * A cipher suite, known or not: what a client offers is kept even if nobody has a name for it.
 *
 * @param code the two bytes on the wire
 * @param name the IANA name; {@code GREASE} for the values of RFC 8701, else the code in
 *     hexadecimal
 * @since 0.1
 */
public record CipherSuite(int code, String name) {

  /** The suite with this wire code. */
  public static CipherSuite ofCode(int code) {
    CipherSuite known = CipherSuiteTable.byCode(code);
    return known != null ? known : new CipherSuite(code, CodePoints.fallbackName(code));
  }

  /**
   * The suite with this IANA or OpenSSL name, for example {@code
   * TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384} or {@code ECDHE-RSA-AES256-GCM-SHA384}; upper and lower
   * case are the same.
   *
   * @throws IllegalArgumentException if there is none, or the server cannot negotiate it; the
   *     message names the nearest suite that it can
   */
  public static CipherSuite named(String name) {
    return CipherSuiteTable.negotiable(name);
  }

  /**
   * The suite with this IANA or OpenSSL name, one that only a client may know included: for what
   * was offered, where {@link #named} is for what can be negotiated.
   *
   * @throws IllegalArgumentException if there is none; the message names the nearest
   */
  public static CipherSuite registered(String name) {
    return CipherSuiteTable.registered(name);
  }

  /** Whether this is a suite of TLS 1.3, which fixes neither key exchange nor signature. */
  public boolean isTls13() {
    return code >>> 8 == 0x13;
  }

  /**
   * The key exchange and authentication part of a suite of TLS 1.2 or below, for example {@code
   * ECDHE_RSA}; empty for suites of TLS 1.3 and signaling values.
   */
  public String keyExchange() {
    int with = name.indexOf("_WITH_");
    return with < 0 ? "" : name.substring("TLS_".length(), with);
  }

  /**
   * Whether the suite can be negotiated in {@code version} (RFC 5246, appendix A.5; RFC 8446, B.4).
   */
  public boolean isFor(TlsVersion version) {
    if (isTls13()) {
      return version == TlsVersion.TLS_1_3;
    }
    if (version == TlsVersion.TLS_1_3) {
      return false;
    }
    return version == TlsVersion.TLS_1_2 || !needsTls12();
  }

  /** AEAD suites and those with a SHA-2 MAC came with TLS 1.2 (RFC 5246, section 1.2; RFC 5289). */
  private boolean needsTls12() {
    return name.endsWith("SHA256") || name.endsWith("SHA384") || name.contains("_CCM");
  }

  @Override
  public String toString() {
    return name;
  }
}

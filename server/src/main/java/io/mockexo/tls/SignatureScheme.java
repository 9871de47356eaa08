package io.mockexo.tls;

import java.util.Map;

/**
 * A signature scheme (RFC 8446, section 4.2.3), known or not.
 *
 * @param code the two bytes on the wire; in TLS 1.2 hash and signature algorithm
 * @param name the IANA name; {@code GREASE} for the values of RFC 8701, else the code in
 *     hexadecimal
 * @since 0.1
 */
public record SignatureScheme(int code, String name) {

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(0x0201, "rsa_pkcs1_sha1"),
          Map.entry(0x0202, "dsa_sha1"),
          Map.entry(0x0203, "ecdsa_sha1"),
          Map.entry(0x0301, "rsa_pkcs1_sha224"),
          Map.entry(0x0303, "ecdsa_sha224"),
          Map.entry(0x0401, "rsa_pkcs1_sha256"),
          Map.entry(0x0402, "dsa_sha256"),
          Map.entry(0x0403, "ecdsa_secp256r1_sha256"),
          Map.entry(0x0501, "rsa_pkcs1_sha384"),
          Map.entry(0x0503, "ecdsa_secp384r1_sha384"),
          Map.entry(0x0601, "rsa_pkcs1_sha512"),
          Map.entry(0x0603, "ecdsa_secp521r1_sha512"),
          Map.entry(0x0804, "rsa_pss_rsae_sha256"),
          Map.entry(0x0805, "rsa_pss_rsae_sha384"),
          Map.entry(0x0806, "rsa_pss_rsae_sha512"),
          Map.entry(0x0807, "ed25519"),
          Map.entry(0x0808, "ed448"),
          Map.entry(0x0809, "rsa_pss_pss_sha256"),
          Map.entry(0x080A, "rsa_pss_pss_sha384"),
          Map.entry(0x080B, "rsa_pss_pss_sha512"));

  /** The scheme with this wire code. */
  public static SignatureScheme ofCode(int code) {
    String name = NAMES.get(code);
    return new SignatureScheme(code, name != null ? name : CodePoints.fallbackName(code));
  }

  @Override
  public String toString() {
    return name;
  }
}

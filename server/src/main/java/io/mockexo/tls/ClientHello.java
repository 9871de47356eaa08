package io.mockexo.tls;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A ClientHello as it was received, refused ones included (RFC 8446, section 4.1.2; RFC 5246,
 * section 7.4.1.2). Lists keep the client's order; values that this product does not know, such as
 * GREASE (RFC 8701), are kept and named by their code.
 *
 * @param recordVersion {@code ProtocolVersion} of the first record that carried the hello
 * @param legacyVersion {@code client_version} (TLS 1.2 and below) or {@code legacy_version}
 * @param supportedVersions codes of the supported_versions extension; empty when it was not sent
 * @param cipherSuites the suites offered, signaling values included
 * @param groups supported_groups; empty when it was not sent
 * @param ecPointFormats ec_point_formats (RFC 8422, section 5.1.2); empty when it was not sent
 * @param keyShareGroups the groups for which a key_share was sent (TLS 1.3)
 * @param signatureSchemes signature_algorithms; empty when it was not sent
 * @param serverName host_name of the server_name extension (RFC 6066, section 3), or null
 * @param alpnProtocols protocols of the ALPN extension (RFC 7301), a character for each byte
 * @param extensionTypes type codes of all extensions, in order
 * @since 0.1
 */
public record ClientHello(
    int recordVersion,
    int legacyVersion,
    List<Integer> supportedVersions,
    List<CipherSuite> cipherSuites,
    List<NamedGroup> groups,
    List<Integer> ecPointFormats,
    List<NamedGroup> keyShareGroups,
    List<SignatureScheme> signatureSchemes,
    @Nullable String serverName,
    List<String> alpnProtocols,
    List<Integer> extensionTypes) {

  public ClientHello {
    supportedVersions = List.copyOf(supportedVersions);
    cipherSuites = List.copyOf(cipherSuites);
    groups = List.copyOf(groups);
    ecPointFormats = List.copyOf(ecPointFormats);
    keyShareGroups = List.copyOf(keyShareGroups);
    signatureSchemes = List.copyOf(signatureSchemes);
    alpnProtocols = List.copyOf(alpnProtocols);
    extensionTypes = List.copyOf(extensionTypes);
  }

  /**
   * Whether the client would accept {@code version}. Without supported_versions a client offers
   * every version up to its {@code legacyVersion}; it cannot say from which one on.
   */
  public boolean offers(TlsVersion version) {
    if (!supportedVersions.isEmpty()) {
      return supportedVersions.contains(version.code());
    }
    return version != TlsVersion.TLS_1_3 && version.code() <= legacyVersion;
  }

  /** The highest version offered that this product knows; empty if it knows none of them. */
  public Optional<TlsVersion> highestVersion() {
    TlsVersion highest = null;
    for (TlsVersion version : TlsVersion.values()) {
      if (offers(version)) {
        highest = version;
      }
    }
    return Optional.ofNullable(highest);
  }

  /**
   * The JA3 fingerprint in full: {@code version,suites,extensions,groups,point formats}, decimal,
   * lists joined by dashes, for example {@code 769,47-53-5-10,0-10-11,23-24-25,0}. GREASE is left
   * out. Clients that shuffle their extensions have another one each time; {@link #ja4()} does not
   * mind.
   *
   * @see <a href="https://github.com/salesforce/ja3">JA3</a>
   * @since 0.1
   */
  public String ja3() {
    return Fingerprints.ja3(this);
  }

  /**
   * The MD5 of {@link #ja3()} in hex: what lists of fingerprints have.
   *
   * @throws IllegalStateException in a JVM without MD5
   * @since 0.1
   */
  public String ja3Hash() {
    return Fingerprints.ja3Hash(this);
  }

  /**
   * The JA4 fingerprint for TLS over TCP, for example {@code t13d1516h2_8daaf6152771_e5627efa2ab1}:
   * up to TLS 1.3, with SNI, 15 suites, 16 extensions, ALPN h2; a hash of the suites; a hash of
   * extensions and signature algorithms. GREASE is left out.
   *
   * @see <a href="https://github.com/FoxIO-LLC/ja4/blob/main/technical_details/JA4.md">JA4</a>
   * @since 0.1
   */
  public String ja4() {
    return Fingerprints.ja4(this);
  }
}

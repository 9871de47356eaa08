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
 * @param keyShareGroups the groups for which a key_share was sent (TLS 1.3)
 * @param signatureSchemes signature_algorithms; empty when it was not sent
 * @param serverName host_name of the server_name extension (RFC 6066, section 3), or null
 * @param alpnProtocols protocols of the ALPN extension (RFC 7301)
 * @param extensionTypes type codes of all extensions, in order
 * @since 0.1
 */
public record ClientHello(
    int recordVersion,
    int legacyVersion,
    List<Integer> supportedVersions,
    List<CipherSuite> cipherSuites,
    List<NamedGroup> groups,
    List<NamedGroup> keyShareGroups,
    List<SignatureScheme> signatureSchemes,
    @Nullable String serverName,
    List<String> alpnProtocols,
    List<Integer> extensionTypes) {

  public ClientHello {
    supportedVersions = List.copyOf(supportedVersions);
    cipherSuites = List.copyOf(cipherSuites);
    groups = List.copyOf(groups);
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
}

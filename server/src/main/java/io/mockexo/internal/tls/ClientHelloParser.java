package io.mockexo.internal.tls;

import io.mockexo.internal.tls.WireReader.MalformedException;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.SignatureScheme;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses the body of a ClientHello (RFC 8446, section 4.1.2; RFC 5246, section 7.4.1.2). It checks
 * the form only, so that whatever a client offers can be recorded.
 */
final class ClientHelloParser {

  private static final int SERVER_NAME = 0;
  private static final int SUPPORTED_GROUPS = 10;
  private static final int EC_POINT_FORMATS = 11;
  private static final int SIGNATURE_ALGORITHMS = 13;
  private static final int ALPN = 16;
  private static final int SUPPORTED_VERSIONS = 43;
  private static final int KEY_SHARE = 51;

  private static final int RANDOM = 32;
  private static final int HOST_NAME = 0;

  private final List<Integer> supportedVersions = new ArrayList<>();
  private final List<CipherSuite> cipherSuites = new ArrayList<>();
  private final List<NamedGroup> groups = new ArrayList<>();
  private final List<Integer> ecPointFormats = new ArrayList<>();
  private final List<NamedGroup> keyShareGroups = new ArrayList<>();
  private final List<SignatureScheme> signatureSchemes = new ArrayList<>();
  private final List<String> alpnProtocols = new ArrayList<>();
  private final List<Integer> extensionTypes = new ArrayList<>();
  private @Nullable String serverName;

  private ClientHelloParser() {}

  static ClientHello parse(WireReader body, int recordVersion) throws MalformedException {
    return new ClientHelloParser().parseBody(body, recordVersion);
  }

  private ClientHello parseBody(WireReader body, int recordVersion) throws MalformedException {
    int legacyVersion = body.uint16();
    body.skip(RANDOM);
    body.vector8(); // legacy_session_id
    for (WireReader suites = body.vector16(); suites.hasMore(); ) {
      cipherSuites.add(CipherSuite.ofCode(suites.uint16()));
    }
    body.vector8(); // legacy_compression_methods
    if (body.hasMore()) { // before RFC 3546 there were no extensions
      readExtensions(body.vector16());
    }
    body.expectEnd("ClientHello");
    return new ClientHello(
        recordVersion,
        legacyVersion,
        supportedVersions,
        cipherSuites,
        groups,
        ecPointFormats,
        keyShareGroups,
        signatureSchemes,
        serverName,
        alpnProtocols,
        extensionTypes);
  }

  private void readExtensions(WireReader extensions) throws MalformedException {
    while (extensions.hasMore()) {
      int type = extensions.uint16();
      extensionTypes.add(type);
      readExtension(type, extensions.vector16());
    }
  }

  private void readExtension(int type, WireReader data) throws MalformedException {
    switch (type) {
      case SERVER_NAME -> readServerNames(data.vector16());
      case SUPPORTED_GROUPS -> {
        for (WireReader list = data.vector16(); list.hasMore(); ) {
          groups.add(NamedGroup.ofCode(list.uint16()));
        }
      }
      case EC_POINT_FORMATS -> {
        for (WireReader list = data.vector8(); list.hasMore(); ) {
          ecPointFormats.add(list.uint8());
        }
      }
      case SIGNATURE_ALGORITHMS -> {
        for (WireReader list = data.vector16(); list.hasMore(); ) {
          signatureSchemes.add(SignatureScheme.ofCode(list.uint16()));
        }
      }
      case ALPN -> {
        for (WireReader list = data.vector16(); list.hasMore(); ) {
          alpnProtocols.add(list.vector8().text());
        }
      }
      case SUPPORTED_VERSIONS -> {
        for (WireReader list = data.vector8(); list.hasMore(); ) {
          supportedVersions.add(list.uint16());
        }
      }
      case KEY_SHARE -> readKeyShares(data.vector16());
      default -> {
        return; // its form is not known here
      }
    }
    data.expectEnd("extension " + type);
  }

  /** One host_name at most (RFC 6066, section 3); the first one counts. */
  private void readServerNames(WireReader names) throws MalformedException {
    while (names.hasMore()) {
      int type = names.uint8();
      String name = names.vector16().text();
      if (type == HOST_NAME && serverName == null) {
        serverName = name;
      }
    }
  }

  private void readKeyShares(WireReader shares) throws MalformedException {
    while (shares.hasMore()) {
      keyShareGroups.add(NamedGroup.ofCode(shares.uint16()));
      shares.vector16(); // key_exchange
    }
  }
}

package io.mockexo.assertj;

import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.TlsVersion;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client offers. */
final class Hellos {

  private Hellos() {}

  static ClientHello upTo(TlsVersion version, @Nullable String serverName, int... suites) {
    return new ClientHello(
        0x0301,
        Math.min(version.code(), 0x0303),
        version == TlsVersion.TLS_1_3 ? List.of(0x0304, 0x0303) : List.of(),
        Arrays.stream(suites).mapToObj(CipherSuite::ofCode).toList(),
        List.of(NamedGroup.SECP384R1),
        List.of(),
        List.of(),
        List.of(),
        serverName,
        List.of(),
        List.of());
  }
}

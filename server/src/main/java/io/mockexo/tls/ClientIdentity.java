package io.mockexo.tls;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who a client is by the certificate that it showed in the handshake, and whether to believe it.
 * That the client has the key is verified, whatever the verdict.
 *
 * @param subject the distinguished name, as RFC 2253 writes it
 * @param commonName the last common name in the subject; null if there is none
 * @param dnsNames the host names in the subject's alternative names; empty if there are none
 * @param verdict what was found out about the chain
 * @since 0.1
 */
public record ClientIdentity(
    String subject, @Nullable String commonName, List<String> dnsNames, ClientVerdict verdict) {

  /** Copies. */
  public ClientIdentity {
    Objects.requireNonNull(subject);
    Objects.requireNonNull(verdict);
    dnsNames = List.copyOf(dnsNames);
  }
}

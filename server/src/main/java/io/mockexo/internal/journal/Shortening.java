package io.mockexo.internal.journal;

import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.AuthenticationFailed;
import io.mockexo.journal.SessionEvent.ClientCertificateShown;
import io.mockexo.journal.SessionEvent.ClientHelloReceived;
import io.mockexo.journal.SessionEvent.LimitReached;
import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.journal.SessionEvent.TlsFailed;
import io.mockexo.journal.SessionEvent.TlsRefused;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.ClientIdentity;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts texts that a client can make as long as a TLS message or a line of AUTH, and says by how
 * much. Lines and samples are bounded where they are made printable; the name in {@code
 * Authenticated} is that of an account.
 */
final class Shortening {

  /**
   * In characters. Above what is found in practice: an address has 320 (RFC 5321, section 4.5.3.1),
   * a host name 253 (RFC 1035, section 2.3.4).
   */
  static final int MAX_LENGTH = 500;

  /** Names in the certificate of a client. */
  static final int MAX_NAMES = 20;

  private Shortening() {}

  static SessionEvent of(SessionEvent event) {
    if (event instanceof TlsFailed failed) {
      return new TlsFailed(failed.at(), known(failed.reason()));
    }
    if (event instanceof TlsRefused refused) {
      return new TlsRefused(
          refused.at(), refused.how(), refused.mismatch(), known(refused.reason()));
    }
    if (event instanceof TlsEstablished tls) {
      return new TlsEstablished(
          tls.at(),
          tls.version(),
          tls.cipherSuite(),
          tls.group(),
          tls.resumed(),
          cut(tls.clientCertificate()));
    }
    if (event instanceof ClientCertificateShown shown) {
      return new ClientCertificateShown(shown.at(), of(shown.client()));
    }
    if (event instanceof LimitReached reached) {
      return new LimitReached(
          reached.at(), reached.limit(), known(reached.whose()), reached.waiting());
    }
    if (event instanceof AuthenticationFailed failed) {
      return new AuthenticationFailed(
          failed.at(), failed.mechanism(), cut(failed.user()), cut(failed.reason()));
    }
    if (event instanceof ClientHelloReceived received) {
      return new ClientHelloReceived(received.at(), of(received.hello()));
    }
    return event;
  }

  private static ClientHello of(ClientHello hello) {
    return new ClientHello(
        hello.recordVersion(),
        hello.legacyVersion(),
        hello.supportedVersions(),
        hello.cipherSuites(),
        hello.groups(),
        hello.ecPointFormats(),
        hello.keyShareGroups(),
        hello.signatureSchemes(),
        cut(hello.serverName()),
        hello.alpnProtocols(),
        hello.extensionTypes());
  }

  private static ClientIdentity of(ClientIdentity client) {
    int more = client.dnsNames().size() - MAX_NAMES;
    Stream<String> names = client.dnsNames().stream().limit(MAX_NAMES).map(Shortening::known);
    Stream<String> rest = more > 0 ? Stream.of("... (%d more)".formatted(more)) : Stream.empty();
    return new ClientIdentity(
        known(client.subject()),
        cut(client.commonName()),
        Stream.concat(names, rest).toList(),
        client.verdict());
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null ? null : known(text);
  }

  private static String known(String text) {
    if (text.length() <= MAX_LENGTH) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1));
    int kept = splitsPair ? MAX_LENGTH - 1 : MAX_LENGTH;
    return "%s ... (%d more characters)".formatted(text.substring(0, kept), text.length() - kept);
  }
}

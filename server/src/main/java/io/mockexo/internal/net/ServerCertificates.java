package io.mockexo.internal.net;

import io.mockexo.exchange.Endpoint;
import io.mockexo.tls.CertificateChoice;
import io.mockexo.tls.CertificateSpec;
import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TestAuthority;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The certificates of one server, each made once, when the first handshake needs it, in the
 * background: no connection waits for the certificate of another.
 */
public final class ServerCertificates {

  /** A server is asked for a few; more only while its rules are changed again and again. */
  private static final int REMEMBERED = 16;

  /** In characters (RFC 5280, appendix A.1, ub-common-name). */
  private static final int MAX_COMMON_NAME = 64;

  private final TestAuthority authority;
  private final Endpoint endpoint;
  private final InetAddress boundAddress;
  private final Map<CertificateChoice, CompletableFuture<ServerCertificate>> made =
      new LinkedHashMap<>();

  public ServerCertificates(TestAuthority authority, Endpoint endpoint, InetAddress boundAddress) {
    this.authority = authority;
    this.endpoint = endpoint;
    this.boundAddress = boundAddress;
  }

  /** This certificate; begins to make it if nobody has asked for it lately. */
  public synchronized CompletableFuture<ServerCertificate> of(CertificateChoice choice) {
    CompletableFuture<ServerCertificate> certificate = made.computeIfAbsent(choice, this::begin);
    made.keySet().removeIf(oldest -> made.size() > REMEMBERED);
    return certificate;
  }

  private CompletableFuture<ServerCertificate> begin(CertificateChoice choice) {
    CompletableFuture<ServerCertificate> certificate = new CompletableFuture<>();
    Thread worker =
        new Thread(
            () -> {
              try {
                certificate.complete(issue(choice));
              } catch (RuntimeException | Error e) {
                certificate.completeExceptionally(e);
              }
            },
            "mockexo-certificate");
    worker.setDaemon(true);
    worker.start();
    return certificate;
  }

  private ServerCertificate issue(CertificateChoice choice) {
    return authority.issue(choice.names().isEmpty() ? withOwnNames(choice) : withNames(choice));
  }

  private CertificateSpec withOwnNames(CertificateChoice choice) {
    List<String> names = new ArrayList<>(endpoint.certificateDnsNames());
    names.add("localhost");
    Set<InetAddress> addresses = new LinkedHashSet<>();
    addresses.add(InetAddress.getLoopbackAddress());
    addresses.addAll(boundAddress.isAnyLocalAddress() ? ofThisMachine() : List.of(boundAddress));
    return new CertificateSpec(
        choice.kind(), choice.flaw(), endpoint.certificateSubject(), names, List.copyOf(addresses));
  }

  /** A client that looks for a host name in the subject as well finds none but the first. */
  private static CertificateSpec withNames(CertificateChoice choice) {
    String first = choice.names().get(0);
    String subject = "O=Mock Exchange Online";
    return new CertificateSpec(
        choice.kind(),
        choice.flaw(),
        first.length() > MAX_COMMON_NAME ? subject : subject + ", CN=" + first,
        choice.dnsNames(),
        choice.addresses());
  }

  /** Bound to all addresses, a client may have connected to any of them. */
  private static List<InetAddress> ofThisMachine() {
    try {
      return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList();
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }
}

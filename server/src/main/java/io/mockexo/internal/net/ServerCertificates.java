package io.mockexo.internal.net;

import io.mockexo.exchange.Endpoint;
import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TestAuthority;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The certificates of one server, each made once, when the first handshake needs it, in the
 * background: no connection waits for the certificate of another.
 */
public final class ServerCertificates {

  private final TestAuthority authority;
  private final Endpoint endpoint;
  private final InetAddress boundAddress;
  private final Map<CertificateKind, CompletableFuture<ServerCertificate>> made =
      new ConcurrentHashMap<>();

  public ServerCertificates(TestAuthority authority, Endpoint endpoint, InetAddress boundAddress) {
    this.authority = authority;
    this.endpoint = endpoint;
    this.boundAddress = boundAddress;
  }

  /** The certificate with a key of this kind; begins to make it if nobody has asked before. */
  public CompletableFuture<ServerCertificate> of(CertificateKind kind) {
    return made.computeIfAbsent(kind, this::begin);
  }

  private CompletableFuture<ServerCertificate> begin(CertificateKind kind) {
    CompletableFuture<ServerCertificate> certificate = new CompletableFuture<>();
    Thread worker =
        new Thread(
            () -> {
              try {
                certificate.complete(issue(kind));
              } catch (RuntimeException | Error e) {
                certificate.completeExceptionally(e);
              }
            },
            "mockexo-certificate");
    worker.setDaemon(true);
    worker.start();
    return certificate;
  }

  private ServerCertificate issue(CertificateKind kind) {
    List<String> names = new ArrayList<>(endpoint.certificateDnsNames());
    names.add("localhost");
    Set<InetAddress> addresses = new LinkedHashSet<>();
    addresses.add(InetAddress.getLoopbackAddress());
    addresses.addAll(boundAddress.isAnyLocalAddress() ? ofThisMachine() : List.of(boundAddress));
    return authority.issue(kind, endpoint.certificateSubject(), names, List.copyOf(addresses));
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

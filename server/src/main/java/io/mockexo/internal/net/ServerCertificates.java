package io.mockexo.internal.net;

import io.mockexo.exchange.Endpoint;
import io.mockexo.tls.CertificateChoice;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.CertificateSpec;
import io.mockexo.tls.ClientTrust;
import io.mockexo.tls.RevocationPoints;
import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TestAuthority;
import io.mockexo.tls.TlsPolicy;
import java.io.IOException;
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
import org.jspecify.annotations.Nullable;

/**
 * The certificates of one server, each made once, when the first handshake needs it, in the
 * background: no connection waits for the certificate of another.
 */
public final class ServerCertificates implements AutoCloseable {

  /** A server is asked for a few; more only while its rules are changed again and again. */
  private static final int REMEMBERED = 16;

  private final TestAuthority authority;
  private final Endpoint endpoint;
  private final InetAddress boundAddress;
  private final Map<CertificateChoice, CompletableFuture<ServerCertificate>> made =
      new LinkedHashMap<>();

  private final Object endpointLock = new Object();
  private @Nullable RevocationEndpoint revocation;
  private boolean closed;

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

  /** By whom clients' certificates are judged: the authorities of the policy, or else our own. */
  public ClientTrust trust(TlsPolicy policy) {
    return policy.clientAuthorities().isEmpty()
        ? ClientTrust.in(authority)
        : ClientTrust.in(policy.clientAuthorities());
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
    CertificateSpec spec =
        choice.names().isEmpty() ? withOwnNames(choice) : CertificateSpec.of(choice);
    return authority.issue(spec.withRevocation(points(choice)));
  }

  private @Nullable RevocationPoints points(CertificateChoice choice) {
    if (choice.flaw() == CertificateFlaw.REVOCATION_UNREACHABLE) {
      return revocation().unreachable();
    }
    boolean tells = choice.revocationInfo() || choice.flaw() == CertificateFlaw.REVOKED;
    return tells ? revocation().answering() : null;
  }

  /** Opened when the first certificate needs it. */
  private RevocationEndpoint revocation() {
    synchronized (endpointLock) {
      if (closed) {
        throw new IllegalStateException("this server is closed");
      }
      if (revocation == null) {
        try {
          revocation = new RevocationEndpoint(authority);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return revocation;
    }
  }

  /** Ends what answers questions about revocation, if there is such a thing. */
  @Override
  public void close() {
    RevocationEndpoint open;
    synchronized (endpointLock) {
      closed = true;
      open = revocation;
    }
    if (open != null) {
      open.close();
    }
  }

  private CertificateSpec withOwnNames(CertificateChoice choice) {
    List<String> names = new ArrayList<>(endpoint.certificateDnsNames());
    names.add("localhost");
    Set<InetAddress> addresses = new LinkedHashSet<>();
    addresses.add(InetAddress.getLoopbackAddress());
    addresses.addAll(boundAddress.isAnyLocalAddress() ? ofThisMachine() : List.of(boundAddress));
    return new CertificateSpec(
        choice.kind(),
        choice.flaw(),
        endpoint.certificateSubject(),
        names,
        List.copyOf(addresses),
        null);
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

package io.mockexo.internal.smtp;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a client by its connection: where it comes from, and who it is inside TLS. */
final class Peer {

  private final InetAddress address;
  private boolean insideTls;

  Peer(InetAddress address) {
    this.address = address;
  }

  /** The handshake is done. */
  void tlsEstablished() {
    insideTls = true;
  }

  InetAddress address() {
    return address;
  }

  boolean isInsideTls() {
    return insideTls;
  }

  /** The names in its certificate, CN first; empty without one. */
  List<String> certificateNames() {
    return List.of();
  }

  /** Windows' word for what is wrong with the chain of its certificate; null if nothing is. */
  @Nullable String chainProblem() {
    return null;
  }
}

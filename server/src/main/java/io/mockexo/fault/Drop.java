package io.mockexo.fault;

/**
 * How a connection is dropped.
 *
 * @since 0.1
 */
public enum Drop {
  /**
   * With FIN, and inside TLS without close_notify: as a server that dies, or a proxy in front of it
   * that gives up. What the client sends afterwards is read and recorded.
   */
  FIN,
  /** With RST, as a firewall that forbids the connection. */
  RST
}

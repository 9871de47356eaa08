package io.mockexo.tls;

import java.util.HexFormat;
import java.util.Objects;

/**
 * A secret of a TLS connection, as a line of the key log format that Wireshark and others read (RFC
 * 9850, section 2; once of NSS, known by the variable {@code SSLKEYLOGFILE}). Whoever has it and a
 * capture of the connection can read what was said. So it shows itself to those who ask for {@link
 * #text()} alone: not by {@link #toString()}, and not to libraries that look for properties.
 *
 * @since 0.1
 */
public final class KeyLogLine {

  /**
   * What a secret is for (RFC 9850, section 2).
   *
   * @since 0.1
   */
  public enum Label {
    /** The master secret of TLS 1.2 and below. */
    CLIENT_RANDOM,
    /** What the client encrypts its part of a TLS 1.3 handshake with. */
    CLIENT_HANDSHAKE_TRAFFIC_SECRET,
    /** What the server encrypts its part of a TLS 1.3 handshake with. */
    SERVER_HANDSHAKE_TRAFFIC_SECRET,
    /** The client's first secret for application data in TLS 1.3; the later ones follow from it. */
    CLIENT_TRAFFIC_SECRET_0,
    /** The server's first secret for application data in TLS 1.3; the later ones follow from it. */
    SERVER_TRAFFIC_SECRET_0,
    /** The exporter's secret of TLS 1.3 (RFC 8446, section 7.5). */
    EXPORTER_SECRET
  }

  private final Label label;
  private final String text;

  /**
   * A line.
   *
   * @param clientRandom the random of the ClientHello, by which readers find the connection
   */
  public KeyLogLine(Label label, byte[] clientRandom, byte[] secret) {
    this(label, label + " " + hex(clientRandom) + " " + hex(secret));
  }

  private KeyLogLine(Label label, String text) {
    this.label = Objects.requireNonNull(label);
    this.text = text;
  }

  /**
   * A line of which only the label is known, since secrets are not told over the control API. Its
   * text is a comment to all readers of such files.
   */
  public static KeyLogLine withheld(Label label) {
    return new KeyLogLine(label, "# " + label + " is not told here");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** What the secret is for. */
  public Label label() {
    return label;
  }

  /** The line with the secret, without an end of line. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyLogLine line && line.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The label alone: {@code CLIENT_RANDOM (secret)}. */
  @Override
  public String toString() {
    return label + " (secret)";
  }
}

package io.mockexo.internal.tls;

import org.bouncycastle.tls.crypto.TlsHMAC;

/**
 * The MAC of SSL 3.0 covers sequence number, type and length, but no version (RFC 6101, section
 * 5.2.3.1). Bouncy Castle 1.84 hands every MAC the header of TLS; here the version is taken out
 * again.
 */
final class Ssl3Mac implements TlsHMAC {

  private static final int TLS_HEADER = 13;
  private static final int VERSION_AT = 9;
  private static final int LENGTH_AT = 11;

  private final TlsHMAC mac;
  private boolean atStart = true;

  Ssl3Mac(TlsHMAC mac) {
    this.mac = mac;
  }

  @Override
  public void update(byte[] input, int offset, int length) {
    if (atStart && length == TLS_HEADER) {
      mac.update(input, offset, VERSION_AT);
      mac.update(input, offset + LENGTH_AT, TLS_HEADER - LENGTH_AT);
    } else {
      mac.update(input, offset, length);
    }
    atStart = false;
  }

  @Override
  public byte[] calculateMAC() {
    atStart = true;
    return mac.calculateMAC();
  }

  @Override
  public void calculateMAC(byte[] output, int offset) {
    atStart = true;
    mac.calculateMAC(output, offset);
  }

  @Override
  public void reset() {
    atStart = true;
    mac.reset();
  }

  @Override
  public void setKey(byte[] key, int offset, int length) {
    mac.setKey(key, offset, length);
  }

  @Override
  public int getInternalBlockSize() {
    return mac.getInternalBlockSize();
  }

  @Override
  public int getMacLength() {
    return mac.getMacLength();
  }
}

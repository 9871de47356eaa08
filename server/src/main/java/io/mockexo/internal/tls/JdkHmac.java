package io.mockexo.internal.tls;

import java.security.InvalidKeyException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.tls.crypto.TlsHMAC;

/** The MAC of a record (RFC 5246, section 6.2.3.1) with the JDK's HMAC. */
final class JdkHmac implements TlsHMAC {

  private final Mac mac;
  private final int blockSize;

  JdkHmac(Mac mac, int blockSize) {
    this.mac = mac;
    this.blockSize = blockSize;
  }

  @Override
  public void setKey(byte[] key, int offset, int length) {
    try {
      mac.init(new SecretKeySpec(key, offset, length, mac.getAlgorithm()));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("HMAC takes a key of any length", e);
    }
  }

  @Override
  public void update(byte[] input, int offset, int length) {
    mac.update(input, offset, length);
  }

  @Override
  public byte[] calculateMAC() {
    return mac.doFinal();
  }

  @Override
  public void calculateMAC(byte[] output, int offset) {
    try {
      mac.doFinal(output, offset);
    } catch (ShortBufferException e) {
      throw new IllegalArgumentException("no room for the MAC", e);
    }
  }

  /** Bouncy Castle hashes as many dummy blocks of this size as hide the length of the padding. */
  @Override
  public int getInternalBlockSize() {
    return blockSize;
  }

  @Override
  public int getMacLength() {
    return mac.getMacLength();
  }

  @Override
  public void reset() {
    mac.reset();
  }
}

package io.mockexo.internal.tls;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.tls.crypto.impl.TlsBlockCipherImpl;

/**
 * Decryption for SSL 3.0, where the bytes of the padding, other than its length, may be anything
 * (RFC 6101, section 5.2.3.2). Bouncy Castle 1.84 demands those of TLS, so they are made so.
 */
record Ssl3Padding(TlsBlockCipherImpl cipher) implements TlsBlockCipherImpl {

  @Override
  public int doFinal(
      byte[] input, int inputOffset, int inputLength, byte[] output, int outputOffset)
      throws IOException {
    int length = cipher.doFinal(input, inputOffset, inputLength, output, outputOffset);
    int end = outputOffset + length;
    int padding = output[end - 1] & 0xFF;
    if (padding < cipher.getBlockSize()) {
      Arrays.fill(output, end - 1 - padding, end, (byte) padding);
    }
    return length;
  }

  @Override
  public void setKey(byte[] key, int offset, int length) throws IOException {
    cipher.setKey(key, offset, length);
  }

  @Override
  public void init(byte[] iv, int offset, int length) throws IOException {
    cipher.init(iv, offset, length);
  }

  @Override
  public int getBlockSize() {
    return cipher.getBlockSize();
  }
}

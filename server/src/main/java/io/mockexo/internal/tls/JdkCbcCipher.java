package io.mockexo.internal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.impl.TlsBlockCipherImpl;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a block cipher in CBC mode (RFC 5246, section 6.2.3.2) with the JDK's cipher.
 */
final class JdkCbcCipher implements TlsBlockCipherImpl {

  private final Cipher cipher;
  private final String algorithm;
  private final int mode;
  private @Nullable SecretKey key;

  JdkCbcCipher(Provider provider, String algorithm, int mode) throws GeneralSecurityException {
    this.cipher = Cipher.getInstance(algorithm + "/CBC/NoPadding", provider);
    this.algorithm = algorithm;
    this.mode = mode;
  }

  @Override
  public void setKey(byte[] bytes, int offset, int length) {
    key = new SecretKeySpec(bytes, offset, length, algorithm);
  }

  @Override
  public void init(byte[] iv, int offset, int length) throws IOException {
    try {
      cipher.init(mode, key, new IvParameterSpec(iv, offset, length));
    } catch (GeneralSecurityException e) {
      throw new TlsFatalAlert(AlertDescription.internal_error, e);
    }
  }

  /**
   * One record. The JDK's {@code doFinal} would go back to the first IV; in TLS 1.0 the last block
   * of a record is the IV of the next (RFC 2246, section 6.2.3.2).
   */
  @Override
  public int doFinal(
      byte[] input, int inputOffset, int inputLength, byte[] output, int outputOffset)
      throws IOException {
    try {
      return cipher.update(input, inputOffset, inputLength, output, outputOffset);
    } catch (GeneralSecurityException e) {
      throw new TlsFatalAlert(AlertDescription.internal_error, e);
    }
  }

  @Override
  public int getBlockSize() {
    return cipher.getBlockSize();
  }
}

package io.mockexo.internal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipherImpl;
import org.jspecify.annotations.Nullable;

/** One direction of AES-GCM (RFC 5288; RFC 8446, section 5.2) with the JDK's cipher. */
final class JdkGcmCipher implements TlsAEADCipherImpl {

  private final Cipher cipher;
  private final int mode;
  private @Nullable SecretKey key;
  private int tagSize;

  JdkGcmCipher(Provider provider, int mode) throws GeneralSecurityException {
    this.cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
    this.mode = mode;
  }

  @Override
  public void setKey(byte[] bytes, int offset, int length) {
    key = new SecretKeySpec(bytes, offset, length, "AES");
  }

  @Override
  public void init(byte[] nonce, int macSize) throws IOException {
    tagSize = macSize;
    try {
      cipher.init(mode, key, new GCMParameterSpec(8 * macSize, nonce));
    } catch (GeneralSecurityException e) {
      throw new TlsFatalAlert(AlertDescription.internal_error, e);
    }
  }

  @Override
  public int getOutputSize(int inputLength) {
    return mode == Cipher.ENCRYPT_MODE ? inputLength + tagSize : inputLength - tagSize;
  }

  @Override
  public int doFinal(
      byte @Nullable [] additionalData,
      byte[] input,
      int inputOffset,
      int inputLength,
      byte[] output,
      int outputOffset)
      throws IOException {
    try {
      if (additionalData != null) {
        cipher.updateAAD(additionalData);
      }
      return cipher.doFinal(input, inputOffset, inputLength, output, outputOffset);
    } catch (GeneralSecurityException e) {
      throw new TlsFatalAlert(
          mode == Cipher.DECRYPT_MODE
              ? AlertDescription.bad_record_mac
              : AlertDescription.internal_error,
          e);
    }
  }
}

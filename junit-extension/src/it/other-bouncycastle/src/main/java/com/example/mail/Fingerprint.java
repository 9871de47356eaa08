package com.example.mail;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.Blake3Digest;

/** The application's own use of Bouncy Castle, by its provider and below it. */
final class Fingerprint {

  private Fingerprint() {}

  static String byProvider(String text) throws NoSuchAlgorithmException, NoSuchProviderException {
    MessageDigest digest = MessageDigest.getInstance("BLAKE3-256", "BC");
    return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  static String directly(String text) {
    Blake3Digest digest = new Blake3Digest(256);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(bytes, 0, bytes.length);
    byte[] result = new byte[digest.getDigestSize()];
    digest.doFinal(result, 0);
    return HexFormat.of().formatHex(result);
  }
}

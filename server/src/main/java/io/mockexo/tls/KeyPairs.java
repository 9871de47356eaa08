package io.mockexo.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.concurrent.FutureTask;

/** Key pairs that are made by the first who asks for them, or in the background before that. */
final class KeyPairs {

  private KeyPairs() {}

  /** A key of this kind, made by the first thread that runs the task. */
  static FutureTask<KeyPair> of(CertificateKind kind) {
    return switch (kind) {
      case RSA_2048 -> rsa();
      case RSA_1024 -> new FutureTask<>(() -> newRsaKey(1024));
      case ECDSA_P256 -> new FutureTask<>(KeyPairs::newEcKey);
    };
  }

  /** An RSA key of 2048 bits, made by the first thread that runs the task. */
  static FutureTask<KeyPair> rsa() {
    return new FutureTask<>(() -> newRsaKey(2048));
  }

  /**
   * Runs the task on a thread of its own: a cold JVM needs up to half a second for an RSA key. The
   * thread is a daemon and ends with its key.
   */
  static void makeInBackground(FutureTask<KeyPair> key, String purpose) {
    Thread maker = new Thread(key, "mockexo-key-" + purpose);
    maker.setDaemon(true);
    maker.start();
  }

  private static KeyPair newRsaKey(int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static KeyPair newEcKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }
}

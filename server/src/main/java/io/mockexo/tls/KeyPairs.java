package io.mockexo.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.concurrent.FutureTask;

/** Key pairs that are made when they are first asked for, or in the background before that. */
final class KeyPairs {

  private KeyPairs() {}

  /**
   * An RSA key of 2048 bits, made from now on by a thread of its own: a cold JVM needs up to half a
   * second for one. The thread is a daemon and ends with its key.
   */
  static FutureTask<KeyPair> rsaInBackground(String purpose) {
    FutureTask<KeyPair> key = new FutureTask<>(KeyPairs::newRsaKey);
    Thread maker = new Thread(key, "mockexo-key-" + purpose);
    maker.setDaemon(true);
    maker.start();
    return key;
  }

  /** An elliptic curve key on P-256, made by the first caller that runs the task. */
  static FutureTask<KeyPair> ecOnDemand() {
    return new FutureTask<>(KeyPairs::newEcKey);
  }

  private static KeyPair newRsaKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return generator.generateKeyPair();
  }

  private static KeyPair newEcKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }
}

package io.mockexo.internal.tls;

import java.security.Provider;
import java.security.Security;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's own cryptography, as provider objects: nothing is registered, and what an application
 * has registered in front of them changes nothing here.
 *
 * @param ciphers for AES, 3DES, HMAC and raw RSA; null if this JVM has none
 * @param signatures for RSA signatures; null if this JVM has none
 */
record JdkProviders(@Nullable Provider ciphers, @Nullable Provider signatures) {

  static JdkProviders ofThisJvm() {
    return new JdkProviders(Security.getProvider("SunJCE"), Security.getProvider("SunRsaSign"));
  }
}

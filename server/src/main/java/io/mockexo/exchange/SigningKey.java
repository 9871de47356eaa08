package io.mockexo.exchange;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A key for RS256 (RFC 7518, section 3.3).
 *
 * @param keys RSA with 2048 bits
 */
record SigningKey(KeyPair keys) {

  private static final String ALGORITHM = "SHA256withRSA";

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** A new key; a cold JVM needs up to half a second for it. */
  static SigningKey create() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return new SigningKey(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot make RSA keys", e);
    }
  }

  static String base64(byte[] bytes) {
    return BASE64.encodeToString(bytes);
  }

  /** The signature of {@code text}, in base64url. */
  String sign(String text) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(keys.getPrivate());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot sign with RSA", e);
    }
  }

  /** Whether it made this signature of {@code text}. */
  boolean signed(String text, byte[] with) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(keys.getPublic());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.verify(with);
    } catch (GeneralSecurityException e) {
      return false; // a signature of another length, for example
    }
  }

  /** Its thumbprint (RFC 7638). */
  String id() {
    try {
      Map<String, String> required = new LinkedHashMap<>();
      required.put("e", exponent());
      required.put("kty", "RSA");
      required.put("n", modulus());
      byte[] json = JsonText.object(required).getBytes(StandardCharsets.US_ASCII);
      return base64(MessageDigest.getInstance("SHA-256").digest(json));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no SHA-256", e);
    }
  }

  /** The public key as a set of one (RFC 7517, section 5), in the form of Microsoft Entra ID. */
  String asKeySet() {
    Map<String, String> key = new LinkedHashMap<>();
    key.put("kty", "RSA");
    key.put("use", "sig");
    key.put("kid", id());
    key.put("n", modulus());
    key.put("e", exponent());
    key.put("alg", "RS256");
    return "{\"keys\":[" + JsonText.object(key) + "]}";
  }

  private String modulus() {
    return base64(unsigned(((RSAPublicKey) keys.getPublic()).getModulus().toByteArray()));
  }

  private String exponent() {
    return base64(unsigned(((RSAPublicKey) keys.getPublic()).getPublicExponent().toByteArray()));
  }

  /** RFC 7518, section 2: without the byte of the sign. */
  private static byte[] unsigned(byte[] number) {
    return number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
  }
}

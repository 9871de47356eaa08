package io.mockexo.tls;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a ClientHello tells about the software that sent it. Values of GREASE (RFC 8701) are left
 * out everywhere, because a client draws them anew for each connection.
 */
final class Fingerprints {

  private static final int SERVER_NAME = 0;
  private static final int ALPN = 16;

  /** How many characters of a SHA-256 in hex JA4 keeps. */
  private static final int JA4_HASH = 12;

  /** Instead of the hash of nothing. */
  private static final String JA4_EMPTY = "0".repeat(JA4_HASH);

  private static final int JA4_MAX_COUNT = 99;

  private Fingerprints() {}

  /**
   * JA3 in full, by the README of github.com/salesforce/ja3: decimal numbers in the client's order,
   * lists joined by dashes, the five fields by commas. The version is that of the hello's body.
   */
  static String ja3(ClientHello hello) {
    return String.join(
        ",",
        Integer.toString(hello.legacyVersion()),
        decimal(codes(hello.cipherSuites(), CipherSuite::code)),
        decimal(codes(hello.extensionTypes(), Integer::intValue)),
        decimal(codes(hello.groups(), NamedGroup::code)),
        decimal(codes(hello.ecPointFormats(), Integer::intValue)));
  }

  static String ja3Hash(ClientHello hello) {
    return hash("MD5", ja3(hello));
  }

  /**
   * JA4 for TLS over TCP, by technical_details/JA4.md of github.com/FoxIO-LLC/ja4: a readable part,
   * a hash of the suites, a hash of extensions and signature algorithms.
   */
  static String ja4(ClientHello hello) {
    return ja4Readable(hello) + "_" + ja4Suites(hello) + "_" + ja4Extensions(hello);
  }

  private static String ja4Readable(ClientHello hello) {
    List<Integer> extensions = hello.extensionTypes();
    return String.format(
        Locale.ROOT,
        "t%s%s%02d%02d%s",
        ja4Version(hello),
        extensions.contains(SERVER_NAME) ? "d" : "i",
        ja4Count(codes(hello.cipherSuites(), CipherSuite::code)),
        ja4Count(codes(extensions, Integer::intValue)),
        ja4Alpn(hello.alpnProtocols()));
  }

  /** The highest version offered, also where no product has it; that one is 00. */
  private static String ja4Version(ClientHello hello) {
    int highest =
        hello.supportedVersions().isEmpty()
            ? hello.legacyVersion()
            : withoutGrease(codes(hello.supportedVersions(), Integer::intValue)).max().orElse(0);
    return switch (highest) {
      case 0x0304 -> "13";
      case 0x0303 -> "12";
      case 0x0302 -> "11";
      case 0x0301 -> "10";
      case 0x0300 -> "s3";
      case 0x0002 -> "s2";
      default -> "00";
    };
  }

  private static long ja4Count(IntStream codes) {
    return Math.min(JA4_MAX_COUNT, withoutGrease(codes).count());
  }

  /**
   * First and last character of the first protocol; of its bytes in hex where one of the two is
   * neither letter nor digit. A protocol has one character per byte here.
   */
  private static String ja4Alpn(List<String> protocols) {
    if (protocols.isEmpty() || protocols.get(0).isEmpty()) {
      return "00";
    }
    String first = protocols.get(0);
    boolean readable = isAlphanumeric(first.charAt(0)) && isAlphanumeric(last(first));
    String shown =
        readable ? first : HexFormat.of().formatHex(first.getBytes(StandardCharsets.ISO_8859_1));
    return "" + shown.charAt(0) + last(shown);
  }

  private static char last(String text) {
    return text.charAt(text.length() - 1);
  }

  /** In ASCII only. */
  private static boolean isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static String ja4Suites(ClientHello hello) {
    return ja4Hash(hex(codes(hello.cipherSuites(), CipherSuite::code).sorted()));
  }

  /**
   * Extensions are sorted, since clients began to shuffle them; signature algorithms are not. SNI
   * and ALPN are left out, so that a client is the same whatever it connects to. Only the list of
   * the signature_algorithms extension counts, not those of its relatives (issue 41 of JA4).
   */
  private static String ja4Extensions(ClientHello hello) {
    IntPredicate isOfTheClient = type -> type != SERVER_NAME && type != ALPN;
    String extensions =
        hex(codes(hello.extensionTypes(), Integer::intValue).filter(isOfTheClient).sorted());
    String signatures = hex(codes(hello.signatureSchemes(), SignatureScheme::code));
    if (extensions.isEmpty() || signatures.isEmpty()) {
      return ja4Hash(extensions);
    }
    return ja4Hash(extensions + "_" + signatures);
  }

  private static String ja4Hash(String list) {
    return list.isEmpty() ? JA4_EMPTY : hash("SHA-256", list).substring(0, JA4_HASH);
  }

  private static <T> IntStream codes(List<T> values, ToIntFunction<T> code) {
    return values.stream().mapToInt(code);
  }

  private static String decimal(IntStream codes) {
    return withoutGrease(codes).mapToObj(Integer::toString).collect(Collectors.joining("-"));
  }

  private static String hex(IntStream codes) {
    return withoutGrease(codes).mapToObj("%04x"::formatted).collect(Collectors.joining(","));
  }

  private static IntStream withoutGrease(IntStream codes) {
    return codes.filter(code -> !CodePoints.isGrease(code));
  }

  private static String hash(String algorithm, String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no " + algorithm, e);
    }
  }
}

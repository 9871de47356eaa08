package io.mockexo.internal.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;
import java.util.List;

/** Credentials as clients type them, rightly and wrongly, and how to find them again. */
final class Credentials {

  private static final String PASSWORD = "forbidden-secret";
  private static final String PLAIN = base64("\0alice\0" + PASSWORD);
  private static final String TOKEN = base64("user=alice\1auth=Bearer " + PASSWORD + "\1\1");

  /** From the middle: what is left of credentials that were only cut is as bad. */
  private static final List<String> TRACES =
      List.of(PASSWORD, PLAIN.substring(12, 24), TOKEN.substring(24, 36));

  private Credentials() {}

  /**
   * A line with credentials.
   *
   * @param form which one of the ways to type them
   * @param garbage a byte before AUTH
   * @param triedAuth whether AUTH came before, so that a lone line will be taken for credentials
   */
  static byte[] typed(int form, int garbage, boolean triedAuth) {
    String before =
        garbage == '\n' || (garbage < 0x80 && Character.isLetterOrDigit(garbage))
            ? ""
            : String.valueOf((char) garbage);
    String line =
        switch (form % 8) {
          case 0 -> "AUTH PLAIN " + PLAIN;
          case 1 -> before + "auth plain " + PLAIN;
          case 2 -> "AUTH LOGIN " + PLAIN;
          case 3 -> "AUTH XOAUTH2 " + TOKEN;
          case 4 -> "AUTH " + PASSWORD;
          case 5 -> before + "AUTH " + TOKEN + " " + PLAIN;
          case 6 -> triedAuth ? PLAIN : "";
          default -> triedAuth ? PASSWORD : "";
        };
    return (line.isEmpty() ? "" : line + "\r\n").getBytes(ISO_8859_1);
  }

  static boolean areIn(String text) {
    return TRACES.stream().anyMatch(text::contains);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1));
  }
}

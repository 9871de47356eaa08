package io.mockexo.internal.smtp;

import io.mockexo.journal.SessionEvent.StrayBytes.Kind;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What bytes that nobody asked for look like. They are looked at, never executed.
 *
 * @param kind AUTH and MAIL are cleartext exposure
 * @param sample the beginning, printable and without credentials
 */
public record StraySample(Kind kind, String sample) {

  /** The longest sample, in characters. */
  static final int MAX_LENGTH = 200;

  private static final int TLS_MAJOR_VERSION = 3;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int ALERT = 21;
  private static final int APPLICATION_DATA = 23;

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private static final Pattern MAIL_LINE =
      Pattern.compile(
          "(?i)[ \t]*(MAIL[ \t]+FROM:|RCPT[ \t]+TO:|DATA[ \t]*$|BDAT[ \t]+[0-9]"
              + "|(From|To|Cc|Subject|Date|Message-ID|Received|MIME-Version|Return-Path"
              + "|Content-Type|Content-Transfer-Encoding)[ \t]*:)");

  /** Hidden wherever it stands. */
  private static final Pattern BASE64 =
      Pattern.compile("[ \t]*([A-Za-z0-9+/]{4,}|[A-Za-z0-9+/]{2,}={1,2})[ \t]*");

  /**
   * Looks at {@code bytes}, of which the first few kilobytes are enough; they may be cut anywhere.
   */
  public static StraySample of(byte[] bytes) {
    if (bytes.length >= 2
        && bytes[0] >= CHANGE_CIPHER_SPEC
        && bytes[0] <= APPLICATION_DATA
        && bytes[1] == TLS_MAJOR_VERSION) {
      int shown = Math.min(bytes.length, MAX_LENGTH / "00 ".length());
      return new StraySample(
          bytes[0] == ALERT ? Kind.TLS_ALERT : Kind.TLS_RECORD, HEX.formatHex(bytes, 0, shown));
    }
    return ofText(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** A message may be all base64: that counts as credentials only where no mail came before it. */
  private static StraySample ofText(String text) {
    Kind kind = Kind.OTHER;
    StringBuilder sample = new StringBuilder();
    for (String line : text.split("(?<=\n)", -1)) {
      String content = line.replaceFirst("\r?\n$", "");
      boolean base64 = Redaction.isLoneWord(content) && BASE64.matcher(content).matches();
      if (Redaction.isAuth(content)) {
        kind = Kind.AUTH;
      } else if (kind == Kind.OTHER && MAIL_LINE.matcher(content).lookingAt()) {
        kind = Kind.MAIL;
      } else if (kind == Kind.OTHER && base64 && looksLikeCredentials(content)) {
        kind = Kind.AUTH;
      }
      if (sample.length() <= MAX_LENGTH) {
        byte[] raw = content.getBytes(StandardCharsets.ISO_8859_1);
        sample
            .append(base64 ? Redaction.REDACTED : Redaction.commandLine(raw, kind == Kind.AUTH))
            .append(lineEnd(line));
      }
    }
    return new StraySample(kind, cut(sample));
  }

  /** Sure enough to be called so: a word of everyday language is hidden, but not accused. */
  private static boolean looksLikeCredentials(String base64) {
    String text = Blanks.strip(base64);
    return text.length() % 4 == 0 && (text.length() >= 8 || text.endsWith("="));
  }

  private static String lineEnd(String line) {
    if (line.endsWith("\r\n")) {
      return "\\r\\n";
    }
    return line.endsWith("\n") ? "\\n" : "";
  }

  private static String cut(StringBuilder sample) {
    return sample.length() <= MAX_LENGTH
        ? sample.toString()
        : sample.substring(0, MAX_LENGTH - "...".length()) + "...";
  }
}

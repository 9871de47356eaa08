package io.mockexo.internal.smtp;

import io.mockexo.internal.tls.TlsRecord;
import io.mockexo.journal.SessionEvent.StrayBytes.Kind;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What bytes that nobody asked for look like. They are looked at, never executed.
 *
 * @param kind those with AUTH or mail are cleartext exposure
 * @param sample the beginning, printable and without credentials
 */
public record StraySample(Kind kind, String sample) {

  /** The longest sample, in characters. */
  static final int MAX_LENGTH = 200;

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private static final Pattern MAIL_LINE =
      Pattern.compile(
          "(?i)[ \t]*(MAIL[ \t]+FROM:|RCPT[ \t]+TO:|DATA[ \t]*$|BDAT[ \t]+[0-9]"
              + "|(From|To|Cc|Subject|Date|Message-ID|Received|MIME-Version|Return-Path"
              + "|(ARC-)?Authentication-Results|Content-Type|Content-Transfer-Encoding)[ \t]*:)");

  /** A bare CR ends a line, too: what is behind it is looked at for itself. */
  private static final Pattern LINE_END = Pattern.compile("(?<=\n)|(?<=\r)(?!\n)");

  /** Hidden wherever it stands. */
  private static final Pattern BASE64 =
      Pattern.compile("[ \t]*([A-Za-z0-9+/]{4,}|[A-Za-z0-9+/]{2,}={1,2})[ \t]*");

  /**
   * Looks at {@code bytes}, of which the first few kilobytes are enough; they may be cut anywhere.
   *
   * @param afterAuth as for {@link Redaction#commandLine}
   */
  public static StraySample of(byte[] bytes, boolean afterAuth) {
    if (bytes.length >= 2 && TlsRecord.isPossible(bytes, 0, bytes.length)) {
      int shown = Math.min(bytes.length, MAX_LENGTH / "00 ".length());
      return new StraySample(
          bytes[0] == TlsRecord.ALERT ? Kind.TLS_ALERT : Kind.TLS_RECORD,
          HEX.formatHex(bytes, 0, shown));
    }
    return ofText(new String(bytes, StandardCharsets.ISO_8859_1), afterAuth);
  }

  /**
   * Text of a message may be base64 or speak of logins, and is hidden then: but what is not AUTH
   * itself counts as credentials only where no mail came before it.
   */
  private static StraySample ofText(String text, boolean afterAuth) {
    String[] lines = LINE_END.split(text, -1);
    Kind kind = Kind.OTHER;
    for (String line : lines) {
      kind = kindAfter(kind, content(line));
    }
    boolean after = afterAuth;
    StringBuilder sample = new StringBuilder();
    for (String line : lines) {
      String content = content(line);
      // Where there is AUTH, a line before it may be the rest of another whose beginning is lost.
      boolean mayBeRest = kind.isAuth() && !isLogin(content);
      if (sample.length() <= MAX_LENGTH) {
        sample.append(recorded(content, after || mayBeRest).text()).append(lineEnd(line));
      }
      after |= Redaction.triesAuth(content.getBytes(StandardCharsets.ISO_8859_1));
    }
    return new StraySample(kind, cut(sample));
  }

  private static String content(String line) {
    return line.replaceFirst("[\r\n]+$", "");
  }

  private static boolean isLogin(String line) {
    return CredentialWords.isFirstIn(line) || CredentialWords.isLogin(line);
  }

  private static Kind kindAfter(Kind kind, String line) {
    if (CredentialWords.isFirstIn(line)) {
      return kind.isMail() ? Kind.MAIL_AND_AUTH : Kind.AUTH;
    }
    if (MAIL_LINE.matcher(line).lookingAt()) {
      return kind.isAuth() ? Kind.MAIL_AND_AUTH : Kind.MAIL;
    }
    if (kind != Kind.OTHER) {
      return kind;
    }
    return CredentialWords.isLogin(line) || looksLikeCredentials(line) ? Kind.AUTH : kind;
  }

  private static RecordedLine recorded(String line, boolean afterAuth) {
    return isBase64(line)
        ? new RecordedLine("", Redaction.REDACTED, true)
        : Redaction.commandLine(line.getBytes(StandardCharsets.ISO_8859_1), afterAuth);
  }

  private static boolean isBase64(String line) {
    return Redaction.isLoneWord(line) && BASE64.matcher(line).matches();
  }

  /** Sure enough to be called so: a word of everyday language is hidden, but not accused. */
  private static boolean looksLikeCredentials(String line) {
    String text = Blanks.strip(line);
    return isBase64(text) && text.length() % 4 == 0 && (text.length() >= 8 || text.endsWith("="));
  }

  private static String lineEnd(String line) {
    if (line.endsWith("\r\n")) {
      return "\\r\\n";
    }
    if (line.endsWith("\r")) {
      return "\\r";
    }
    return line.endsWith("\n") ? "\\n" : "";
  }

  private static String cut(StringBuilder sample) {
    return sample.length() <= MAX_LENGTH
        ? sample.toString()
        : sample.substring(0, MAX_LENGTH - "...".length()) + "...";
  }
}

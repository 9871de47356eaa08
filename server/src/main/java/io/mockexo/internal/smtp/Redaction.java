package io.mockexo.internal.smtp;

import io.mockexo.internal.smtp.SmtpCommand.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes what a client sent safe to record: the one place where credentials are taken out. What
 * comes out has no control characters and a bounded length.
 *
 * <p>A command with arguments that are valid is shown as it is. In any other line everything behind
 * a credential word is taken out, and after AUTH was tried all of a line that is no command is.
 */
public final class Redaction {

  static final String REDACTED = "<redacted>";

  /** How much of a line is recorded, in characters. */
  static final int MAX_LENGTH = 1000;

  /** What nobody would choose as a password: then an error in it is worth more than a secret. */
  private static final Pattern UNMISTAKABLE =
      Pattern.compile("(?i)[ \t]*(?:MAIL[ \t]+FROM:|RCPT[ \t]+TO:|EHLO[ \t]|HELO[ \t]|BDAT[ \t])");

  /** Commands that are valid whatever stands behind them. */
  private static final Set<String> FREE_TEXT = Set.of("NOOP", "HELP", "VRFY", "EXPN");

  private Redaction() {}

  /**
   * A command line as it is recorded.
   *
   * @param line without its end
   * @param afterAuth whether AUTH was tried on this connection: a line that is no command may then
   *     be the credentials of a client that did not wait for its refusal, or did not understand it
   */
  public static RecordedLine commandLine(byte[] line, boolean afterAuth) {
    // One character per byte: credentials are found in what is not UTF-8, too.
    String text = new String(line, StandardCharsets.ISO_8859_1);
    StringBuilder shown = new StringBuilder();
    boolean redacted = false;
    boolean after = afterAuth;
    for (String piece : pieces(text)) {
      String kept = kept(piece, after);
      redacted |= kept != null;
      shown.append(kept == null ? piece : withMark(kept));
      after |= triesAuthInPiece(piece);
    }
    byte[] raw = shown.toString().getBytes(StandardCharsets.ISO_8859_1);
    return new RecordedLine(
        SmtpCommandParser.verb(text), Printable.line(raw, MAX_LENGTH), redacted);
  }

  /**
   * A continuation line of AUTH as it is recorded; only the {@code *} that cancels is shown. It has
   * no verb, whatever it looks like.
   */
  public static RecordedLine authLine(byte[] line) {
    String text = Blanks.strip(new String(line, StandardCharsets.ISO_8859_1));
    boolean cancels = text.equals("*");
    return new RecordedLine("", cancels ? text : REDACTED, !cancels);
  }

  /**
   * Whether the line tries AUTH or another login, valid or not: from then on {@link #commandLine}
   * is to be told so.
   */
  public static boolean triesAuth(byte[] line) {
    return pieces(new String(line, StandardCharsets.ISO_8859_1)).stream()
        .anyMatch(Redaction::triesAuthInPiece);
  }

  /**
   * The name of a user as it is recorded. A client may have taken LOGIN for PLAIN and sent its
   * password behind a NUL.
   */
  static @Nullable String user(@Nullable String name) {
    boolean garbled = name != null && name.chars().anyMatch(Character::isISOControl);
    return garbled ? REDACTED : name;
  }

  /** The name of a mechanism as it is recorded: a client may have put its password there. */
  static String mechanism(String name) {
    String mechanism = name.toUpperCase(Locale.ROOT);
    return CredentialWords.MECHANISMS.contains(mechanism) ? mechanism : REDACTED;
  }

  /**
   * Whether the line is one word and no verb. Base64 is, and so is a password that was sent as it
   * is.
   */
  static boolean isLoneWord(String line) {
    String text = Blanks.strip(line);
    return !text.isEmpty()
        && Blanks.wordEnd(text) == text.length()
        && SmtpCommandParser.verb(text).isEmpty();
  }

  /**
   * The line in its pieces and what parts them. To other eyes than ours a bare CR ends a line, and
   * what follows is the next one.
   */
  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    StringTokenizer tokens = new StringTokenizer(text, "\r\n", true);
    while (tokens.hasMoreTokens()) {
      pieces.add(tokens.nextToken());
    }
    return pieces;
  }

  /** What is left in front of that which is taken out; null where nothing is. */
  private static @Nullable String kept(String piece, boolean afterAuth) {
    String text = Blanks.strip(piece);
    String verb = SmtpCommandParser.verb(text);
    boolean shown = isEmpty(text) || verb.equals("AUTH") || CredentialWords.isXExps(text);
    if (afterAuth && !shown && verb.isEmpty()) {
      return "";
    }
    if (afterAuth && !shown && isMalformed(piece) && !UNMISTAKABLE.matcher(piece).lookingAt()) {
      return upTo(piece.indexOf(text) + verb.length(), piece);
    }
    return upTo(credentialsIn(piece), piece);
  }

  /** What parts pieces is a piece, too. */
  private static boolean isEmpty(String text) {
    return text.isEmpty() || text.equals("\r") || text.equals("\n");
  }

  /** Where what is behind a credential word begins, if what it stands in may have some; or -1. */
  private static int credentialsIn(String piece) {
    String verb = SmtpCommandParser.verb(piece);
    if (verb.isEmpty() || verb.equals("AUTH")) {
      return CredentialWords.endIn(piece);
    }
    boolean doubtful = FREE_TEXT.contains(verb) || isMalformed(piece);
    return doubtful ? CredentialWords.endInCommand(piece) : -1;
  }

  private static boolean isMalformed(String piece) {
    byte[] line = piece.getBytes(StandardCharsets.ISO_8859_1);
    return SmtpCommandParser.parse(line) instanceof Malformed;
  }

  private static @Nullable String upTo(int end, String piece) {
    return end < 0 || Blanks.strip(piece.substring(end)).isEmpty() ? null : piece.substring(0, end);
  }

  private static String withMark(String kept) {
    String text = Blanks.strip(kept);
    return text.isEmpty() ? REDACTED : text + " " + REDACTED;
  }

  /** Who asks HELP about AUTH does not try it. */
  private static boolean triesAuthInPiece(String piece) {
    String verb = SmtpCommandParser.verb(piece);
    return verb.equals("AUTH") || (!FREE_TEXT.contains(verb) && credentialsIn(piece) >= 0);
  }
}

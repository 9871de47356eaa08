package io.mockexo.internal.smtp;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes what a client sent safe to record: the one place where credentials are taken out. What
 * comes out has no control characters and a bounded length.
 */
public final class Redaction {

  static final String REDACTED = "<redacted>";

  /** How much of a line is recorded, in characters. */
  static final int MAX_LENGTH = 1000;

  /** AUTH, or X-EXPS by which Exchange servers authenticate to each other. */
  private static final Pattern AUTH =
      Pattern.compile("(?i)(?<![A-Z0-9])(?:AUTH|X-EXPS)(?=[ \t]|$)[ \t]*");

  private static final Set<String> MECHANISMS =
      Set.of(
          "LOGIN",
          "PLAIN",
          "XOAUTH2",
          "OAUTHBEARER",
          "NTLM",
          "GSSAPI",
          "CRAM-MD5",
          "DIGEST-MD5",
          "SCRAM-SHA-1",
          "SCRAM-SHA-256",
          "EXTERNAL",
          "ANONYMOUS",
          "KERBEROS_V4",
          "EXCHANGEAUTH");

  private Redaction() {}

  /**
   * A command line as it is recorded.
   *
   * @param line without its end
   * @param afterAuth whether AUTH was tried on this connection: a line that is no command may then
   *     be the credentials of a client that did not wait for its refusal, or did not understand it
   */
  public static String commandLine(byte[] line, boolean afterAuth) {
    // One character per byte: credentials are found in what is not UTF-8, too.
    String text = new String(line, StandardCharsets.ISO_8859_1);
    if (afterAuth && isLoneWord(text)) {
      return REDACTED;
    }
    Matcher auth = AUTH.matcher(text);
    if (isOtherCommand(text) || !auth.find()) {
      return Printable.line(line, MAX_LENGTH);
    }
    String rest = Blanks.strip(text.substring(auth.end()));
    String mechanism = rest.substring(0, Blanks.wordEnd(rest));
    boolean known = isMechanism(mechanism);
    int shown = known ? text.indexOf(mechanism, auth.end()) + mechanism.length() : auth.end();
    boolean more = known ? mechanism.length() < rest.length() : !rest.isEmpty();
    byte[] kept = text.substring(0, shown).getBytes(StandardCharsets.ISO_8859_1);
    String safe = Blanks.strip(Printable.line(kept, MAX_LENGTH));
    return more ? safe + " " + REDACTED : safe;
  }

  /** A continuation line of AUTH as it is recorded; only the {@code *} that cancels is shown. */
  public static String authLine(byte[] line) {
    String text = Blanks.strip(new String(line, StandardCharsets.ISO_8859_1));
    return text.equals("*") ? text : REDACTED;
  }

  /**
   * Whether the line tries AUTH, valid or not: from then on {@link #commandLine} is to be told so.
   */
  public static boolean triesAuth(byte[] line) {
    String text = new String(line, StandardCharsets.ISO_8859_1);
    return !isOtherCommand(text) && AUTH.matcher(text).find();
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
    return isMechanism(name) ? name.toUpperCase(Locale.ROOT) : REDACTED;
  }

  /** Whether the line is AUTH, alone or behind bytes that are neither letters nor digits. */
  static boolean isAuth(String line) {
    Matcher auth = AUTH.matcher(line);
    return auth.find()
        && line.chars()
            .limit(auth.start())
            .noneMatch(c -> c < 0x80 && Character.isLetterOrDigit(c));
  }

  /**
   * Whether the line is one word and no verb. Base64 is, and so is a password that was sent as it
   * is.
   */
  static boolean isLoneWord(String line) {
    String text = Blanks.strip(line);
    return !text.isEmpty()
        && Blanks.wordEnd(text) == text.length()
        && !SmtpCommandParser.isVerb(text);
  }

  /** In a line that is no command AUTH is looked for everywhere: it may stand behind garbage. */
  private static boolean isOtherCommand(String line) {
    String text = Blanks.strip(line);
    String verb = text.substring(0, Blanks.wordEnd(text));
    return SmtpCommandParser.isVerb(verb) && !verb.equalsIgnoreCase("AUTH");
  }

  private static boolean isMechanism(String name) {
    return MECHANISMS.contains(name.toUpperCase(Locale.ROOT));
  }
}

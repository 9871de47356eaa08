package io.mockexo.internal.smtp;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words behind which credentials stand: AUTH (RFC 4954), X-EXPS by which Exchange servers
 * authenticate to each other, and the logins of IMAP (RFC 9051, section 6.2) and POP3 (RFC 1939,
 * section 7), whose clients do connect to the wrong port (facts 3.3).
 */
final class CredentialWords {

  static final Set<String> MECHANISMS =
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

  /**
   * A mechanism behind whatever a client may have put in place of a blank. What is not ASCII may be
   * a password.
   */
  private static final String MECHANISM =
      "[^A-Za-z0-9\\x80-\\xFF]{0,8}(?:" + String.join("|", MECHANISMS) + ")(?![A-Z0-9])";

  /** AUTH gives itself away by a mechanism, whatever letters stand before it. */
  private static final String AUTH_WITH_MECHANISM = "AUTH(?=" + MECHANISM + ")";

  /** AUTH=&lt;&gt; is the one value of that parameter of MAIL which can hide nothing. */
  private static final String AUTH =
      "AUTH(?!=<>)(?:ENTICATE|ENTICATION|ORIZATION)?|X-EXPS(?![A-Z0-9])";

  private static final String LOGIN = "(?:PASS(?:WORD|WD)?|LOGIN)(?![A-Z0-9])";

  /** Credentials may follow AUTH without a blank. */
  private static final Pattern ANYWHERE =
      Pattern.compile(
          "(?i)(?<![A-Z0-9])(?:(?<auth>"
              + AUTH
              + ")|"
              + LOGIN
              + ")|(?<m>"
              + AUTH_WITH_MECHANISM
              + ")");

  /** Whole words only, and none that are part of an address or of a host name. */
  private static final Pattern IN_COMMAND =
      Pattern.compile(
          "(?i)(?<![A-Z0-9<@._-])(?:(?<auth>"
              + AUTH
              + ")|"
              + LOGIN
              + ")(?![A-Z0-9])(?![A-Z0-9_-]{0,64}[@.])|(?<m>"
              + AUTH_WITH_MECHANISM
              + ")");

  /** AUTH may be mistyped: a known mechanism as the second word, with one more word at most. */
  private static final Pattern MISTYPED =
      Pattern.compile(
          "(?i)[ \t]*+[^ \t]++[ \t]++(?<m>"
              + String.join("|", MECHANISMS)
              + ")(?:[ \t]++[^ \t]++)?[ \t]*+");

  private static final Pattern SHOWN_MECHANISM = Pattern.compile("(?i)" + MECHANISM);

  /** AUTH at the beginning, alone or behind bytes that are neither letters nor digits. */
  private static final Pattern FIRST =
      Pattern.compile("(?i)[^A-Z0-9]*+(?:AUTH|X-EXPS)(?:(?=[ \t]|$)|(?=" + MECHANISM + "))");

  /** What nobody says by chance: IMAP with its tag, POP3, and AUTH with a mechanism anywhere. */
  private static final Pattern LOGIN_FOR_SURE =
      Pattern.compile(
          "(?i)^[ \t]*+(?:[A-Z.]*+[0-9][A-Z0-9.]*+[ \t]++)?(?:LOGIN|AUTHENTICATE|PASS)[ \t]++[^ \t]"
              + "|"
              + AUTH_WITH_MECHANISM);

  private CredentialWords() {}

  /** Where what is behind the first credential word of a line begins that is no command; or -1. */
  static int endIn(String line) {
    int end = end(ANYWHERE, line);
    Matcher mistyped = MISTYPED.matcher(line);
    return end < 0 && mistyped.matches() ? mistyped.end("m") : end;
  }

  /** Where what is behind the first credential word of a command begins; or -1. */
  static int endInCommand(String line) {
    return end(IN_COMMAND, line);
  }

  /** Whether the line is X-EXPS, which is as good as AUTH, with blanks where they belong. */
  static boolean isXExps(String line) {
    return line.substring(0, Blanks.wordEnd(line)).equalsIgnoreCase("X-EXPS");
  }

  /** Whether AUTH is what the line begins with. */
  static boolean isFirstIn(String line) {
    return FIRST.matcher(line).lookingAt();
  }

  /** Whether the line is a login beyond doubt, and not text in which such words stand. */
  static boolean isLogin(String line) {
    return isFirstIn(line) || LOGIN_FOR_SURE.matcher(line).find();
  }

  /** A known mechanism is no secret. The argument of a login may be called like one and is. */
  private static int end(Pattern words, String line) {
    Matcher word = words.matcher(line);
    if (!word.find()) {
      return -1;
    }
    boolean auth = word.group("auth") != null || word.group("m") != null;
    Matcher mechanism = SHOWN_MECHANISM.matcher(line).region(word.end(), line.length());
    return auth && mechanism.lookingAt() ? mechanism.end() : word.end();
  }
}

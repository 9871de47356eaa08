package io.mockexo.internal.smtp;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A reverse-path or forward-path (RFC 5321, section 4.1.2) as it was read, valid or not. Angle
 * brackets may be missing, as in Microsoft's own telnet examples.
 *
 * @param mailbox what stands between the angle brackets, without its source route
 * @param rest what follows the path
 */
record PathSyntax(String mailbox, String rest) {

  /**
   * Exchange's limit for an address (facts 8); RFC 5321, section 4.5.3.1.3, asks for 256 at least.
   */
  private static final int MAX_LENGTH = 571;

  /** atext of RFC 5322 with the UTF-8 of RFC 6531, section 3.3. */
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-\\x{80}-\\x{10FFFF}]+";

  private static final Pattern DOT_STRING = Pattern.compile(ATOM + "(\\." + ATOM + ")*");

  private static final Pattern QUOTED_STRING =
      Pattern.compile("\"([ !#-\\[\\]-~\\x{80}-\\x{10FFFF}]|\\\\[ -~])*+\"");

  /** Reads the path that {@code text} begins with; null if it has no end or nothing in it. */
  static @Nullable PathSyntax read(String text) {
    boolean bracketed = text.startsWith("<");
    int from = bracketed ? 1 : 0;
    int end = endOf(text, from, bracketed);
    if (end < 0 || (!bracketed && end == 0)) {
      return null;
    }
    int next = bracketed ? end + 1 : end;
    if (next < text.length() && !Blanks.isBlank(text.charAt(next))) {
      return null;
    }
    return new PathSyntax(
        withoutRoute(text.substring(from, end)), Blanks.strip(text.substring(next)));
  }

  /** The closing bracket, or without brackets the first blank, outside of quoted strings. */
  private static int endOf(String text, int from, boolean bracketed) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && (bracketed ? c == '>' : Blanks.isBlank(c))) {
        return i;
      }
    }
    return bracketed || quoted ? -1 : text.length();
  }

  /** {@code @one.example,@two.example:mailbox}: accepted and ignored (RFC 5321, appendix C). */
  private static String withoutRoute(String path) {
    int colon = path.indexOf(':');
    boolean routed = path.startsWith("@") && colon > 0 && path.lastIndexOf('"', colon) < 0;
    return routed ? path.substring(colon + 1) : path;
  }

  /** Whether this is the null reverse-path. */
  boolean isNull() {
    return mailbox.isEmpty();
  }

  /** Whether this is {@code <Postmaster>}, the one mailbox without a domain. */
  boolean isPostmaster() {
    return mailbox.equalsIgnoreCase("Postmaster");
  }

  boolean isMailbox() {
    int at = mailbox.lastIndexOf('@');
    if (at < 0 || mailbox.length() > MAX_LENGTH) {
      return false;
    }
    String localPart = mailbox.substring(0, at);
    boolean local =
        DOT_STRING.matcher(localPart).matches() || QUOTED_STRING.matcher(localPart).matches();
    return local && DomainSyntax.isMailDomain(mailbox.substring(at + 1));
  }
}

package io.mockexo.internal.smtp;

import java.util.regex.Pattern;

/** Domains and address literals (RFC 5321, sections 4.1.2 and 4.1.3), read leniently. */
final class DomainSyntax {

  private static final int MAX_LENGTH = 255;

  /** Letters, digits, hyphen, the underscore of many Windows names, and U-labels (RFC 5890). */
  private static final Pattern DOMAIN =
      Pattern.compile(
          "[A-Za-z0-9_\\-\\x{80}-\\x{10FFFF}]+(\\.[A-Za-z0-9_\\-\\x{80}-\\x{10FFFF}]+)*");

  /** dtext of RFC 5321: printable ASCII but the brackets and the backslash. */
  private static final Pattern ADDRESS_LITERAL = Pattern.compile("\\[[!-Z^-~]+]");

  private DomainSyntax() {}

  /** What may stand behind the at sign of a mailbox. */
  static boolean isMailDomain(String text) {
    return text.length() <= MAX_LENGTH
        && (DOMAIN.matcher(text).matches() || ADDRESS_LITERAL.matcher(text).matches());
  }

  /**
   * What may stand behind EHLO and HELO. Only {@code MacBook..} is known to be refused (facts 2.2):
   * an empty label is an error here, one dot at the end is not. A U-label must come as A-label (RFC
   * 6531, section 3.7.1).
   */
  static boolean isHelloDomain(String text) {
    String domain = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    return isAscii(domain) && isMailDomain(domain);
  }

  static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}

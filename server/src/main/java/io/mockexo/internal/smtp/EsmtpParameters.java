package io.mockexo.internal.smtp;

import io.mockexo.internal.smtp.SmtpCommand.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of MAIL and RCPT (RFC 5321, section 4.1.2: {@code esmtp-param}).
 *
 * @param values by keyword in upper case, in the order in which they came; the words of BODY, RET
 *     and NOTIFY in upper case, others as sent, empty where there is none
 * @param problem what is wrong with the first one that is not valid, or null
 */
record EsmtpParameters(Map<String, String> values, @Nullable Problem problem) {

  private static final Pattern KEYWORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*");
  private static final Pattern VALUE = Pattern.compile("[!-<>-~\\x{80}-\\x{10FFFF}]+");
  private static final Pattern BEYOND_ASCII = Pattern.compile("[\\x{80}-\\x{10FFFF}]");

  /** An atom (RFC 5321, section 4.1.2). */
  private static final Pattern ADDRESS_TYPE = Pattern.compile("[A-Za-z0-9!#$%&'*+/?^_`{|}~-]+");

  private static final Set<String> MAIL_KEYWORDS =
      Set.of("SIZE", "BODY", "SMTPUTF8", "RET", "ENVID", "AUTH");
  private static final Set<String> RCPT_KEYWORDS = Set.of("NOTIFY", "ORCPT");
  private static final Set<String> BODY_TYPES = Set.of("7BIT", "8BITMIME", "BINARYMIME");

  /** RFC 3461, section 4.4. */
  private static final int MAX_ENVID = 100;

  /** RFC 3461, section 4.2. */
  private static final int MAX_ORCPT = 500;

  static EsmtpParameters ofMail(String text) {
    return read(text, MAIL_KEYWORDS);
  }

  static EsmtpParameters ofRcpt(String text) {
    return read(text, RCPT_KEYWORDS);
  }

  private static EsmtpParameters read(String text, Set<String> known) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String word : words(text)) {
      int equals = word.indexOf('=');
      String keyword = equals < 0 ? word : word.substring(0, equals);
      if (!KEYWORD.matcher(keyword).matches()) {
        return new EsmtpParameters(values, Problem.INVALID_ARGUMENTS);
      }
      String name = keyword.toUpperCase(Locale.ROOT);
      if (!known.contains(name) || values.containsKey(name)) {
        return new EsmtpParameters(values, Problem.UNRECOGNIZED_PARAMETER);
      }
      String value = equals < 0 ? "" : word.substring(equals + 1);
      Problem problem = judge(name, equals >= 0, value);
      if (problem != null) {
        return new EsmtpParameters(values, problem);
      }
      values.put(name, isWordList(name) ? value.toUpperCase(Locale.ROOT) : value);
    }
    return new EsmtpParameters(values, null);
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringTokenizer tokens = new StringTokenizer(text, " \t");
    while (tokens.hasMoreTokens()) {
      words.add(tokens.nextToken());
    }
    return words;
  }

  private static @Nullable Problem judge(String keyword, boolean hasValue, String value) {
    if (keyword.equals("BODY")) {
      // RFC 6152, section 2; RFC 3030, section 3
      boolean known = BODY_TYPES.contains(value.toUpperCase(Locale.ROOT));
      return known ? null : Problem.UNSUPPORTED_BODY_TYPE;
    }
    if (keyword.equals("SMTPUTF8")) {
      // RFC 6531, section 3.4: no value
      return hasValue ? Problem.INVALID_ARGUMENTS : null;
    }
    boolean valid = VALUE.matcher(value).matches() && isValid(keyword, value);
    return valid ? null : Problem.INVALID_ARGUMENTS;
  }

  private static boolean isValid(String keyword, String value) {
    return switch (keyword) {
      // RFC 1870, section 6
      case "SIZE" -> Decimal.isNumber(value);
      // RFC 3461, section 4.3
      case "RET" -> value.equalsIgnoreCase("FULL") || value.equalsIgnoreCase("HDRS");
      // RFC 3461, section 4.4: what it stands for is printable
      case "ENVID" -> value.length() <= MAX_ENVID && Xtext.isPrintable(value);
      case "NOTIFY" -> isNotify(value.toUpperCase(Locale.ROOT));
      case "ORCPT" -> value.length() <= MAX_ORCPT && isOrcpt(value);
      // AUTH (RFC 4954, section 5): a mailbox as xtext, or <>, which is xtext, too
      default -> Xtext.isValid(value);
    };
  }

  /**
   * RFC 3461, section 4.2: {@code addr-type ";" xtext}. Addresses of type utf-8 may have characters
   * beyond ASCII (RFC 6533, section 3: utf-8-addr-unitext).
   */
  private static boolean isOrcpt(String value) {
    int semicolon = value.indexOf(';');
    if (semicolon < 0 || !ADDRESS_TYPE.matcher(value.substring(0, semicolon)).matches()) {
      return false;
    }
    boolean utf8 = value.substring(0, semicolon).equalsIgnoreCase("utf-8");
    String address = value.substring(semicolon + 1);
    String ascii = utf8 ? BEYOND_ASCII.matcher(address).replaceAll("x") : address;
    return !ascii.isEmpty() && Xtext.isPrintable(ascii);
  }

  /** RFC 3461, section 4.1: NEVER stands alone. */
  private static boolean isNotify(String value) {
    return value.equals("NEVER")
        || List.of(value.split(",", -1)).stream()
            .allMatch(Set.of("SUCCESS", "FAILURE", "DELAY")::contains);
  }

  private static boolean isWordList(String keyword) {
    return keyword.equals("BODY") || keyword.equals("RET") || keyword.equals("NOTIFY");
  }
}

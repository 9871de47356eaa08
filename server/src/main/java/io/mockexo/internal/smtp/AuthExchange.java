package io.mockexo.internal.smtp;

import io.mockexo.exchange.Account;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One AUTH exchange (RFC 4954, section 4) from its command to its end. Knows the mechanisms, not
 * the replies. A password is compared and forgotten.
 */
final class AuthExchange {

  /** What is to be done next. */
  enum Outcome {
    ASK_USER_NAME,
    ASK_PASSWORD,
    ASK_TOKEN,
    ASK_NTLM,
    ACCEPTED,
    WRONG_CREDENTIALS,
    TOKEN_REFUSED,
    /** The client sent {@code *}. */
    CANCELED,
    NOT_BASE64
  }

  /** Ends each field of XOAUTH2's response. */
  private static final char FIELD_END = '\u0001';

  /** RFC 7235 takes the scheme's name in any case. */
  private static final Pattern BEARER =
      Pattern.compile("(?i:auth=Bearer) +([^ \u0001]+)\u0001\u0001");

  private final String mechanism;
  private final List<Account> accounts;
  private Outcome asked;
  private @Nullable String user;

  private AuthExchange(String mechanism, List<Account> accounts, Outcome asked) {
    this.mechanism = mechanism;
    this.accounts = accounts;
    this.asked = asked;
  }

  /** An exchange with {@code mechanism}, or null if there is no such one. */
  static @Nullable AuthExchange of(String mechanism, List<Account> accounts) {
    return switch (mechanism) {
      case "LOGIN" -> new AuthExchange(mechanism, accounts, Outcome.ASK_USER_NAME);
      // Nobody's credentials are known: whatever the client answers is wrong.
      case "NTLM" -> new AuthExchange(mechanism, accounts, Outcome.ASK_NTLM);
      case "XOAUTH2" -> new AuthExchange(mechanism, accounts, Outcome.ASK_TOKEN);
      default -> null;
    };
  }

  String mechanism() {
    return mechanism;
  }

  /**
   * Who it is for, as far as that has come; after {@link Outcome#ACCEPTED} the account's own name.
   */
  @Nullable String user() {
    return user;
  }

  /** Begins; a lone {@code =} is an initial response of no bytes (RFC 4954, section 4). */
  Outcome begin(@Nullable String initialResponse) {
    if (initialResponse == null || asked == Outcome.ASK_NTLM) {
      return asked;
    }
    return initialResponse.equals("=") ? answered("") : decode(initialResponse);
  }

  /** Takes a continuation line. */
  Outcome on(byte[] line) {
    String text = Blanks.strip(new String(line, StandardCharsets.ISO_8859_1));
    return text.equals("*") ? Outcome.CANCELED : decode(text);
  }

  private Outcome decode(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return Outcome.NOT_BASE64;
    }
    return answered(new String(bytes, StandardCharsets.UTF_8));
  }

  private Outcome answered(String response) {
    if (asked == Outcome.ASK_TOKEN) {
      return answeredToken(response);
    }
    if (asked == Outcome.ASK_NTLM) {
      return Outcome.WRONG_CREDENTIALS;
    }
    String name = user;
    if (name == null) {
      user = response;
      asked = Outcome.ASK_PASSWORD;
      return asked;
    }
    return judged(account -> account.acceptsPassword(name, response), Outcome.WRONG_CREDENTIALS);
  }

  /** {@code user=<name>^Aauth=Bearer <token>^A^A}; the user is told even if the rest is wrong. */
  private Outcome answeredToken(String response) {
    int end = response.indexOf(FIELD_END);
    if (!response.startsWith("user=") || end < 0) {
      return Outcome.TOKEN_REFUSED;
    }
    String name = response.substring("user=".length(), end);
    user = name;
    Matcher bearer = BEARER.matcher(response.substring(end + 1));
    return bearer.matches()
        ? judged(account -> account.acceptsToken(name, bearer.group(1)), Outcome.TOKEN_REFUSED)
        : Outcome.TOKEN_REFUSED;
  }

  private Outcome judged(Predicate<Account> credentials, Outcome otherwise) {
    for (Account account : accounts) {
      if (credentials.test(account)) {
        user = account.user();
        return Outcome.ACCEPTED;
      }
    }
    return otherwise;
  }
}

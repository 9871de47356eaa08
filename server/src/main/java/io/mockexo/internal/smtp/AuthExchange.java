package io.mockexo.internal.smtp;

import io.mockexo.exchange.Account;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
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
    ACCEPTED,
    WRONG_CREDENTIALS,
    TOKEN_REFUSED,
    /** The client sent {@code *}. */
    CANCELED,
    NOT_BASE64
  }

  private final String mechanism;
  private final List<Account> accounts;
  private Outcome asked;
  private @Nullable String user;

  private AuthExchange(String mechanism, List<Account> accounts, Outcome asked) {
    this.mechanism = mechanism;
    this.accounts = accounts;
    this.asked = asked;
  }

  /**
   * An exchange with {@code mechanism}, or null if there is no such one. XOAUTH2 is offered by the
   * service; no token is accepted here.
   */
  static @Nullable AuthExchange of(String mechanism, List<Account> accounts) {
    return switch (mechanism) {
      case "LOGIN" -> new AuthExchange(mechanism, accounts, Outcome.ASK_USER_NAME);
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
    if (initialResponse == null) {
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
      user = userOf(response);
      return Outcome.TOKEN_REFUSED;
    }
    String name = user;
    if (name == null) {
      user = response;
      asked = Outcome.ASK_PASSWORD;
      return asked;
    }
    for (Account account : accounts) {
      if (account.accepts(name, response)) {
        user = account.user();
        return Outcome.ACCEPTED;
      }
    }
    return Outcome.WRONG_CREDENTIALS;
  }

  /** {@code user=<name>^Aauth=Bearer <token>^A^A}. */
  private static @Nullable String userOf(String token) {
    int end = token.indexOf('\u0001');
    return token.startsWith("user=") && end > 0 ? token.substring("user=".length(), end) : null;
  }
}

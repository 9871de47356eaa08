package io.mockexo.internal.smtp;

import io.mockexo.exchange.Account;
import io.mockexo.exchange.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
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
  private final Tenant tenant;
  private final InstantSource clock;
  private Outcome asked;
  private @Nullable String user;
  private @Nullable String reason;

  private AuthExchange(String mechanism, Tenant tenant, InstantSource clock, Outcome asked) {
    this.mechanism = mechanism;
    this.tenant = tenant;
    this.clock = clock;
    this.asked = asked;
  }

  /** An exchange with {@code mechanism}, or null if there is no such one. */
  static @Nullable AuthExchange of(String mechanism, Tenant tenant, InstantSource clock) {
    return switch (mechanism) {
      case "LOGIN" -> new AuthExchange(mechanism, tenant, clock, Outcome.ASK_USER_NAME);
      // Nobody's credentials are known: whatever the client answers is wrong.
      case "NTLM" -> new AuthExchange(mechanism, tenant, clock, Outcome.ASK_NTLM);
      case "XOAUTH2" -> new AuthExchange(mechanism, tenant, clock, Outcome.ASK_TOKEN);
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

  /** Why a token was refused, in words that do not contain it; null where none was. */
  @Nullable String reason() {
    return reason;
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
    Optional<Account> known =
        tenant.accounts().stream().filter(it -> it.acceptsPassword(name, response)).findFirst();
    known.ifPresent(account -> user = account.user());
    return known.isPresent() ? Outcome.ACCEPTED : Outcome.WRONG_CREDENTIALS;
  }

  /** {@code user=<name>^Aauth=Bearer <token>^A^A}; the user is told even if the rest is wrong. */
  private Outcome answeredToken(String response) {
    int end = response.indexOf(FIELD_END);
    if (!response.startsWith("user=") || end < 0) {
      return refused("the response is not that of XOAUTH2");
    }
    String name = response.substring("user=".length(), end);
    user = name;
    Matcher bearer = BEARER.matcher(response.substring(end + 1));
    return bearer.matches()
        ? judgedToken(name, bearer.group(1))
        : refused("the response is not that of XOAUTH2");
  }

  private Outcome judgedToken(String name, String token) {
    String objection = "there is no such account";
    for (Account account : tenant.accounts()) {
      if (account.isOf(name)) {
        objection = objection(account, token);
        if (objection == null) {
          user = account.user();
          return Outcome.ACCEPTED;
        }
      }
    }
    return refused(objection);
  }

  /** An account takes the token that it was given, and those that the tenant's issuer signs. */
  private @Nullable String objection(Account account, String token) {
    if (account.acceptsToken(account.user(), token)) {
      return null;
    }
    String what = account.accessToken() == null ? "" : "not that of the account, and ";
    return tenant
        .tokenIssuer()
        .objectionTo(token, account.user(), clock.instant())
        .map(it -> "the access token is %snot good: %s".formatted(what, it))
        .orElse(null);
  }

  private Outcome refused(String why) {
    reason = why;
    return Outcome.TOKEN_REFUSED;
  }
}

package io.mockexo.exchange;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The claims of an access token whose signature is good, as a resource server judges them. */
final class TokenClaims {

  /** The names of Exchange Online, and its id in Microsoft Entra ID. */
  private static final Set<String> AUDIENCES =
      Set.of(
          AccessTokenSpec.EXCHANGE_ONLINE,
          AccessTokenSpec.EXCHANGE_ONLINE + "/",
          "https://outlook.office.com",
          "https://outlook.office.com/",
          "00000002-0000-0ff1-ce00-000000000000");

  /**
   * Who it is, in tokens of version 1, in those of version 2, and in old ones; the first that is
   * there decides.
   */
  private static final List<String> USER = List.of("upn", "preferred_username", "unique_name");

  private final Map<String, Object> claims;

  TokenClaims(Map<String, Object> claims) {
    this.claims = claims;
  }

  /** What is wrong with them for this user at this time, first things first. */
  Optional<String> objection(String user, Instant now) {
    return Stream.of(validity(now), audience(), permission(user))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** RFC 7519, sections 4.1.4 and 4.1.5, to the second: that there is no leeway, G. */
  private Optional<String> validity(Instant now) {
    Optional<Instant> from = time("nbf");
    if (claims.containsKey("nbf") && from.isEmpty()) {
      return Optional.of("its nbf is no time");
    } else if (from.isPresent() && now.isBefore(from.get())) {
      return Optional.of("it is not valid before " + from.get());
    }
    Optional<Instant> until = time("exp");
    if (until.isEmpty()) {
      return Optional.of("it does not say when it expires");
    }
    return now.isBefore(until.get())
        ? Optional.empty()
        : Optional.of("it expired at " + until.get());
  }

  private Optional<String> audience() {
    List<String> audience = texts("aud");
    if (audience.stream().anyMatch(AUDIENCES::contains)) {
      return Optional.empty();
    }
    return Optional.of(
        audience.isEmpty()
            ? "it has no audience"
            : "its audience is %s, not %s"
                .formatted(shown(audience.get(0)), AccessTokenSpec.EXCHANGE_ONLINE));
  }

  /**
   * An application that may send for itself may for every mailbox; access to each is not modeled.
   */
  private Optional<String> permission(String user) {
    if (texts("roles").contains(AccessTokenSpec.SMTP_SEND_AS_APP)) {
      return Optional.empty();
    }
    boolean mayForUser =
        texts("scp").stream()
            .flatMap(scopes -> Stream.of(scopes.split(" ", -1)))
            .anyMatch(AccessTokenSpec.SMTP_SEND::equals);
    return mayForUser
        ? namedUser(user)
        : Optional.of("it has neither the scope SMTP.Send nor the role SMTP.SendAsApp");
  }

  private Optional<String> namedUser(String user) {
    Object named =
        USER.stream().filter(claims::containsKey).findFirst().map(claims::get).orElse(null);
    if (!(named instanceof String name)) {
      return Optional.of("it names no user");
    }
    return name.equalsIgnoreCase(user)
        ? Optional.empty()
        : Optional.of("it is of another user, " + shown(name));
  }

  /** RFC 7519, section 2, NumericDate. */
  private Optional<Instant> time(String claim) {
    if (claims.get(claim) instanceof Double seconds) {
      try {
        return Optional.of(Instant.ofEpochSecond(seconds.longValue()));
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** A text, or the texts of a list. */
  private List<String> texts(String claim) {
    Object value = claims.get(claim);
    if (value instanceof List<?> list) {
      return list.stream().filter(String.class::isInstance).map(Object::toString).toList();
    }
    return value instanceof String text ? List.of(text) : List.of();
  }

  /** Whoever has the key can write here what they like. */
  private static String shown(String value) {
    String printable = value.replaceAll("[^\\x21-\\x7e]", "?");
    return printable.length() > 100 ? printable.substring(0, 100) + "..." : printable;
  }
}

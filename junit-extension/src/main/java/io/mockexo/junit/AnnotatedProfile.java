package io.mockexo.junit;

import io.mockexo.exchange.Account;
import io.mockexo.exchange.Endpoint;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.server.MockExchangeOnlineServerBuilder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The attributes of a {@link MockExchangeOnline} as a server, and which of them are given. */
final class AnnotatedProfile {

  private final MockExchangeOnline annotation;

  AnnotatedProfile(MockExchangeOnline annotation) {
    this.annotation = annotation;
  }

  /** The names of the attributes that are given and say what a server is like. */
  Set<String> given() {
    Set<String> given = new LinkedHashSet<>();
    note(given, "endpoint", annotation.endpoint());
    note(given, "minimumTls", annotation.minimumTls());
    note(given, "maximumTls", annotation.maximumTls());
    note(given, "refuseOldTlsWith", annotation.refuseOldTlsWith());
    note(given, "cipherSuites", annotation.cipherSuites());
    note(given, "certificate", annotation.certificate());
    note(given, "certificateFlaw", annotation.certificateFlaw());
    note(given, "certificateNames", annotation.certificateNames());
    note(given, "blockClients", annotation.blockClients());
    note(given, "accounts", annotation.accounts());
    note(given, "acceptedDomains", annotation.acceptedDomains());
    return given;
  }

  /**
   * The server that they describe, not built yet.
   *
   * @throws IllegalArgumentException if there is no such server
   */
  MockExchangeOnlineServerBuilder toServer() {
    Endpoint endpoint = one("endpoint", annotation.endpoint(), Endpoint.MX);
    requireMeaning(endpoint);
    MockExchangeOnlineServerBuilder server = MockExchangeOnlineServer.builder(endpoint);
    ifGiven("minimumTls", annotation.minimumTls(), server::minimumTls);
    ifGiven("maximumTls", annotation.maximumTls(), server::maximumTls);
    ifGiven("refuseOldTlsWith", annotation.refuseOldTlsWith(), server::refuseOldTlsWith);
    ifGiven("certificate", annotation.certificate(), server::certificate);
    ifGiven("certificateFlaw", annotation.certificateFlaw(), server::certificateFlaw);
    server.certificateNames(annotation.certificateNames());
    if (annotation.cipherSuites().length > 0) {
      server.cipherSuites(annotation.cipherSuites());
    }
    server.blockClients(annotation.blockClients());
    server.acceptedDomains(annotation.acceptedDomains());
    List<Account> accounts = accounts();
    return server.profile(profile -> profile.accounts(accounts));
  }

  private void requireMeaning(Endpoint endpoint) {
    if (annotation.accounts().length > 0 && endpoint != Endpoint.CLIENT_SUBMISSION) {
      throw new IllegalArgumentException(
          "accounts have no effect on %s, which has no AUTH; write endpoint = CLIENT_SUBMISSION"
              .formatted(endpoint));
    }
    if (annotation.acceptedDomains().length > 0 && endpoint != Endpoint.MX) {
      throw new IllegalArgumentException(
          "acceptedDomains have no effect on %s; they are for MX".formatted(endpoint));
    }
  }

  private List<Account> accounts() {
    List<Account> accounts = new ArrayList<>();
    Set<String> users = new LinkedHashSet<>();
    for (MailAccount account : annotation.accounts()) {
      if (!users.add(account.user().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("accounts have %s twice".formatted(account.user()));
      }
      accounts.add(
          new Account(
              account.user(),
              oneOrNone("password", account.password()),
              oneOrNone("accessToken", account.accessToken())));
    }
    return accounts;
  }

  private static <T> void ifGiven(String attribute, T[] values, Consumer<T> setting) {
    T value = oneOrNone(attribute, values);
    if (value != null) {
      setting.accept(value);
    }
  }

  private static <T> T one(String attribute, T[] values, T otherwise) {
    T value = oneOrNone(attribute, values);
    return value == null ? otherwise : value;
  }

  private static <T> @Nullable T oneOrNone(String attribute, T[] values) {
    if (values.length > 1) {
      throw new IllegalArgumentException(
          "%s has %d values; it is an array only so that it can be left out, write one value"
                  .formatted(attribute, values.length)
              + " without braces");
    }
    return values.length == 0 ? null : values[0];
  }

  private static void note(Set<String> given, String attribute, Object[] values) {
    if (values.length > 0) {
      given.add(attribute);
    }
  }
}

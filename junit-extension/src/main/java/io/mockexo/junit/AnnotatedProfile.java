package io.mockexo.junit;

import io.mockexo.exchange.Account;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.scenario.Scenario;
import io.mockexo.scenario.Scenarios;
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
    if (!annotation.scenario().isEmpty()) {
      given.add("scenario");
    }
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
    note(given, "authRefusal", annotation.authRefusal());
    note(given, "acceptedDomains", annotation.acceptedDomains());
    note(given, "middleboxes", annotation.middleboxes());
    return given;
  }

  /**
   * The server that they describe, not built yet.
   *
   * @throws IllegalArgumentException if there is no such server
   */
  MockExchangeOnlineServerBuilder toServer() {
    Scenario scenario =
        annotation.scenario().isEmpty() ? null : Scenarios.named(annotation.scenario());
    Endpoint usual = scenario == null ? Endpoint.MX : scenario.endpoints().get(0);
    Endpoint endpoint = one("endpoint", annotation.endpoint(), usual);
    requireMeaning(endpoint);
    MockExchangeOnlineServerBuilder server =
        scenario == null ? MockExchangeOnlineServer.builder(endpoint) : begin(scenario, endpoint);
    ifGiven("minimumTls", annotation.minimumTls(), server::minimumTls);
    ifGiven("maximumTls", annotation.maximumTls(), server::maximumTls);
    ifGiven("refuseOldTlsWith", annotation.refuseOldTlsWith(), server::refuseOldTlsWith);
    ifGiven("certificate", annotation.certificate(), server::certificate);
    ifGiven("certificateFlaw", annotation.certificateFlaw(), server::certificateFlaw);
    ifAnyGiven(annotation.certificateNames(), server::certificateNames);
    ifAnyGiven(annotation.cipherSuites(), server::cipherSuites);
    ifAnyGiven(annotation.blockClients(), server::blockClients);
    ifAnyGiven(annotation.acceptedDomains(), server::acceptedDomains);
    ifAnyGiven(annotation.middleboxes(), server::middleboxes);
    List<Account> accounts = accounts();
    server.profile(profile -> profile.tenant(tenant -> tenant.accounts(accounts)));
    ifGiven(
        "authRefusal",
        annotation.authRefusal(),
        refusal -> server.profile(profile -> profile.tenant(t -> t.authRefusal(refusal))));
    return server;
  }

  private static MockExchangeOnlineServerBuilder begin(Scenario scenario, Endpoint endpoint) {
    MockExchangeOnlineServerBuilder server =
        MockExchangeOnlineServer.builder(scenario.rules(ExchangeProfile.builder(endpoint).build()));
    scenario.script().faults().forEach(fault -> server.inject(fault.on(), fault.fault()));
    return server;
  }

  private void requireMeaning(Endpoint endpoint) {
    if (annotation.accounts().length > 0 && !endpoint.hasAuth()) {
      throw new IllegalArgumentException(
          "accounts have no effect on %s, which has no AUTH; write endpoint = CLIENT_SUBMISSION"
              .formatted(endpoint));
    }
    if (annotation.authRefusal().length > 0 && !endpoint.hasAuth()) {
      throw new IllegalArgumentException(
          "authRefusal has no effect on %s, which has no AUTH; write endpoint = CLIENT_SUBMISSION"
              .formatted(endpoint));
    }
    if (annotation.acceptedDomains().length > 0 && endpoint.isSubmission()) {
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

  private static <T> void ifAnyGiven(T[] values, Consumer<T[]> setting) {
    if (values.length > 0) {
      setting.accept(values);
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

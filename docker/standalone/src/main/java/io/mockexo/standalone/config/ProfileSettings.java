package io.mockexo.standalone.config;

import static java.util.Map.entry;

import io.mockexo.exchange.AcceptedDomain;
import io.mockexo.exchange.Account;
import io.mockexo.exchange.CidrBlock;
import io.mockexo.exchange.CleartextMailRefusal;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.exchange.FrontEnd;
import io.mockexo.exchange.StartTlsInjection;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The keys of an endpoint that are rules of its profile, each under the name of the builder's
 * method.
 */
final class ProfileSettings {

  private static final Map<String, BiConsumer<ExchangeProfileBuilder, ConfigNode>> SETTINGS =
      Map.ofEntries(
          entry("minimumTls", (p, n) -> p.tls(t -> t.minimumTls(n.oneOf(TlsVersion.class)))),
          entry("maximumTls", (p, n) -> p.tls(t -> t.maximumTls(n.oneOf(TlsVersion.class)))),
          entry(
              "refuseOldTlsWith",
              (p, n) -> p.tls(t -> t.refuseOldTlsWith(n.oneOf(TlsRefusal.class)))),
          entry(
              "refusalAlert",
              (p, n) -> p.tls(t -> t.refusalAlert(n.oneOf(AlertDescription.class)))),
          entry("cipherSuites", (p, n) -> p.tls(t -> t.cipherSuites(suites(n)))),
          entry("groups", (p, n) -> p.tls(t -> t.groups(groups(n)))),
          entry("serverPreference", (p, n) -> p.tls(t -> t.serverPreference(n.bool()))),
          entry("certificate", (p, n) -> p.tls(t -> t.certificate(n.oneOf(CertificateKind.class)))),
          entry("blockClients", (p, n) -> p.blockClients(blocks(n))),
          entry("hideStartTlsFromBlocked", (p, n) -> p.hideStartTlsFromBlocked(n.bool())),
          entry("ignorePeers", (p, n) -> p.ignorePeers(blocks(n))),
          entry("acceptedDomains", (p, n) -> p.acceptedDomains(domains(n))),
          entry("accounts", (p, n) -> p.accounts(accounts(n))),
          entry(
              "cleartextMailRefusal",
              (p, n) -> p.cleartextMailRefusal(n.oneOf(CleartextMailRefusal.class))),
          entry(
              "startTlsInjection", (p, n) -> p.startTlsInjection(n.oneOf(StartTlsInjection.class))),
          entry("maxMessageSize", (p, n) -> p.maxMessageSize(n.bytes())),
          entry("maxRecipients", (p, n) -> p.maxRecipients(n.integer(1, Integer.MAX_VALUE))),
          entry("tarpit", (p, n) -> p.tarpit(n.duration())),
          entry("idleTimeout", (p, n) -> p.timeouts(t -> t.withIdle(n.duration()))),
          entry("handshakeTimeout", (p, n) -> p.timeouts(t -> t.withHandshake(n.duration()))),
          entry("closeGrace", (p, n) -> p.timeouts(t -> t.withCloseGrace(n.duration()))),
          entry("stallTimeout", (p, n) -> p.timeouts(t -> t.withStall(n.duration()))),
          entry("frontEnd", (p, n) -> p.frontEnd(frontEnd(n))));

  /** What only one endpoint ever comes to do. */
  private static final Map<String, Endpoint> OF_ONE_ENDPOINT =
      Map.of(
          "acceptedDomains", Endpoint.MX,
          "accounts", Endpoint.CLIENT_SUBMISSION,
          "cleartextMailRefusal", Endpoint.CLIENT_SUBMISSION,
          "tarpit", Endpoint.CLIENT_SUBMISSION);

  private ProfileSettings() {}

  static Set<String> keys() {
    return SETTINGS.keySet();
  }

  /** Refuses settings that would have no effect in an endpoint with these entries. */
  static void requireMeaning(ConfigNode endpoint, Endpoint kind, Set<String> keys) {
    for (String key : keys) {
      Endpoint only = OF_ONE_ENDPOINT.getOrDefault(key, kind);
      if (only != kind) {
        throw endpoint.errorAt(key, "this has no effect on %s; it is for %s".formatted(kind, only));
      }
    }
  }

  /** Refuses rules that have no effect together with the others. */
  static void requireMeaning(ConfigNode endpoint, TlsPolicy tls) {
    if (tls.refusalAlert() != null && tls.refuseOldTlsWith() != TlsRefusal.ALERT) {
      throw endpoint.errorAt(
          "refusalAlert", "this has no effect without 'refuseOldTlsWith: ALERT'");
    }
  }

  /** Applies the setting {@code key}, which is one of {@link #keys}. */
  static void apply(String key, ConfigNode value, ExchangeProfileBuilder profile) {
    BiConsumer<ExchangeProfileBuilder, ConfigNode> setting = SETTINGS.get(key);
    if (setting == null) {
      throw new IllegalArgumentException(key);
    }
    value.as(
        node -> {
          setting.accept(profile, node);
          return profile;
        });
  }

  private static NamedGroup[] groups(ConfigNode list) {
    return list.distinct(node -> NamedGroup.named(node.text()), NamedGroup::code)
        .toArray(NamedGroup[]::new);
  }

  private static List<String> suites(ConfigNode list) {
    return list.distinct(node -> CipherSuite.named(node.text()), CipherSuite::code).stream()
        .map(CipherSuite::name)
        .toList();
  }

  private static List<String> blocks(ConfigNode list) {
    return list.distinct(node -> CidrBlock.parse(node.text()), Function.identity()).stream()
        .map(CidrBlock::toString)
        .toList();
  }

  private static List<String> domains(ConfigNode list) {
    return list.distinct(node -> AcceptedDomain.parse(node.text()), Function.identity()).stream()
        .map(AcceptedDomain::toString)
        .toList();
  }

  private static List<Account> accounts(ConfigNode list) {
    return list.distinct(
        ProfileSettings::account, account -> account.user().toLowerCase(Locale.ROOT));
  }

  private static Account account(ConfigNode node) {
    Map<String, ConfigNode> entries = node.entries(Set.of("user", "password", "accessToken"));
    ConfigNode user = entries.get("user");
    ConfigNode password = entries.get("password");
    ConfigNode token = entries.get("accessToken");
    if (user == null || (password == null && token == null)) {
      throw node.error("an account has a user, and a password or an accessToken, or both");
    }
    return new Account(
        user.text(),
        password == null ? null : password.text(),
        token == null ? null : token.text());
  }

  private static FrontEnd frontEnd(ConfigNode node) {
    Map<String, ConfigNode> entries = node.entries(Set.of("server", "forest"));
    ConfigNode server = entries.get("server");
    ConfigNode forest = entries.get("forest");
    if (server == null || forest == null) {
      throw node.error("a front end has a server and a forest");
    }
    return new FrontEnd(server.text(), forest.text());
  }
}

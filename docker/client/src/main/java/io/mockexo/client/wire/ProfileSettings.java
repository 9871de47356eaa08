package io.mockexo.client.wire;

import io.mockexo.exchange.AcceptedDomain;
import io.mockexo.exchange.CidrBlock;
import io.mockexo.exchange.CleartextMailRefusal;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.exchange.FrontEnd;
import io.mockexo.exchange.StartTlsInjection;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CertificateChoice;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an endpoint that are rules of its profile, each under the name of the builder's
 * method.
 */
public final class ProfileSettings {

  /** Reads a setting into a builder. */
  private interface Reader extends BiConsumer<ExchangeProfileBuilder, Setting> {}

  /** What a profile has to say for a setting: a text, a number, a truth value, a list or a map. */
  private interface Writer extends Function<ExchangeProfile, @Nullable Object> {}

  private record Key(String name, Reader reader, Writer writer) {}

  private static final String ACCOUNTS = "accounts";

  private static final Map<String, Key> SETTINGS =
      table(
          new Key(
              "frontEnd",
              (p, n) -> p.frontEnd(frontEnd(n)),
              p -> Map.of("server", p.frontEnd().server(), "forest", p.frontEnd().forest())),
          new Key(
              "minimumTls",
              (p, n) -> p.tls(t -> t.minimumTls(n.oneOf(TlsVersion.class))),
              p -> p.tls().minimumTls().name()),
          new Key(
              "maximumTls",
              (p, n) -> p.tls(t -> t.maximumTls(n.oneOf(TlsVersion.class))),
              p -> p.tls().maximumTls().name()),
          new Key(
              "refuseOldTlsWith",
              (p, n) -> p.tls(t -> t.refuseOldTlsWith(n.oneOf(TlsRefusal.class))),
              p -> p.tls().refuseOldTlsWith().name()),
          new Key(
              "refusalAlert",
              (p, n) ->
                  p.tls(
                      t -> t.refusalAlert(n.isNothing() ? null : n.oneOf(AlertDescription.class))),
              p -> p.tls().refusalAlert() == null ? null : p.tls().refusalAlert().name()),
          new Key(
              "cipherSuites",
              (p, n) -> p.tls(t -> t.cipherSuites(suites(n))),
              p -> p.tls().cipherSuites().stream().map(CipherSuite::name).toList()),
          new Key(
              "groups",
              (p, n) -> p.tls(t -> t.groups(groups(n))),
              p -> p.tls().groups().stream().map(NamedGroup::name).toList()),
          new Key(
              "serverPreference",
              (p, n) -> p.tls(t -> t.serverPreference(n.bool())),
              p -> p.tls().serverPreference()),
          new Key(
              "certificate",
              (p, n) -> p.tls(t -> t.certificate(n.oneOf(CertificateKind.class))),
              p -> p.tls().certificate().name()),
          new Key(
              "certificateFlaw",
              (p, n) ->
                  p.tls(
                      t ->
                          t.certificateFlaw(n.isNothing() ? null : n.oneOf(CertificateFlaw.class))),
              p -> p.tls().certificateFlaw() == null ? null : p.tls().certificateFlaw().name()),
          new Key(
              "certificateNames",
              (p, n) -> p.tls(t -> t.certificateNames(certificateNames(n))),
              p -> p.tls().certificateNames()),
          new Key(
              "blockClients",
              (p, n) -> p.blockClients(blocks(n)),
              p -> texts(p.blocklist().clients())),
          new Key(
              "hideStartTlsFromBlocked",
              (p, n) -> p.hideStartTlsFromBlocked(n.bool()),
              p -> p.blocklist().hidesStartTls()),
          new Key("ignorePeers", (p, n) -> p.ignorePeers(blocks(n)), p -> texts(p.ignoredPeers())),
          new Key(
              "acceptedDomains",
              (p, n) -> p.acceptedDomains(domains(n)),
              p -> texts(p.acceptedDomains())),
          new Key(
              ACCOUNTS,
              (p, n) -> p.accounts(AccountSettings.read(n, p.build().accounts())),
              p -> AccountSettings.write(p.accounts())),
          new Key(
              "cleartextMailRefusal",
              (p, n) -> p.cleartextMailRefusal(n.oneOf(CleartextMailRefusal.class)),
              p -> p.cleartextMailRefusal().name()),
          new Key(
              "startTlsInjection",
              (p, n) -> p.startTlsInjection(n.oneOf(StartTlsInjection.class)),
              p -> p.startTlsInjection().name()),
          new Key(
              "maxMessageSize",
              (p, n) -> p.maxMessageSize(n.bytes()),
              ExchangeProfile::maxMessageSize),
          new Key(
              "maxRecipients",
              (p, n) -> p.maxRecipients(n.integer(1, Integer.MAX_VALUE)),
              ExchangeProfile::maxRecipients),
          new Key("tarpit", (p, n) -> p.tarpit(n.duration()), p -> p.tarpit().toString()),
          new Key(
              "idleTimeout",
              (p, n) -> p.timeouts(t -> t.withIdle(n.duration())),
              p -> p.timeouts().idle().toString()),
          new Key(
              "handshakeTimeout",
              (p, n) -> p.timeouts(t -> t.withHandshake(n.duration())),
              p -> p.timeouts().handshake().toString()),
          new Key(
              "closeGrace",
              (p, n) -> p.timeouts(t -> t.withCloseGrace(n.duration())),
              p -> p.timeouts().closeGrace().toString()),
          new Key(
              "stallTimeout",
              (p, n) -> p.timeouts(t -> t.withStall(n.duration())),
              p -> p.timeouts().stall().toString()));

  /** What only one endpoint ever comes to do. */
  private static final Map<String, Endpoint> OF_ONE_ENDPOINT =
      Map.of(
          "acceptedDomains",
          Endpoint.MX,
          ACCOUNTS,
          Endpoint.CLIENT_SUBMISSION,
          "cleartextMailRefusal",
          Endpoint.CLIENT_SUBMISSION,
          "tarpit",
          Endpoint.CLIENT_SUBMISSION);

  private ProfileSettings() {}

  /** All of them. */
  public static Set<String> keys() {
    return SETTINGS.keySet();
  }

  /** Refuses settings that would have no effect in an endpoint with these entries. */
  public static void requireMeaning(Setting endpoint, Endpoint kind, Set<String> keys) {
    for (String key : keys) {
      Endpoint only = OF_ONE_ENDPOINT.getOrDefault(key, kind);
      if (only != kind) {
        throw endpoint.errorAt(key, "this has no effect on %s; it is for %s".formatted(kind, only));
      }
    }
  }

  /** Refuses rules that have no effect together with the others. */
  public static void requireMeaning(Setting endpoint, TlsPolicy tls) {
    if (tls.refusalAlert() != null && tls.refuseOldTlsWith() != TlsRefusal.ALERT) {
      throw endpoint.errorAt(
          "refusalAlert", "this has no effect without 'refuseOldTlsWith: ALERT'");
    }
  }

  /**
   * Applies those of {@code entries} that are {@link #keys}, whatever their order: accounts last,
   * which may name those that the rules had before.
   *
   * @param whole has these entries, and the blame if they are impossible together
   */
  public static void applyAll(
      Setting whole, Map<String, Setting> entries, ExchangeProfileBuilder profile) {
    entries.forEach(
        (key, value) -> {
          if (SETTINGS.containsKey(key) && !key.equals(ACCOUNTS)) {
            apply(key, value, profile);
          }
        });
    Setting accounts = entries.get(ACCOUNTS);
    if (accounts != null) {
      whole.as(rules -> profile.build());
      apply(ACCOUNTS, accounts, profile);
    }
  }

  /** Applies the setting {@code key}, which is one of {@link #keys}. */
  public static void apply(String key, Setting value, ExchangeProfileBuilder profile) {
    Key setting = SETTINGS.get(key);
    if (setting == null) {
      throw new IllegalArgumentException(key);
    }
    value.as(
        node -> {
          setting.reader().accept(profile, node);
          return profile;
        });
  }

  /** All settings of {@code profile} that mean something on its endpoint; no credentials. */
  public static Map<String, @Nullable Object> write(ExchangeProfile profile) {
    Map<String, @Nullable Object> written = new LinkedHashMap<>();
    for (Key key : SETTINGS.values()) {
      Object value = key.writer().apply(profile);
      Endpoint only = OF_ONE_ENDPOINT.getOrDefault(key.name(), profile.endpoint());
      if (value != null && only == profile.endpoint()) {
        written.put(key.name(), value);
      }
    }
    return written;
  }

  /** The settings that are other than an endpoint of its kind has by itself. */
  public static Map<String, @Nullable Object> writeChanges(ExchangeProfile profile) {
    Map<String, @Nullable Object> usual =
        write(ExchangeProfile.builder(profile.endpoint()).build());
    Map<String, @Nullable Object> changes = new LinkedHashMap<>(write(profile));
    changes
        .entrySet()
        .removeIf(entry -> Objects.equals(usual.get(entry.getKey()), entry.getValue()));
    return changes;
  }

  private static Map<String, Key> table(Key... keys) {
    Map<String, Key> table = new LinkedHashMap<>();
    for (Key key : keys) {
      table.put(key.name(), key);
    }
    return Collections.unmodifiableMap(table);
  }

  private static List<String> texts(List<?> values) {
    return values.stream().map(Object::toString).toList();
  }

  private static NamedGroup[] groups(Setting list) {
    return list.distinct(node -> NamedGroup.named(node.text()), NamedGroup::code)
        .toArray(NamedGroup[]::new);
  }

  private static List<String> suites(Setting list) {
    return list.distinct(node -> CipherSuite.named(node.text()), CipherSuite::code).stream()
        .map(CipherSuite::name)
        .toList();
  }

  private static List<String> certificateNames(Setting list) {
    return list.distinct(node -> CertificateChoice.requireName(node.text()), Function.identity());
  }

  private static List<String> blocks(Setting list) {
    return list.distinct(node -> CidrBlock.parse(node.text()), Function.identity()).stream()
        .map(CidrBlock::toString)
        .toList();
  }

  private static List<String> domains(Setting list) {
    return list.distinct(node -> AcceptedDomain.parse(node.text()), Function.identity()).stream()
        .map(AcceptedDomain::toString)
        .toList();
  }

  private static FrontEnd frontEnd(Setting node) {
    Map<String, Setting> entries = node.entries(Set.of("server", "forest"));
    Setting server = entries.get("server");
    Setting forest = entries.get("forest");
    if (server == null || forest == null) {
      throw node.error("a front end has a server and a forest");
    }
    return new FrontEnd(server.text(), forest.text());
  }
}

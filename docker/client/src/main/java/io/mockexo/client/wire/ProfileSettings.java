package io.mockexo.client.wire;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsRefusal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an endpoint that are rules of its profile, each under the name of the builder's
 * method.
 */
public final class ProfileSettings {

  private static final Map<String, ProfileKey> SETTINGS =
      table(
          Stream.of(
              ServiceKeys.identity(),
              TlsKeys.all(),
              CertificateKeys.all(),
              TenantKeys.all(),
              ServiceKeys.dialogue(),
              ThrottlingKeys.all()));

  private ProfileSettings() {}

  /** All of them. */
  public static Set<String> keys() {
    return SETTINGS.keySet();
  }

  /** Refuses settings that would have no effect in an endpoint with these entries. */
  public static void requireMeaning(Setting endpoint, Endpoint kind, Set<String> keys) {
    for (String key : keys) {
      if (!hasMeaning(key, kind)) {
        throw endpoint.errorAt(
            key,
            "this has no effect on %s; it is for %s"
                .formatted(
                    kind,
                    Stream.of(Endpoint.values())
                        .filter(other -> hasMeaning(key, other))
                        .map(Endpoint::name)
                        .collect(Collectors.joining(", "))));
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
          if (SETTINGS.containsKey(key) && !key.equals(TenantKeys.ACCOUNTS)) {
            apply(key, value, profile);
          }
        });
    Setting accounts = entries.get(TenantKeys.ACCOUNTS);
    if (accounts != null) {
      whole.as(rules -> profile.build());
      apply(TenantKeys.ACCOUNTS, accounts, profile);
    }
  }

  /** Applies the setting {@code key}, which is one of {@link #keys}. */
  public static void apply(String key, Setting value, ExchangeProfileBuilder profile) {
    ProfileKey setting = SETTINGS.get(key);
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
    for (ProfileKey key : SETTINGS.values()) {
      Object value = key.writer().apply(profile);
      if (value != null && key.meaning().test(profile.endpoint())) {
        written.put(key.name(), value);
      }
    }
    return written;
  }

  /**
   * The settings that are other than an endpoint of its kind has by itself, or has once its year
   * and the kind of its blocklist are set, from which others follow.
   */
  public static Map<String, @Nullable Object> writeChanges(ExchangeProfile profile) {
    ExchangeProfileBuilder usual = ExchangeProfile.builder(profile.endpoint());
    Map<String, @Nullable Object> byItself = write(usual.build());
    Map<String, @Nullable Object> followed =
        write(usual.asOf(profile.asOf().year()).blocklistKind(profile.blocklist().kind()).build());
    Map<String, @Nullable Object> changes = new LinkedHashMap<>(write(profile));
    changes
        .entrySet()
        .removeIf(
            entry ->
                Objects.equals(byItself.get(entry.getKey()), entry.getValue())
                    && Objects.equals(followed.get(entry.getKey()), entry.getValue()));
    return changes;
  }

  /**
   * The settings that are other in {@code to} than in {@code from}, on the same kind of endpoint;
   * null where there is none any more. No credentials.
   */
  public static Map<String, @Nullable Object> writeDifferences(
      ExchangeProfile from, ExchangeProfile to) {
    Map<String, @Nullable Object> before = write(from);
    Map<String, @Nullable Object> after = write(to);
    Map<String, @Nullable Object> differences = new LinkedHashMap<>(after);
    differences
        .entrySet()
        .removeIf(entry -> Objects.equals(before.get(entry.getKey()), entry.getValue()));
    before.keySet().stream()
        .filter(key -> !after.containsKey(key))
        .forEach(key -> differences.put(key, null));
    if (!from.tenant().accounts().equals(to.tenant().accounts())) {
      differences.put(TenantKeys.ACCOUNTS, AccountSettings.write(to.tenant().accounts()));
    }
    return differences;
  }

  private static boolean hasMeaning(String key, Endpoint endpoint) {
    ProfileKey rule = SETTINGS.get(key);
    return rule == null || rule.meaning().test(endpoint);
  }

  private static Map<String, ProfileKey> table(Stream<List<ProfileKey>> groups) {
    Map<String, ProfileKey> table = new LinkedHashMap<>();
    groups.flatMap(List::stream).forEach(key -> table.put(key.name(), key));
    return Collections.unmodifiableMap(table);
  }
}

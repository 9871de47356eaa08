package io.mockexo.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.mockexo.client.wire.JsonTree;
import io.mockexo.client.wire.ProfileSettings;
import io.mockexo.client.wire.Setting;
import io.mockexo.exchange.Account;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rules of an endpoint that runs elsewhere. It tells the users of its accounts and not their
 * credentials; here they have some that nobody knows, until new ones are set.
 */
final class RemoteProfile {

  private static final String ACCOUNTS = "accounts";

  private final ControlApi api;
  private final String path;

  RemoteProfile(ControlApi api, String path) {
    this.api = api;
    this.path = path;
  }

  ExchangeProfile get() {
    JsonNode written = api.get(path);
    ExchangeProfileBuilder profile =
        ExchangeProfile.builder(Endpoint.valueOf(written.get("endpoint").asText()));
    written
        .path(ACCOUNTS)
        .forEach(account -> profile.account(account.get("user").asText(), unknownPassword()));
    Setting whole = Setting.root(path, JsonTree.parse(written.toString()));
    ProfileSettings.applyAll(whole, whole.entries(), profile);
    return profile.build();
  }

  private static String unknownPassword() {
    return UUID.randomUUID().toString();
  }

  /** Sends what the change has changed, and nothing else. */
  void update(UnaryOperator<ExchangeProfileBuilder> change) {
    ExchangeProfile before = get();
    ExchangeProfile after = change.apply(before.toBuilder()).build();
    if (after.endpoint() != before.endpoint()) {
      throw new IllegalArgumentException(
          "this endpoint is %s and cannot become %s"
              .formatted(before.endpoint(), after.endpoint()));
    }
    if (after.keyLog()) {
      throw new IllegalArgumentException(
          "a program tells TLS secrets to a file of its own and not over its API; start it with --key-log FILE");
    }
    if (!after.tenant().tokenIssuer().equals(before.tenant().tokenIssuer())) {
      throw new IllegalArgumentException(
          "a program has a token issuer of its own; accessToken(...) gives tokens of it");
    }
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(ProfileSettings.write(after));
    Map<String, @Nullable Object> present = ProfileSettings.write(before);
    changed
        .entrySet()
        .removeIf(entry -> Objects.equals(present.get(entry.getKey()), entry.getValue()));
    present.keySet().stream()
        .filter(key -> !ProfileSettings.write(after).containsKey(key))
        .forEach(key -> changed.put(key, null));
    if (!after.tenant().accounts().equals(before.tenant().accounts())) {
      changed.put(ACCOUNTS, accounts(before.tenant().accounts(), after.tenant().accounts()));
    }
    api.change("PATCH", path, changed);
  }

  /** With credentials where they are new. */
  private static List<Map<String, String>> accounts(List<Account> before, List<Account> after) {
    List<Map<String, String>> written = new ArrayList<>();
    for (Account account : after) {
      Map<String, String> entry = new LinkedHashMap<>();
      entry.put("user", account.user());
      if (account.refusal() != null) {
        entry.put("refusal", account.refusal().name());
      }
      if (!before.contains(account)) {
        if (account.password() != null) {
          entry.put("password", account.password());
        }
        if (account.accessToken() != null) {
          entry.put("accessToken", account.accessToken());
        }
      }
      written.add(entry);
    }
    return written;
  }
}

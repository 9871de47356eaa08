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
    addUnknownPasswords(written, profile);
    Setting whole = Setting.root(path, JsonTree.parse(written.toString()));
    ProfileSettings.applyAll(whole, whole.entries(), profile);
    return profile.build();
  }

  /** Of the accounts that {@code written} names those that {@code profile} has not. */
  static void addUnknownPasswords(JsonNode written, ExchangeProfileBuilder profile) {
    List<Account> known = profile.build().tenant().accounts();
    for (JsonNode account : written.path(ACCOUNTS)) {
      String user = account.get("user").asText();
      if (known.stream().noneMatch(other -> other.isOf(user))) {
        profile.account(user, UUID.randomUUID().toString());
      }
    }
  }

  /** Sends what the change has changed, and nothing else. */
  void update(UnaryOperator<ExchangeProfileBuilder> change) {
    ExchangeProfile before = get();
    api.change("PATCH", path, changes(before, change.apply(before.toBuilder()).build()));
  }

  /** What is other in {@code after}, as it is sent. */
  static Map<String, @Nullable Object> changes(ExchangeProfile before, ExchangeProfile after) {
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
    Map<String, @Nullable Object> changed = ProfileSettings.writeDifferences(before, after);
    if (changed.containsKey(ACCOUNTS)) {
      changed.put(ACCOUNTS, accounts(before.tenant().accounts(), after.tenant().accounts()));
    }
    return changed;
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

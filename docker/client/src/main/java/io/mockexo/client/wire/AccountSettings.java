package io.mockexo.client.wire;

import io.mockexo.exchange.Account;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Accounts: read with their credentials, written without. So that what was written can be read
 * again, an account that is known already may come without any, and keeps those that it has.
 */
final class AccountSettings {

  private AccountSettings() {}

  /**
   * A list of accounts.
   *
   * @param known the accounts before
   */
  static List<Account> read(Setting list, List<Account> known) {
    return list.distinct(node -> account(node, known), account -> lowerCase(account.user()));
  }

  private static Account account(Setting node, List<Account> known) {
    Map<String, Setting> entries = node.entries(Set.of("user", "password", "accessToken"));
    Setting user = entries.get("user");
    String password = text(entries.get("password"));
    String token = text(entries.get("accessToken"));
    if (user == null) {
      throw incomplete(node);
    }
    if (password != null || token != null) {
      return new Account(user.text(), password, token);
    }
    return known.stream()
        .filter(account -> lowerCase(account.user()).equals(lowerCase(user.text())))
        .findFirst()
        .orElseThrow(() -> incomplete(node));
  }

  private static @Nullable String text(@Nullable Setting value) {
    return value == null ? null : value.text();
  }

  private static SettingException incomplete(Setting node) {
    return node.error("an account has a user, and a password or an accessToken, or both");
  }

  private static String lowerCase(String user) {
    return user.toLowerCase(Locale.ROOT);
  }

  /** The users alone. */
  static List<Map<String, String>> write(List<Account> accounts) {
    return accounts.stream().map(account -> Map.of("user", account.user())).toList();
  }
}

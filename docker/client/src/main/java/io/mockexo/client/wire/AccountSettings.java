package io.mockexo.client.wire;

import io.mockexo.exchange.Account;
import io.mockexo.exchange.AuthRefusal;
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

  private static final String USER = "user";
  private static final String REFUSAL = "refusal";

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
    Map<String, Setting> entries = node.entries(Set.of(USER, "password", "accessToken", REFUSAL));
    Setting user = entries.get(USER);
    String password = text(entries.get("password"));
    String token = text(entries.get("accessToken"));
    if (user == null) {
      throw incomplete(node);
    }
    Setting refusal = entries.get(REFUSAL);
    AuthRefusal reason = refusal == null ? null : refusal.oneOf(AuthRefusal.class);
    if (password != null || token != null) {
      return new Account(user.text(), password, token, reason);
    }
    return known.stream()
        .filter(account -> account.isOf(user.text()))
        .findFirst()
        .map(before -> new Account(before.user(), before.password(), before.accessToken(), reason))
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

  /** The users, and why one is refused; no credentials. */
  static List<Map<String, String>> write(List<Account> accounts) {
    return accounts.stream()
        .map(
            account -> {
              AuthRefusal reason = account.refusal();
              return reason == null
                  ? Map.of(USER, account.user())
                  : Map.of(USER, account.user(), REFUSAL, reason.name());
            })
        .toList();
  }
}

package io.mockexo.standalone;

import io.mockexo.exchange.Account;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.standalone.config.Configuration.EndpointConfiguration;
import io.mockexo.standalone.config.ConfigurationException;
import java.util.ArrayList;
import java.util.List;

/** The accounts of the command line. No complaint quotes them: they have passwords. */
record AccountOptions(List<Account> accounts) {

  AccountOptions {
    accounts = List.copyOf(accounts);
  }

  /**
   * Reads {@code USER:PASSWORD} from each.
   *
   * @throws ConfigurationException if one is something else, or a user is there twice
   */
  static AccountOptions of(List<String> values) {
    List<Account> accounts = new ArrayList<>();
    for (String value : values) {
      int colon = value.indexOf(':');
      if (colon < 1) {
        throw error("expected USER:PASSWORD, for example alice@contoso.com:s3cret");
      }
      Account account = new Account(value.substring(0, colon), value.substring(colon + 1));
      if (has(accounts, account)) {
        throw error("a user is there twice");
      }
      accounts.add(account);
    }
    return new AccountOptions(accounts);
  }

  /** Adds them to all endpoints of client submission, in place of accounts of the same users. */
  void addTo(List<EndpointConfiguration> endpoints) {
    if (accounts.isEmpty()) {
      return;
    }
    boolean added = false;
    for (EndpointConfiguration endpoint : endpoints) {
      ExchangeProfile profile = endpoint.profile().build();
      if (profile.endpoint().hasAuth()) {
        List<Account> all = new ArrayList<>(profile.tenant().accounts());
        all.removeIf(account -> has(accounts, account));
        all.addAll(accounts);
        endpoint.profile().accounts(all);
        added = true;
      }
    }
    if (!added) {
      throw error("no endpoint is CLIENT_SUBMISSION, and no other has AUTH");
    }
  }

  private static boolean has(List<Account> accounts, Account sought) {
    return accounts.stream().anyMatch(account -> account.user().equalsIgnoreCase(sought.user()));
  }

  private static ConfigurationException error(String problem) {
    return new ConfigurationException("--account: " + problem);
  }
}

package io.mockexo.exchange;

import java.util.Objects;

/**
 * A mailbox that may submit mail with AUTH LOGIN.
 *
 * @param user the user principal name, matched without regard to case
 * @param password the password, matched exactly; never shown by {@link #toString()}
 * @since 0.1
 */
public record Account(String user, String password) {

  public Account {
    Objects.requireNonNull(user);
    Objects.requireNonNull(password);
    if (user.isEmpty()) {
      throw new IllegalArgumentException("an account needs a user, for example alice@contoso.com");
    }
  }

  /** Whether these are the credentials of this account. */
  public boolean accepts(String candidateUser, String candidatePassword) {
    return user.equalsIgnoreCase(candidateUser) && password.equals(candidatePassword);
  }

  @Override
  public String toString() {
    return "Account[" + user + "]";
  }
}

package io.mockexo.exchange;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox that may submit mail: with its password (AUTH LOGIN), with an access token of its own
 * (AUTH XOAUTH2), or with either; and with those that the {@link TokenIssuer} of its tenant signs.
 *
 * @param user the user principal name, matched without regard to case
 * @param password the password, matched exactly; null if AUTH LOGIN is not for this account
 * @param accessToken a bearer token of any form, matched exactly; null if it has none of its own
 * @param refusal why this mailbox is refused whatever its credentials; null if it is not
 * @since 0.1
 */
public record Account(
    String user,
    @Nullable String password,
    @Nullable String accessToken,
    @Nullable AuthRefusal refusal) {

  /**
   * An account.
   *
   * @throws IllegalArgumentException if it has no user, or neither password nor token
   */
  public Account {
    Objects.requireNonNull(user);
    if (user.isEmpty()) {
      throw new IllegalArgumentException("an account needs a user, for example alice@contoso.com");
    }
    if (password == null && accessToken == null) {
      throw new IllegalArgumentException("an account needs a password or an access token");
    }
  }

  /** An account with a password, and without a token. */
  public Account(String user, String password) {
    this(user, Objects.requireNonNull(password), null);
  }

  /** An account with either, or both. */
  public Account(String user, @Nullable String password, @Nullable String accessToken) {
    this(user, password, accessToken, null);
  }

  /** The same, refused for this reason. */
  public Account refusedWith(AuthRefusal reason) {
    return new Account(user, password, accessToken, Objects.requireNonNull(reason));
  }

  /** Whether this is its user, in any case. */
  public boolean isOf(@Nullable String candidateUser) {
    return user.equalsIgnoreCase(candidateUser);
  }

  /** Whether these are the credentials of this account for AUTH LOGIN. */
  public boolean acceptsPassword(String candidateUser, String candidatePassword) {
    return user.equalsIgnoreCase(candidateUser) && candidatePassword.equals(password);
  }

  /** Whether this is its user, and its own access token for AUTH XOAUTH2. */
  public boolean acceptsToken(String candidateUser, String candidateToken) {
    return user.equalsIgnoreCase(candidateUser) && candidateToken.equals(accessToken);
  }

  /** The user alone: credentials are shown nowhere. */
  @Override
  public String toString() {
    return "Account[" + user + "]";
  }
}

package io.mockexo.junit;

import io.mockexo.exchange.Account;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An {@link Account} of a {@link MockExchangeOnline}: it has a password, an access token, or both.
 *
 * @since 0.1
 */
@Documented
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface MailAccount {

  /** The user principal name, for example {@code alice@contoso.com}. */
  String user();

  /** The password for AUTH LOGIN. Default: AUTH LOGIN is not for this account. */
  String[] password() default {};

  /** A bearer token for AUTH XOAUTH2. Default: none but those that the mock signs. */
  String[] accessToken() default {};
}

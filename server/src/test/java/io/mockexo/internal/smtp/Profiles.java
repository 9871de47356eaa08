package io.mockexo.internal.smtp;

import io.mockexo.exchange.Account;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;

/** The profiles that tests start from. */
final class Profiles {

  static final ExchangeProfile MX = ExchangeProfile.builder(Endpoint.MX).build();

  static final ExchangeProfile SUBMISSION =
      ExchangeProfile.builder(Endpoint.CLIENT_SUBMISSION)
          .account("Alice@contoso.com", "s3cret")
          .account(new Account("Bob@contoso.com", null, "eyJ0.token"))
          .build();

  private Profiles() {}
}

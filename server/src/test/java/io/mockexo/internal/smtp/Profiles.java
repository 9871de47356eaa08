package io.mockexo.internal.smtp;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;

/** The profiles that tests start from. */
final class Profiles {

  static final ExchangeProfile MX = ExchangeProfile.builder(Endpoint.MX).build();

  static final ExchangeProfile SUBMISSION =
      ExchangeProfile.builder(Endpoint.CLIENT_SUBMISSION)
          .account("Alice@contoso.com", "s3cret")
          .build();

  private Profiles() {}
}

package io.mockexo.internal.smtp;

import io.mockexo.exchange.AuthMechanism;
import io.mockexo.exchange.ExchangeProfile;
import java.util.ArrayList;
import java.util.List;

/** Which SASL mechanisms a client can use now: what EHLO lists and what AUTH takes. */
final class AuthOffer {

  private AuthOffer() {}

  /**
   * In the order of the EHLO reply; empty for no AUTH at all. Facts 2.1: client submission inside
   * TLS V; on premises V with the connector as it is installed, and otherwise by the meaning of its
   * settings.
   */
  static List<String> of(ExchangeProfile profile, boolean insideTls) {
    if (profile.endpoint().isSubmission()) {
      return insideTls ? List.of("LOGIN", "XOAUTH2") : List.of();
    }
    List<String> mechanisms = new ArrayList<>();
    if (profile.endpoint().hasAuth()) {
      if (profile.receiveConnector().offers(AuthMechanism.INTEGRATED)) {
        mechanisms.add("NTLM");
      }
      if (profile.receiveConnector().offers(AuthMechanism.BASIC_AUTH)
          && (insideTls
              || !profile.receiveConnector().offers(AuthMechanism.BASIC_AUTH_REQUIRE_TLS))) {
        mechanisms.add("LOGIN");
      }
    }
    return mechanisms;
  }
}

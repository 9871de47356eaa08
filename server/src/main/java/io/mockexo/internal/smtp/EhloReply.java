package io.mockexo.internal.smtp;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import java.util.ArrayList;
import java.util.List;

/** The service extensions that EHLO lists (facts 2.1, V; MX after STARTTLS G). */
final class EhloReply {

  private EhloReply() {}

  /**
   * The reply.
   *
   * @param hello the first line, the same as HELO's
   * @param offersStartTls whether STARTTLS is listed; never inside TLS
   */
  static SmtpReply of(
      String hello, ExchangeProfile profile, boolean offersStartTls, boolean insideTls) {
    boolean onPremises = profile.endpoint() == Endpoint.ON_PREMISES;
    boolean amongServers = profile.hasAnonymousTls();
    List<String> lines = new ArrayList<>();
    lines.add(hello);
    lines.add("SIZE " + profile.maxMessageSize());
    lines.add("PIPELINING");
    lines.add("DSN");
    lines.add("ENHANCEDSTATUSCODES");
    if (offersStartTls) {
      lines.add("STARTTLS");
    }
    if (amongServers && !insideTls) {
      lines.add("X-ANONYMOUSTLS");
    }
    // On client submission in the place where STARTTLS was (X1, X2, X22).
    List<String> mechanisms = AuthOffer.of(profile, insideTls);
    if (!mechanisms.isEmpty()) {
      lines.add("AUTH " + String.join(" ", mechanisms));
    }
    if (amongServers) {
      lines.add("X-EXPS GSSAPI NTLM");
    }
    lines.add("8BITMIME");
    lines.add("BINARYMIME");
    lines.add("CHUNKING");
    // Builds of 2013 to 2019 have it not, later ones do (X25, 2025).
    if (!onPremises || profile.asOf().year() >= 2025) {
      lines.add("SMTPUTF8");
    }
    if (onPremises) {
      lines.add("XRDST");
    }
    return new SmtpReply(250, lines);
  }
}

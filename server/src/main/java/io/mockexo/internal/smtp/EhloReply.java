package io.mockexo.internal.smtp;

import io.mockexo.exchange.Endpoint;
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
      String hello,
      Endpoint endpoint,
      long maxMessageSize,
      boolean offersStartTls,
      boolean insideTls) {
    List<String> lines = new ArrayList<>();
    lines.add(hello);
    lines.add("SIZE " + maxMessageSize);
    lines.add("PIPELINING");
    lines.add("DSN");
    lines.add("ENHANCEDSTATUSCODES");
    if (offersStartTls) {
      lines.add("STARTTLS");
    } else if (insideTls && endpoint == Endpoint.CLIENT_SUBMISSION) {
      // In the place where STARTTLS was (X1, X2, X22).
      lines.add("AUTH LOGIN XOAUTH2");
    }
    lines.add("8BITMIME");
    lines.add("BINARYMIME");
    lines.add("CHUNKING");
    lines.add("SMTPUTF8");
    return new SmtpReply(250, lines);
  }
}

package io.mockexo.internal.smtp;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.FrontEnd;
import java.util.Locale;
import java.util.UUID;

/**
 * The reply to an accepted message (facts 3.3, V; on premises, where older builds leave the size
 * out, G).
 *
 * @param sessionTicks the session id as a number
 */
record QueuedReply(Endpoint endpoint, FrontEnd frontEnd, long sessionTicks) {

  /**
   * Real ones are a number of the database above 32 bits and a row below: 26929444962030 is 6270,
   * 16110.
   */
  private static final long INTERNAL_ID_DATABASE = 6270L << 32;

  SmtpReply to(MailReceipt receipt) {
    String received = receipt.messageId();
    String messageId = received == null ? generatedMessageId(receipt.number()) : received;
    String hostname = MailboxServer.behind(frontEnd);
    String text =
        switch (endpoint) {
          case CLIENT_SUBMISSION, LEGACY_CLIENT_SUBMISSION ->
              "2.0.0 OK %s [Hostname=%s]".formatted(messageId, hostname);
          case MX, ON_PREMISES -> queued(messageId, hostname, receipt);
          case CONSUMER_MX -> queued(messageId, hostname, receipt) + " -> 250 2.1.5";
        };
    return SmtpReply.of(250, text);
  }

  private String queued(String messageId, String hostname, MailReceipt receipt) {
    return "2.6.0 %s [InternalId=%s, Hostname=%s] %s Queued mail for delivery"
        .formatted(messageId, internalId(receipt.number()), hostname, rate(receipt));
  }

  /**
   * Size, seconds and KB (1024 bytes) per second, with three decimals. Exchange counts the header
   * fields that it adds; this server adds none.
   */
  private static String rate(MailReceipt receipt) {
    double seconds = Math.max(1, receipt.took().toMillis()) / 1000.0;
    return String.format(
        Locale.ROOT,
        "%d bytes in %.3f, %.3f KB/sec",
        receipt.size(),
        seconds,
        receipt.size() / 1024.0 / seconds);
  }

  /**
   * Exchange gives a message without Message-ID one; that it is quoted is G. A GUID made of the
   * session and the number of the message in it, so that logs compare.
   */
  private String generatedMessageId(int number) {
    return "<%s@%s>".formatted(new UUID(sessionTicks, number), frontEnd.errorName());
  }

  /** Within the plausible range of facts 3.3, another one for every message. */
  private String internalId(int number) {
    return Long.toString(
        INTERNAL_ID_DATABASE + ((sessionTicks & 0xFFFFF) << 12) + (number & 0xFFF));
  }
}

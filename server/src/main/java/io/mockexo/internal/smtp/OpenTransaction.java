package io.mockexo.internal.smtp;

import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.MailTransaction.Recipient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mail transaction from MAIL to its end (RFC 5321, section 3.3). */
final class OpenTransaction {

  /** More refused recipients of one transaction are answered, but not kept. */
  private static final int MAX_REFUSED_KEPT = 1000;

  private final SmtpCommand.Mail mail;
  private final boolean insideTls;
  private final @Nullable String user;
  private final ByteBudget budget;
  private final List<Recipient> recipients = new ArrayList<>();
  private int accepted;
  private @Nullable SmtpReply lastRefusal;
  private @Nullable MessageCollector collector;
  private MessageCollector.@Nullable Message message;
  private boolean inChunks;
  private Instant dataStarted = Instant.EPOCH;

  OpenTransaction(
      SmtpCommand.Mail mail, boolean insideTls, @Nullable String user, ByteBudget budget) {
    this.mail = mail;
    this.insideTls = insideTls;
    this.user = user;
    this.budget = budget;
  }

  String reversePath() {
    return mail.reversePath();
  }

  @Nullable String user() {
    return user;
  }

  boolean isSmtpUtf8() {
    return mail.isSmtpUtf8();
  }

  boolean isBinaryMime() {
    return mail.isBinaryMime();
  }

  int acceptedRecipients() {
    return accepted;
  }

  /** How many of them are in the domain of this address. */
  long acceptedRecipientsIn(String address) {
    String domain = domainOf(address);
    return recipients.stream()
        .filter(Recipient::accepted)
        .filter(recipient -> domainOf(recipient.forwardPath()).equalsIgnoreCase(domain))
        .count();
  }

  /** Whether a first BDAT has come. */
  boolean isInChunks() {
    return inChunks;
  }

  /**
   * Notes a RCPT with its reply.
   *
   * @return false, and nothing is noted, if the recipient was to be accepted and there is no room
   */
  boolean addRecipient(String forwardPath, SmtpReply reply) {
    Recipient recipient = new Recipient(forwardPath, reply.code(), reply.text());
    if (reply.isPositive()) {
      return addAccepted(recipient);
    }
    lastRefusal = reply;
    if (recipients.size() - accepted < MAX_REFUSED_KEPT && budget.reserveFor(recipient)) {
      recipients.add(recipient);
    }
    return true;
  }

  private boolean addAccepted(Recipient recipient) {
    if (!budget.reserveFor(recipient)) {
      return false;
    }
    accepted++;
    return recipients.add(recipient);
  }

  /** Takes the collector of DATA. */
  MessageCollector beginData(MessageCollector fresh, Instant now) {
    collector = fresh;
    dataStarted = now;
    return fresh;
  }

  /** Takes the collector of the first BDAT; it is the one of all that follow. */
  MessageCollector beginChunks(MessageCollector fresh, Instant now) {
    inChunks = true;
    return beginData(fresh, now);
  }

  /** What DATA or BDAT collect into; null before the first of them. */
  @Nullable MessageCollector collector() {
    return collector;
  }

  Instant dataStarted() {
    return dataStarted;
  }

  /** Notes that the message is complete. */
  MessageCollector.Message complete(MessageCollector received) {
    if (message == null) {
      message = received.complete();
    }
    return message;
  }

  /** Whether the message is complete. */
  boolean isComplete() {
    return message != null;
  }

  /** Ends it with the message accepted. */
  MailTransaction delivered(SmtpReply reply) {
    return ended(Outcome.DELIVERED, reply);
  }

  /** Ends it with MAIL or the message refused. */
  MailTransaction refused(SmtpReply reply) {
    return ended(Outcome.REFUSED, reply);
  }

  /** Ends it because the client, or the connection, has left it. */
  MailTransaction abandoned() {
    if (message != null) {
      return ended(Outcome.UNACKNOWLEDGED, null);
    }
    SmtpReply refusal = lastRefusal;
    return accepted == 0 && refusal != null ? refused(refusal) : ended(Outcome.ABORTED, null);
  }

  private MailTransaction ended(Outcome outcome, @Nullable SmtpReply reply) {
    if (collector != null && message == null) {
      collector.letGo();
    }
    Map<String, String> parameters = new HashMap<>(mail.parameters());
    parameters.remove("AUTH");
    return new MailTransaction(
        mail.reversePath(),
        parameters,
        recipients,
        insideTls,
        user,
        outcome,
        reply == null ? 0 : reply.code(),
        reply == null ? "" : reply.text(),
        message == null ? messageIdSoFar() : message.messageId(),
        message == null ? null : message.bodyHash(),
        collector == null ? 0 : collector.size(),
        message == null ? null : message.content());
  }

  /** An incomplete message is not kept, but its Message-ID tells which one it would have been. */
  private @Nullable String messageIdSoFar() {
    return collector == null ? null : collector.messageId();
  }

  private static String domainOf(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }
}

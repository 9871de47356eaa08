package io.mockexo.internal.smtp;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.internal.smtp.Step.Next;
import io.mockexo.journal.MailTransaction;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The mail transactions of one connection, one after the other (RFC 5321, section 3.3; RFC 3030).
 * Whether a client may send mail at all is settled before it is asked.
 */
final class MailFlow {

  private final ExchangeProfile profile;
  private final ExchangeReplies replies;
  private final Admission admission;
  private final Throttle throttle;
  private final Clock clock;
  private final ByteBudget budget;
  private @Nullable OpenTransaction open;
  private @Nullable SmtpReply chunkRefusal;
  private int messages;

  /**
   * The transactions of a connection.
   *
   * @param admission who may send to whom
   * @param throttle how much
   */
  MailFlow(
      ExchangeProfile profile,
      ExchangeReplies replies,
      Admission admission,
      Throttle throttle,
      Clock clock,
      ByteBudget budget) {
    this.profile = profile;
    this.replies = replies;
    this.admission = admission;
    this.throttle = throttle;
    this.clock = clock;
    this.budget = budget;
  }

  boolean isOpen() {
    return open != null;
  }

  /** The reverse-path of the open transaction; null if none is open. */
  @Nullable String reversePath() {
    return open == null ? null : open.reversePath();
  }

  /** MAIL, in its place and permitted. */
  Step mail(SmtpCommand.Mail mail, boolean insideTls, @Nullable String user) {
    OpenTransaction begun = new OpenTransaction(mail, insideTls, user, budget);
    // RFC 1870, section 6.1
    if (mail.declaredSize() > profile.maxMessageSize()) {
      SmtpReply reply = replies.messageTooLarge();
      return Step.answer(reply).ending(begun.refused(reply));
    }
    open = begun;
    throttle.transactionBegun(user);
    return Step.answer(replies.senderOk());
  }

  /**
   * What RCPT is answered with where it stands, whatever its arguments; null if it is in its place.
   */
  @Nullable SmtpReply rcptOutOfPlace() {
    if (open == null) {
      return replies.needMail();
    }
    // RFC 3030, section 2: once a BDAT has come, only BDAT, RSET and the like may follow.
    return open.isInChunks() ? replies.badSequence() : null;
  }

  /** RCPT. */
  Step rcpt(SmtpCommand.Rcpt rcpt) {
    SmtpReply outOfPlace = rcptOutOfPlace();
    if (open == null || outOfPlace != null) {
      return Step.answer(outOfPlace == null ? replies.needMail() : outOfPlace);
    }
    SmtpReply reply = judge(rcpt, open);
    Throttle.Refusal tooEarly =
        reply.isPositive() ? throttle.ofRcpt(open.reversePath(), rcpt.forwardPath()) : null;
    if (tooEarly != null) {
      return refuse(rcpt, tooEarly.reply()).reaching(tooEarly.reached());
    }
    if (open.addRecipient(rcpt.forwardPath(), reply)) {
      return Step.answer(reply);
    }
    SmtpReply noRoom = replies.insufficientSystemResources();
    open.addRecipient(rcpt.forwardPath(), noRoom);
    return Step.answer(noRoom);
  }

  private SmtpReply judge(SmtpCommand.Rcpt rcpt, OpenTransaction transaction) {
    // RFC 6531, section 3.2: without SMTPUTF8 the grammar of RFC 5321 holds, which is ASCII.
    if (!transaction.isSmtpUtf8() && !DomainSyntax.isAscii(rcpt.forwardPath())) {
      return replies.malformed(SmtpCommand.Problem.INVALID_FORWARD_PATH);
    }
    SmtpReply refusal =
        admission.refusalOfRcpt(
            transaction.reversePath(), rcpt.forwardPath(), transaction.user() != null);
    if (refusal != null) {
      return refusal;
    }
    boolean room =
        transaction.acceptedRecipients() < profile.maxRecipients()
            && hasRoomInDomain(transaction, rcpt.forwardPath());
    return room ? replies.recipientOk() : replies.tooManyRecipients();
  }

  /** Recipients are looked at only if one of them could be too many. */
  private boolean hasRoomInDomain(OpenTransaction transaction, String forwardPath) {
    int limit = profile.maxRecipientsPerDomain();
    return transaction.acceptedRecipients() < limit
        || transaction.acceptedRecipientsIn(forwardPath) < limit;
  }

  /** DATA. */
  Step data() {
    OpenTransaction transaction = open;
    if (transaction == null) {
      return Step.answer(replies.needMail());
    }
    // RFC 3030, sections 2 and 3: DATA goes neither with BDAT nor with BODY=BINARYMIME.
    if (transaction.isInChunks() || transaction.isBinaryMime()) {
      return Step.answer(replies.badSequence());
    }
    if (transaction.acceptedRecipients() == 0) {
      return Step.answer(replies.needRcpt());
    }
    MessageCollector collector = transaction.beginData(newCollector(), clock.instant());
    return Step.answer(replies.startMailInput()).then(new Next.Data(collector));
  }

  /** The message is complete, and the client has not been told what becomes of it. */
  void complete(MessageCollector collector) {
    if (open != null) {
      open.complete(collector);
    }
  }

  /** Ends the open transaction, if there is one, with this refusal. */
  Step refuse(SmtpReply refusal) {
    OpenTransaction transaction = leave();
    return Step.answer(refusal).ending(transaction == null ? null : transaction.refused(refusal));
  }

  /** Refuses a recipient of the open transaction, if there is one. */
  Step refuse(SmtpCommand.Rcpt rcpt, SmtpReply refusal) {
    if (open != null) {
      open.addRecipient(rcpt.forwardPath(), refusal);
    }
    return Step.answer(refusal);
  }

  /** The message of DATA is complete. */
  Step dataReceived(MessageCollector collector) {
    OpenTransaction transaction = open;
    if (transaction == null || transaction.collector() != collector) {
      throw new IllegalStateException("end-of-data without DATA");
    }
    return endOfMessage(transaction, collector);
  }

  /**
   * BDAT, in its place as far as the session goes: its octets are read whatever it is answered
   * with.
   */
  Step bdat(SmtpCommand.Bdat bdat) {
    OpenTransaction transaction = open;
    if (transaction == null) {
      return refuseChunk(bdat, replies.needMail());
    }
    if (transaction.acceptedRecipients() == 0) {
      return refuseChunk(bdat, replies.needRcpt());
    }
    MessageCollector collector = transaction.collector();
    if (collector == null) {
      collector = transaction.beginChunks(newCollector(), clock.instant());
    }
    return Step.read(new Next.Chunk(bdat.octets(), bdat.last(), collector));
  }

  /** Has the octets of a BDAT consumed before it is answered (RFC 3030, section 2). */
  Step refuseChunk(SmtpCommand.Bdat bdat, SmtpReply reply) {
    chunkRefusal = reply;
    return Step.read(new Next.Chunk(bdat.octets(), bdat.last(), null));
  }

  /** The octets of a BDAT have come. */
  Step chunkReceived(Next.Chunk chunk) {
    SmtpReply refusal = chunkRefusal;
    if (refusal != null) {
      chunkRefusal = null;
      return Step.answer(refusal);
    }
    OpenTransaction transaction = open;
    MessageCollector collector = chunk.into();
    if (transaction == null || collector == null || transaction.collector() != collector) {
      throw new IllegalStateException("a chunk without BDAT");
    }
    if (chunk.last()) {
      return endOfMessage(transaction, collector);
    }
    if (collector.exceedsLimit()) {
      // What follows of this message finds no transaction, and gets 503 (RFC 3030, section 2).
      leave();
      SmtpReply reply = replies.messageTooLarge();
      return Step.answer(reply).ending(transaction.refused(reply));
    }
    return Step.answer(replies.chunkReceived(chunk.octets()));
  }

  private Step endOfMessage(OpenTransaction transaction, MessageCollector collector) {
    Throttle.Refusal tooMany = throttle.ofMessage(transaction.user());
    leave();
    MessageCollector.Message message = transaction.complete(collector);
    if (collector.exceedsLimit()) {
      SmtpReply reply = replies.messageTooLarge();
      return Step.answer(reply).ending(transaction.refused(reply));
    }
    if (tooMany != null) {
      return Step.answer(tooMany.reply())
          .ending(transaction.refused(tooMany.reply()))
          .reaching(tooMany.reached());
    }
    messages++;
    Duration took = Duration.between(transaction.dataStarted(), clock.instant());
    SmtpReply reply =
        replies.queued(new MailReceipt(messages, message.messageId(), collector.size(), took));
    return Step.answer(reply)
        .ending(transaction.delivered(reply))
        .reaching(throttle.ofDelivery(transaction.user()));
  }

  /** MAIL, refused in its place. */
  Step refused(SmtpCommand.Mail mail, boolean insideTls, @Nullable String user, SmtpReply refusal) {
    OpenTransaction attempt = new OpenTransaction(mail, insideTls, user, budget);
    return Step.answer(refusal).ending(attempt.refused(refusal));
  }

  /** Ends the open transaction, if there is one, for no reason of its own. */
  @Nullable MailTransaction abandon() {
    OpenTransaction transaction = leave();
    return transaction == null ? null : transaction.abandoned();
  }

  /** No transaction is open any more; the one that was. */
  private @Nullable OpenTransaction leave() {
    OpenTransaction left = open;
    open = null;
    throttle.transactionEnded();
    return left;
  }

  /** Ends the open transaction if its message is complete. */
  @Nullable MailTransaction abandonComplete() {
    return open != null && open.isComplete() ? abandon() : null;
  }

  private MessageCollector newCollector() {
    return new MessageCollector(profile.maxMessageSize(), budget);
  }
}

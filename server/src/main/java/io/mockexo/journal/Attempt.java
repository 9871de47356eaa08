package io.mockexo.journal;

import io.mockexo.journal.SessionEvent.Alert;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.TlsFailed;
import io.mockexo.journal.SessionEvent.TlsRefused;
import io.mockexo.tls.TlsVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One try at a message: a mail transaction, or a session that failed before MAIL. A session that
 * never came to EHLO or HELO is none, nor is a look at the server, as mailers take it to check
 * their configuration: STARTTLS was on offer, nothing that the client asked for was refused, no
 * fault fired, and it left without MAIL. Immutable.
 *
 * @since 0.1
 */
public final class Attempt {

  private final SmtpSession session;
  private final @Nullable MailTransaction transaction;
  private final @Nullable CleartextReason cleartextReason;
  private final @Nullable SessionEvent failure;

  private Attempt(
      SmtpSession session,
      @Nullable MailTransaction transaction,
      @Nullable CleartextReason cleartextReason,
      @Nullable SessionEvent failure) {
    this.session = session;
    this.transaction = transaction;
    this.cleartextReason = cleartextReason;
    this.failure = failure;
  }

  /** The attempts of a session: one for each mail transaction, or the session itself. */
  static List<Attempt> in(SmtpSession session) {
    List<Attempt> attempts = new ArrayList<>();
    DialogueFacts soFar = new DialogueFacts();
    CleartextReason reasonAtMail = soFar.cleartextReasonNow();
    SessionEvent lastFailure = null;
    for (SessionEvent event : session.events()) {
      soFar.add(event);
      if (event instanceof CommandReceived command && command.verb().equals("MAIL")) {
        reasonAtMail = soFar.cleartextReasonNow();
      }
      Optional<MailTransaction> ended = Events.transaction(event);
      if (ended.isPresent()) {
        attempts.add(ofTransaction(session, ended.get(), reasonAtMail, event));
      }
      if (isFailure(event) || (lastFailure == null && endsConnection(event))) {
        lastFailure = event;
      } else if (goesOn(event)) {
        lastFailure = null;
      }
    }
    if (attempts.isEmpty() && session.reachedEhlo() && !isLook(session, soFar, lastFailure)) {
      attempts.add(new Attempt(session, null, session.cleartextReason().orElse(null), lastFailure));
    }
    return attempts;
  }

  private static boolean isLook(
      SmtpSession session, DialogueFacts dialogue, @Nullable SessionEvent end) {
    boolean left =
        end instanceof Closed closed
            && (dialogue.saidQuit()
                || (closed.by() == Closed.Side.CLIENT && !dialogue.awaitsReply()));
    boolean servedWithTls =
        dialogue.startTlsOffered() && dialogue.startTlsSent() == session.tls().isPresent();
    return left
        && servedWithTls
        && !session.failedTls()
        && !session.abandonedTls()
        && session.faults().isEmpty();
  }

  private static Attempt ofTransaction(
      SmtpSession session,
      MailTransaction transaction,
      CleartextReason reasonAtMail,
      SessionEvent end) {
    return new Attempt(
        session,
        transaction,
        transaction.insideTls() ? null : reasonAtMail,
        transaction.isDelivered() ? null : end);
  }

  /** The connection on which it was made. */
  public SmtpSession session() {
    return session;
  }

  /** The mail transaction; empty if the session ended before MAIL. */
  public Optional<MailTransaction> transaction() {
    return Optional.ofNullable(transaction);
  }

  /** The mailboxes of all RCPT commands, refused ones included; domains are in lower case. */
  public List<String> recipients() {
    return transaction == null
        ? List.of()
        : transaction.recipients().stream().map(MailTransaction.Recipient::mailbox).toList();
  }

  /** Whether the message was accepted after end-of-data. */
  public boolean isDelivered() {
    return transaction != null && transaction.isDelivered();
  }

  /** Whether the message came whole and the client was not told so. */
  public boolean isUnacknowledged() {
    return transaction != null && transaction.outcome() == MailTransaction.Outcome.UNACKNOWLEDGED;
  }

  /** Whether the message came whole for this recipient, delivered or not acknowledged. */
  public boolean isCopyFor(String recipient) {
    return transaction != null
        && (isDelivered() || isUnacknowledged())
        && transaction.isAcceptedFor(recipient);
  }

  /** Whether the try was refused for good: with a reply whose first digit is 5. */
  public boolean failedPermanently() {
    return transaction != null
        && transaction.outcome() == MailTransaction.Outcome.REFUSED
        && transaction.replyCode() / 100 == 5;
  }

  /** Whether mail was sent in cleartext, delivered or not. */
  public boolean isInCleartext() {
    return cleartextReason != null;
  }

  /**
   * Why mail was sent in cleartext, as far as this connection tells. What was tried on earlier
   * connections is known to {@link MessageAttempts#cleartextReason}. Empty if it was not.
   */
  public Optional<CleartextReason> cleartextReason() {
    return Optional.ofNullable(cleartextReason);
  }

  /** Whether TLS was wanted on this connection: STARTTLS or a ClientHello came. */
  public boolean triedTls() {
    return session.startTlsSent() || session.triedTls();
  }

  /** The version that the mail went over; empty for cleartext and where no mail was sent. */
  public Optional<TlsVersion> usedTls() {
    return transaction == null || !transaction.insideTls()
        ? Optional.empty()
        : session.tls().map(SessionEvent.TlsEstablished::version);
  }

  /** Whether mail was sent in cleartext after TLS had been tried on the same connection. */
  public boolean fellBackWithinConnection() {
    return cleartextReason == CleartextReason.FELL_BACK;
  }

  /**
   * Whether something went wrong with TLS: the handshake was refused or not completed, STARTTLS was
   * refused, the client left right after the handshake, or its version was answered with {@code 421
   * 4.7.66}.
   */
  public boolean failedTls() {
    return session.failedTls()
        || session.abandonedTls()
        || (session.startTlsRefused() && session.tls().isEmpty())
        || session.events(ReplySent.class).stream().anyMatch(Attempt::refusesOldTls);
  }

  /**
   * When it failed: the end of the mail transaction, the last refusal, or else the TLS failure, the
   * fatal alert or the end of the connection, whichever came first. Empty if it was delivered, or
   * is still under way.
   */
  public Optional<Instant> failedAt() {
    return failure == null
        ? Optional.empty()
        : Optional.of(session.acceptedAt().plus(failure.at()));
  }

  /** The strength of this try by itself. */
  Strength strength() {
    if (isInCleartext()) {
      return Strength.CLEARTEXT;
    }
    return triedTls() ? Strength.tls(session.highestTlsOffered().orElse(null)) : Strength.UNDECIDED;
  }

  private static boolean isFailure(SessionEvent event) {
    return event instanceof TlsRefused || (event instanceof ReplySent reply && reply.code() >= 400);
  }

  /** After another failure these are its consequence: a client answers our FIN with an alert. */
  private static boolean endsConnection(SessionEvent event) {
    return event instanceof TlsFailed
        || (event instanceof Alert alert && alert.fatal())
        || event instanceof Closed;
  }

  /** A refusal that the client got over, such as 500 to EHLO before HELO, was not the end. */
  private static boolean goesOn(SessionEvent event) {
    return event instanceof ReplySent reply && reply.code() < 400 && reply.code() != 221;
  }

  /** Facts 3.2: what answers a version below the floor that was let through the handshake. */
  private static boolean refusesOldTls(ReplySent reply) {
    return reply.insideTls()
        && reply.code() == 421
        && reply.enhancedStatusCode().filter("4.7.66"::equals).isPresent();
  }

  @Override
  public String toString() {
    return transaction == null
        ? session.toString()
        : session + ", " + MessageIdentity.of(transaction);
  }
}

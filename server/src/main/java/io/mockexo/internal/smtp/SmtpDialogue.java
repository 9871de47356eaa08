package io.mockexo.internal.smtp;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.fault.Effect;
import io.mockexo.fault.ExchangeError;
import io.mockexo.internal.smtp.SmtpCommand.Malformed;
import io.mockexo.internal.smtp.Step.Next;
import io.mockexo.journal.MailTransaction;
import io.mockexo.tls.ClientIdentity;
import io.mockexo.tls.TlsVersion;
import java.net.InetAddress;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one connection: told what the client sent, it says what to answer and what
 * to read next. Not safe for use by several threads.
 *
 * <p>Only on premises is a connection closed for the number of its errors: no such limit of
 * Exchange Online is known (facts 13).
 */
public final class SmtpDialogue {

  /** RFC 5321, section 4.1.4: the others may come at any time. */
  private static final Set<String> NEED_HELLO = Set.of("MAIL", "RCPT", "DATA", "STARTTLS", "AUTH");

  private final ExchangeProfile profile;
  private final ExchangeReplies replies;
  private final MailFlow mail;
  private final AuthFlow auth;
  private final Admission admission;
  private final Throttle throttle;
  private final Peer peer;
  private final ErrorCount errors;
  private final ErrorReplies errorReplies;
  private boolean saidHello;

  /**
   * The dialogue with a client that has just connected.
   *
   * @param profile the rules that hold for the whole connection
   * @param client the address it came from
   * @param sessionId sixteen hexadecimal digits, see {@link SessionIds}
   * @param clock for the dates in replies, the time that a message took, and access tokens
   * @param budget what recipients and messages are kept from
   */
  public SmtpDialogue(
      ExchangeProfile profile,
      InetAddress client,
      String sessionId,
      Clock clock,
      ByteBudget budget) {
    this(profile, client, sessionId, clock, budget, Limits.none());
  }

  /** The same, within these limits. */
  public SmtpDialogue(
      ExchangeProfile profile,
      InetAddress client,
      String sessionId,
      Clock clock,
      ByteBudget budget,
      Limits limits) {
    this.profile = profile;
    this.replies = new ExchangeReplies(profile, client, sessionId, clock);
    this.errorReplies = new ErrorReplies(replies, profile, sessionId, clock);
    this.auth = new AuthFlow(profile, replies, clock);
    this.peer = new Peer(client);
    AdmissionReplies refusals = new AdmissionReplies(replies, profile, sessionId, clock);
    this.admission = new Admission(profile, refusals, replies, peer);
    this.throttle =
        new Throttle(profile, new ThrottleReplies(errorReplies, profile), limits, replies.client());
    this.mail = new MailFlow(profile, replies, admission, throttle, clock, budget);
    this.errors = ErrorCount.of(profile);
  }

  /** The greeting, before the client has said anything. */
  public Step greet() {
    Throttle.Refusal refusal = throttle.ofConnection();
    return refusal == null
        ? Step.answer(replies.greeting())
        : Step.answer(refusal.reply()).reaching(refusal.reached()).thenClosing();
  }

  /** A command; {@link Next.Command} was asked for. */
  public Step on(SmtpCommand command) {
    return finished(dispatch(command));
  }

  /** A continuation line of AUTH, without its end; {@link Next.AuthLine} was asked for. */
  public Step authLine(byte[] line) {
    return finished(auth.line(line));
  }

  /** The message of DATA, up to end-of-data, is in {@code collector}. */
  public Step dataReceived(MessageCollector collector) {
    return finished(mail.dataReceived(collector));
  }

  /** All octets of {@code chunk} have come. */
  public Step chunkReceived(Next.Chunk chunk) {
    return finished(mail.chunkReceived(chunk));
  }

  /**
   * The client sent a line that is too long to be read, where a command or an AUTH line was due.
   */
  public Step lineTooLong() {
    return finished(auth.isOpen() ? auth.lineTooLong() : Step.answer(replies.commandTooLong()));
  }

  /**
   * The message in {@code collector} is complete. Until it is answered, losing the connection
   * leaves it unacknowledged.
   */
  public void messageComplete(MessageCollector collector) {
    mail.complete(collector);
  }

  /** What a fault says, in the words of this session. */
  public SmtpReply wordsOf(Effect.Answer answer) {
    return wordsOf(answer, mail.reversePath());
  }

  /** What a fault says to a command, which may name the sender. */
  public SmtpReply wordsOf(Effect.Answer answer, SmtpCommand command) {
    return wordsOf(
        answer,
        command instanceof SmtpCommand.Mail mailFrom ? mailFrom.reversePath() : mail.reversePath());
  }

  private SmtpReply wordsOf(Effect.Answer answer, @Nullable String sender) {
    return answer instanceof Effect.Refusal refusal
        ? errorReplies.of(refusal.error(), auth.user(), sender)
        : new SmtpReply(answer.code(), ((Effect.Reply) answer).lines());
  }

  /**
   * A fault replies to {@code command} instead of this dialogue. If that refuses it, it is not
   * carried out.
   */
  public Step instead(SmtpCommand command, SmtpReply reply) {
    return closingIfOver(
        reply.isPositive()
            ? on(command).saying(reply)
            : Refusals.of(command, reply, mail, peer.isInsideTls(), auth.user()),
        reply);
  }

  /** A fault replies to the greeting's place, to end-of-data, or to a chunk. */
  public Step instead(Step own, SmtpReply reply) {
    return closingIfOver(own.saying(reply), reply);
  }

  /** A fault refuses the message, or a chunk of it. */
  public Step refuseMessage(SmtpReply reply) {
    return closingIfOver(mail.refuse(reply), reply);
  }

  /**
   * A fault answers with what is no reply. A complete message is then unacknowledged; anything else
   * is as if it had not been sent.
   */
  public Step leaveUnanswered() {
    return Step.silent().ending(mail.abandonComplete());
  }

  /** The client has been silent for too long. */
  public Step idle() {
    return Step.answer(replies.inputTimeout()).then(new Next.Close()).ending(mail.abandon());
  }

  /** The server is about to stop. */
  public Step serviceStopping() {
    SmtpReply reply = errorReplies.of(ExchangeError.SERVICE_NOT_ACTIVE, null, null);
    return Step.answer(reply).then(new Next.Close()).ending(mail.abandon());
  }

  /**
   * The handshake that {@link Next.StartTls} began is done. All that was known of the client is
   * forgotten, its EHLO too (RFC 3207, section 4.2).
   *
   * @param version what was negotiated
   * @param belowMinimum whether the version is one that is refused in the dialogue (facts 3.2)
   * @param client who the client is by its certificate; null if it showed none
   */
  public void tlsEstablished(
      TlsVersion version, boolean belowMinimum, @Nullable ClientIdentity client) {
    peer.tlsEstablished(version, belowMinimum, client);
    saidHello = false;
    auth.forget();
  }

  /** The connection is gone; the transaction that was open, if one was. */
  public @Nullable MailTransaction connectionLost() {
    return mail.abandon();
  }

  private Step dispatch(SmtpCommand command) {
    if (command instanceof SmtpCommand.Ehlo ehlo) {
      return hello(ehlo.domain(), replies.ehlo(admission.offersStartTls(), peer.isInsideTls()));
    } else if (command instanceof SmtpCommand.Helo helo) {
      return hello(helo.domain(), replies.helo());
    } else if (command instanceof SmtpCommand.Mail mailFrom) {
      return mail(mailFrom);
    } else if (command instanceof SmtpCommand.Rcpt rcpt) {
      return saidHello ? mail.rcpt(rcpt) : sendHelloFirst();
    } else if (command instanceof SmtpCommand.Data) {
      return saidHello ? mail.data() : sendHelloFirst();
    } else if (command instanceof SmtpCommand.Bdat bdat) {
      return saidHello ? mail.bdat(bdat) : mail.refuseChunk(bdat, replies.sendHelloFirst());
    } else if (command instanceof SmtpCommand.Rset) {
      return Step.answer(replies.resetting()).ending(mail.abandon());
    } else if (command instanceof SmtpCommand.Quit) {
      return Step.answer(replies.closing()).then(new Next.Close()).ending(mail.abandon());
    } else if (command instanceof SmtpCommand.StartTls) {
      return startTls(admission.offersStartTls());
    } else if (command instanceof SmtpCommand.Auth authCommand) {
      return auth(authCommand);
    } else if (command instanceof SmtpCommand.Noop) {
      return Step.answer(replies.ok());
    } else if (command instanceof SmtpCommand.Vrfy) {
      return Step.answer(replies.cannotVerify());
    } else if (command instanceof SmtpCommand.Expn) {
      return Step.answer(replies.notImplemented());
    } else if (command instanceof SmtpCommand.Help) {
      return Step.answer(replies.help());
    } else if (command instanceof SmtpCommand.Unknown unknown) {
      return unknown(unknown);
    }
    return malformed((Malformed) command);
  }

  /** X-ANONYMOUSTLS begins TLS as STARTTLS does (facts 2.1 lists it; that it does so, G). */
  private Step unknown(SmtpCommand.Unknown command) {
    return command.verb().equalsIgnoreCase("X-ANONYMOUSTLS") && profile.hasAnonymousTls()
        ? startTls(true)
        : Step.answer(replies.unrecognizedCommand(command.verb(), auth.wasTried()));
  }

  /** EHLO and HELO end a transaction, as RSET does (RFC 5321, section 4.1.4). */
  private Step hello(String domain, SmtpReply reply) {
    if (admission.isNameOfServer(domain)) {
      return Step.answer(admission.badHelo());
    }
    saidHello = true;
    return Step.answer(reply).ending(mail.abandon());
  }

  private Step sendHelloFirst() {
    return Step.answer(replies.sendHelloFirst());
  }

  private Step mail(SmtpCommand.Mail command) {
    if (mail.isOpen()) {
      return Step.answer(replies.senderAlreadySpecified());
    }
    boolean insideTls = peer.isInsideTls();
    SmtpReply refusal = mailRefusal();
    if (refusal != null) {
      return mail.refused(command, insideTls, auth.user(), refusal);
    }
    SmtpReply notAdmitted = admission.refusalOfMail(command.reversePath(), auth.user() != null);
    if (notAdmitted == null) {
      Throttle.Refusal tooMuch = throttle.ofMail();
      return tooMuch == null
          ? mail.mail(command, insideTls, auth.user())
          : mail.refused(command, insideTls, auth.user(), tooMuch.reply())
              .reaching(tooMuch.reached());
    }
    Step step = mail.refused(command, insideTls, auth.user(), notAdmitted);
    return admission.closesAfterMail() ? step.thenClosing() : step;
  }

  /** Why this client may not send mail now, or null if it may. */
  private @Nullable SmtpReply mailRefusal() {
    return saidHello ? admission.refusalOfAnyMail(auth) : replies.sendHelloFirst();
  }

  /** RFC 3207, section 4. */
  private Step startTls(boolean offered) {
    if (!saidHello) {
      return sendHelloFirst();
    }
    // Offered to nobody inside TLS (RFC 3207, section 4.2); no transcript, G.
    if (peer.isInsideTls()) {
      return Step.answer(replies.badSequence());
    }
    // Not offered to this client, so not a command that it may know: 500 (RFC 5321, section 4.2.4).
    // Exchange without a certificate answers the same; for listed clients G.
    if (!offered) {
      return Step.answer(replies.unrecognizedCommand("STARTTLS", auth.wasTried()));
    }
    return Step.answer(replies.startTlsAccepted()).then(new Next.StartTls()).ending(mail.abandon());
  }

  private Step auth(SmtpCommand.Auth command) {
    SmtpReply outOfPlace = authOutOfPlace();
    return outOfPlace == null ? auth.begin(command, peer) : Step.answer(outOfPlace);
  }

  /** RFC 4954, section 4: neither twice nor during a mail transaction. */
  private @Nullable SmtpReply authOutOfPlace() {
    if (!saidHello) {
      return replies.sendHelloFirst();
    }
    return mail.isOpen() || auth.user() != null ? replies.badSequence() : null;
  }

  /** A command out of its place is told so before its arguments are looked at. */
  private Step malformed(Malformed command) {
    if (command.problem() == SmtpCommand.Problem.UNUSABLE_CHUNK_SIZE) {
      // What follows may be octets or commands: nobody can tell, so nothing more is read.
      return Step.answer(replies.malformed(command.problem()))
          .then(new Next.Close())
          .ending(mail.abandon());
    }
    if (!saidHello && NEED_HELLO.contains(command.verb())) {
      return sendHelloFirst();
    }
    SmtpReply outOfPlace =
        switch (command.verb()) {
          case "MAIL" -> mail.isOpen() ? replies.senderAlreadySpecified() : mailRefusal();
          case "RCPT" -> mail.rcptOutOfPlace();
          case "AUTH" -> authOutOfPlace();
          default -> null;
        };
    return Step.answer(outOfPlace == null ? replies.malformed(command.problem()) : outOfPlace);
  }

  private static Step closingIfOver(Step step, SmtpReply reply) {
    return reply.announcesClose() ? step.thenClosing() : step;
  }

  /**
   * What holds for all replies: 421 closes, where there is AUTH strangers are refused slowly, and a
   * server on premises has enough of errors.
   */
  private Step finished(Step step) {
    SmtpReply reply = step.reply();
    if (reply == null || reply.isPositive()) {
      return step;
    }
    if (errors.isOneTooMany(reply, step.authentication() != null)) {
      return step.saying(replies.tooManyErrors()).thenClosing();
    }
    // Facts 0, rule 3, and 8
    boolean heldBack = profile.endpoint().hasAuth() && auth.user() == null;
    return closingIfOver(step, reply).heldBack(heldBack);
  }
}

package io.mockexo.fault;

import static io.mockexo.fault.Effect.Kind.ALERT;
import static io.mockexo.fault.Effect.Kind.DELAY;
import static io.mockexo.fault.Effect.Kind.DRIP;
import static io.mockexo.fault.Effect.Kind.DROP;
import static io.mockexo.fault.Effect.Kind.GARBAGE;
import static io.mockexo.fault.Effect.Kind.REPLY;
import static io.mockexo.fault.Effect.Kind.STALL;
import static io.mockexo.fault.Effect.Kind.STOP_READING;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A point in the course of a connection at which a fault can happen. A stage named after a command
 * is reached when the command has come and has not been answered.
 *
 * @since 0.1
 */
public enum Stage {
  /**
   * The connection has been accepted; nothing was sent. A client that is dropped here or at the
   * greeting has said nothing: its session is silent, and no attempt at anything.
   */
  CONNECT(false, DRIP),
  /** The greeting is due. */
  GREETING(false, DRIP, GARBAGE, REPLY),
  /** EHLO or HELO, outside TLS. */
  EHLO(false, DRIP, GARBAGE, REPLY),
  /** STARTTLS, before its reply. */
  STARTTLS(false, DRIP, GARBAGE, REPLY),
  /** STARTTLS has been answered with {@code 220}; what is due is the ClientHello. */
  STARTTLS_REPLIED(false, DRIP, GARBAGE),
  /**
   * The first ClientHello is complete, and nothing was sent in answer, no HelloRetryRequest either.
   * Bytes that are not TLS, and a hello in SSL 2.0 format, do not come here.
   */
  CLIENT_HELLO(false, DRIP, GARBAGE, ALERT),
  /**
   * The server has sent its flight: ServerHello to ServerHelloDone, or, in TLS 1.3, to Finished. A
   * HelloRetryRequest is none.
   */
  SERVER_FLIGHT(false, DRIP, GARBAGE, ALERT),
  /**
   * The client's Finished has been verified, and the server's, which follows in TLS 1.2 and older,
   * was not sent.
   */
  CLIENT_FINISHED(false, DRIP, GARBAGE),
  /** The handshake is complete on both sides. */
  HANDSHAKE_DONE(false, DRIP, GARBAGE, ALERT),
  /** EHLO or HELO, inside TLS. */
  EHLO_AFTER_TLS(false, DRIP, GARBAGE, REPLY, ALERT),
  /** AUTH, before any challenge. */
  AUTH(false, DRIP, GARBAGE, REPLY),
  /** MAIL. */
  MAIL(true, DRIP, GARBAGE, REPLY),
  /** RCPT. */
  RCPT(true, DRIP, GARBAGE, REPLY),
  /**
   * DATA, or the first BDAT of a message, when its octets have come; {@link #BODY} may have been
   * met among these.
   */
  DATA(true, DRIP, GARBAGE, REPLY),
  /** So many bytes of the message have come as the fault says ({@link Fault#afterBytes}). */
  BODY(true),
  /**
   * End-of-data, or the last BDAT: the message is complete, and was not acknowledged. A client that
   * hears nothing sends it again, which makes two of it.
   */
  END_OF_DATA(true, DRIP, GARBAGE, REPLY),
  /** The reply to end-of-data has been sent. */
  END_OF_DATA_REPLIED(true, DRIP, GARBAGE),
  /** QUIT, before its reply. */
  QUIT(false, DRIP, GARBAGE, REPLY);

  private final boolean ofMessage;

  @SuppressWarnings("ImmutableEnumChecker") // it cannot tell that an unmodifiable set is one
  private final Set<Effect.Kind> possible;

  Stage(boolean ofMessage, Effect.Kind... more) {
    this.ofMessage = ofMessage;
    Set<Effect.Kind> kinds = EnumSet.of(DROP, STALL, STOP_READING, DELAY);
    kinds.addAll(Set.of(more));
    this.possible = Collections.unmodifiableSet(kinds);
  }

  /** The effects that are possible here. */
  public Set<Effect.Kind> possibleEffects() {
    return possible;
  }

  /** Whether it belongs to a mail transaction, so that it can be met for each of them. */
  public boolean isOfMessage() {
    return ofMessage;
  }

  /** Whether it is past before the client has said EHLO or HELO. */
  public boolean isBeforeEhlo() {
    return this == CONNECT || this == GREETING;
  }

  /** Whether no connection meets it twice. */
  boolean isMetOnce() {
    return switch (this) {
      case CONNECT,
          GREETING,
          STARTTLS_REPLIED,
          CLIENT_HELLO,
          SERVER_FLIGHT,
          CLIENT_FINISHED,
          HANDSHAKE_DONE ->
          true;
      default -> false;
    };
  }

  void requirePossible(Effect effect) {
    if (!possible.contains(effect.kind())) {
      throw new IllegalArgumentException(
          "at %s %s is impossible; possible are %s"
              .formatted(this, effect.kind(), Effect.words(possible.stream())));
    }
    if (this == END_OF_DATA && effect instanceof Effect.Reply reply && reply.code() / 100 == 3) {
      throw new IllegalArgumentException(
          "at END_OF_DATA the message is there, so that a reply is 2xx, 4xx or 5xx, not "
              + reply.code());
    }
  }
}

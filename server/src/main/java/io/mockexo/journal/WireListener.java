package io.mockexo.journal;

import io.mockexo.journal.SessionEvent.Direction;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Is shown the bytes of connections as the server's socket sees them, TLS records still encrypted:
 * what a capture on the wire shows, but for the framing of TCP. Together with the secrets of {@link
 * SmtpSession#keyLog()} it can be read.
 *
 * <p>Called on threads of the server, several at once for several connections, which it must not
 * hold up. One that fails is told no more of that connection, which goes on.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface WireListener {

  /**
   * A connection was accepted.
   *
   * @param session who it is with; nothing else is known of it yet
   * @return is told what passes on it; null if nobody wants to know
   */
  @Nullable Connection accepted(SmtpSession session);

  /**
   * Follows one connection; each method is called on the thread of that connection, in the order in
   * which things happened. Times are since accept, by the clock of {@link SessionEvent#at()}.
   *
   * @since 0.1
   */
  interface Connection {

    /**
     * Bytes were received, or taken by the operating system to be sent. Those that a client sends
     * and the server does not read are not told, nor are those that the server could not send.
     *
     * @param bytes read-only, and good during the call alone
     */
    void bytes(Duration at, Direction direction, ByteBuffer bytes);

    /** One side has said that it sends no more (FIN; RFC 9293, section 3.6). */
    void fin(Duration at, Direction direction);

    /**
     * One side has reset the connection (RST; RFC 9293, section 3.5.2). A reset that the operating
     * system adds by itself, for bytes that came after the end, is not told.
     */
    void rst(Duration at, Direction direction);

    /** The connection is over; always the last call, before the session is complete. */
    void closed(Duration at);
  }
}

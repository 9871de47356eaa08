package io.mockexo.standalone.evidence.log;

import io.mockexo.fault.Effect;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.Alert;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.SessionEvent.FaultInjected;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.TlsRefused;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.TlsRefusal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Why a handshake came to nothing, in the words that Exchange has for it: {@code TLS negotiation
 * failed with error SocketError}.
 */
final class HandshakeFailure {

  static final String SOCKET_ERROR = "SocketError";
  static final String TIMED_OUT = "TimedOut";

  /**
   * So much silence is a time-out, whoever ends the connection afterwards: Exchange said so after
   * 19 seconds, when the reset of a firewall came (facts 6.2, V). Where the limit is nobody has
   * written (G).
   */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private final SmtpSession session;

  private HandshakeFailure(SmtpSession session) {
    this.session = session;
  }

  /** The word in the log of the client; empty if no handshake failed. */
  static Optional<String> toTheSender(SmtpSession session) {
    return word(session, List.of(Direction.RECEIVED, Direction.SENT));
  }

  /** The word in the log of the server; empty if no handshake failed. */
  static Optional<String> toTheReceiver(SmtpSession session) {
    if (session.failedTls() && session.tlsRefused().isPresent()) {
      // SEC_E_ALGORITHM_MISMATCH: nothing in common (G; no log of the service's own was seen).
      return Optional.of("AlgorithmMismatch");
    }
    return word(session, List.of(Direction.RECEIVED));
  }

  private static Optional<String> word(SmtpSession session, List<Direction> alertsOf) {
    return session.failedTls() && session.isComplete()
        ? Optional.of(new HandshakeFailure(session).word(alertsOf))
        : Optional.empty();
  }

  private String word(List<Direction> alertsOf) {
    for (Direction direction : alertsOf) {
      Optional<Alert> alert =
          session.events(Alert.class).stream()
              .filter(sent -> sent.direction() == direction && isTelling(sent))
              .findFirst();
      if (alert.isPresent()) {
        return Schannel.error(alert.get().code());
      }
    }
    return wasKeptWaiting() ? TIMED_OUT : SOCKET_ERROR;
  }

  /**
   * What a client says behind our FIN, or when it has waited in vain, is not the cause: OpenSSL
   * sends decode_error then, Exim user_canceled.
   */
  private boolean isTelling(Alert alert) {
    boolean later =
        alert.direction() == Direction.RECEIVED
            && (session.tlsRefused().isPresent() || wasBrokenOff());
    return alert.fatal() && !later;
  }

  private boolean wasBrokenOff() {
    return session.faults().stream().anyMatch(fired -> !fired.fault().effect().goesOn());
  }

  private boolean wasKeptWaiting() {
    return session.tlsRefused().filter(HandshakeFailure::isSilent).isPresent()
        || session.events(FaultInjected.class).stream().anyMatch(HandshakeFailure::isSilent)
        || session.closed().filter(end -> end.how() == Closed.End.TIMEOUT).isPresent()
        || longestSilence().compareTo(SILENCE) >= 0;
  }

  private static boolean isSilent(TlsRefused refused) {
    return refused.how() == TlsRefusal.STALL;
  }

  private static boolean isSilent(FaultInjected injected) {
    Effect effect = injected.fault().fault().effect();
    return effect.kind() == Effect.Kind.STALL || effect.kind() == Effect.Kind.STOP_READING;
  }

  /** Between two events since TLS was agreed on. */
  private Duration longestSilence() {
    Duration longest = Duration.ZERO;
    Duration last = session.startTlsReply().map(ReplySent::at).orElse(Duration.ZERO);
    for (SessionEvent event : session.events()) {
      Duration gap = event.at().minus(last);
      if (!gap.isNegative()) {
        longest = gap.compareTo(longest) > 0 ? gap : longest;
        last = event.at();
      }
    }
    return longest;
  }
}

package io.mockexo.journal;

import io.mockexo.exchange.Blocklist;
import io.mockexo.exchange.CidrBlock;
import io.mockexo.exchange.Middlebox;
import io.mockexo.exchange.Throttling;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.ClientIdentity;
import io.mockexo.tls.KeyLogLine;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.TlsMismatch;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened on a connection, in the order in which the server met it. Credentials are
 * redacted before an event is made; texts that a client made very long are cut, and say by how
 * much.
 *
 * @since 0.1
 */
public sealed interface SessionEvent {

  /** The time since the connection was accepted. */
  Duration at();

  /**
   * The client is on the blocklist. The first event of its sessions; what it may still do depends
   * on the {@link Blocklist}.
   *
   * @param entry the entry that its address falls in
   * @param startTlsHidden whether STARTTLS is not offered to it
   */
  record ClientBlocklisted(Duration at, CidrBlock entry, boolean startTlsHidden)
      implements SessionEvent {}

  /**
   * A command line, or a continuation line of AUTH. What it is was decided when it was read: the
   * text is for people and cannot be parsed again.
   *
   * @param insideTls whether it came inside TLS; false means readable on the wire
   * @param verb the verb in upper case by which it was executed, or would have been if its end had
   *     come; empty for a line that is no command, as a continuation line of AUTH is
   * @param line the line without its end, printable, shortened if it was very long, with {@code
   *     <redacted>} for what was taken out
   * @param redacted whether credentials, or what may be some, were taken out
   */
  record CommandReceived(Duration at, boolean insideTls, String verb, String line, boolean redacted)
      implements SessionEvent {}

  /**
   * A message, or what came of it before it was refused, received with DATA or with BDAT.
   *
   * @param bytes its length after dot-unstuffing
   */
  record MessageDataReceived(Duration at, boolean insideTls, long bytes) implements SessionEvent {}

  /**
   * A reply, in the order in which replies were sent. The greeting is the first.
   *
   * @param code the three-digit reply code (RFC 5321, section 4.2)
   * @param lines the text of each line, without code and separator; never empty
   */
  record ReplySent(Duration at, boolean insideTls, int code, List<String> lines)
      implements SessionEvent {
    public ReplySent {
      lines = List.copyOf(lines);
    }

    /** The enhanced status code (RFC 3463) at the beginning of the text, if there is one. */
    public Optional<String> enhancedStatusCode() {
      String first = lines.get(0);
      int space = first.indexOf(' ');
      String word = space < 0 ? first : first.substring(0, space);
      return word.matches("[245]\\.\\d{1,3}\\.\\d{1,3}") ? Optional.of(word) : Optional.empty();
    }
  }

  /**
   * A middlebox did not let something through as it was. What the client got instead is the reply
   * that follows.
   *
   * @param middlebox which
   * @param original the line of Exchange that it changed or took out, without code; null where it
   *     answered a command that Exchange never got
   */
  record MiddleboxActed(Duration at, Middlebox middlebox, @Nullable String original)
      implements SessionEvent {}

  /**
   * The client has come to a limit of the profile's {@link Throttling}, in answer to what came
   * before. The reply follows; it is no refusal where a message was accepted and its delivery is
   * delayed.
   *
   * @param whose the mailbox, or the address of the client, that the limit is for
   * @param waiting how long the message is held back, or how long a next try is refused; zero where
   *     that depends on other connections
   */
  record LimitReached(Duration at, Throttling.Limit limit, String whose, Duration waiting)
      implements SessionEvent {}

  /** A complete ClientHello; the second one of a session answers a HelloRetryRequest. */
  record ClientHelloReceived(Duration at, ClientHello hello) implements SessionEvent {}

  /**
   * A ClientHello in the format of SSL 2.0 (RFC 5246, appendix E.2), which is closed unanswered.
   *
   * @param version the version it asks for
   * @param cipherSpecs how many cipher specs it lists
   */
  record Sslv2HelloReceived(Duration at, int version, int cipherSpecs) implements SessionEvent {}

  /**
   * The ClientHello was refused by policy, before the server answered it; with {@link
   * TlsRefusal#REPLY} it was answered, and what follows the handshake will be refused.
   *
   * @param how what the server did instead of answering
   * @param mismatch what client and policy do not have in common
   * @param reason the same in a few words: {@code below TLS 1.2}
   */
  record TlsRefused(Duration at, TlsRefusal how, TlsMismatch mismatch, String reason)
      implements SessionEvent {}

  /**
   * Secrets of the TLS connection have come into being, and the profile asks to keep them. They are
   * recorded before the server sends anything that they encrypt. No transcript and no JSON shows
   * them.
   *
   * @param lines never empty; each secret of a session once
   */
  record SecretsLogged(Duration at, List<KeyLogLine> lines) implements SessionEvent {
    public SecretsLogged {
      lines = List.copyOf(lines);
    }
  }

  /**
   * The client's Finished was verified.
   *
   * @param group the group of the key exchange; null where the suite has none, or the session was
   *     resumed
   * @param resumed whether an earlier session was resumed, without certificates and key exchange
   * @param clientCertificate subject of the client's certificate, which a resumed session keeps;
   *     null when it sent none
   */
  record TlsEstablished(
      Duration at,
      TlsVersion version,
      CipherSuite cipherSuite,
      @Nullable NamedGroup group,
      boolean resumed,
      @Nullable String clientCertificate)
      implements SessionEvent {}

  /**
   * The client showed a certificate in a handshake that was completed, or in the one whose session
   * was resumed.
   *
   * @param client who it is by that, and whether to believe it
   */
  record ClientCertificateShown(Duration at, ClientIdentity client) implements SessionEvent {}

  /**
   * The server has sent NewSessionTicket messages (RFC 8446, section 4.6.1), which some clients
   * cannot cope with: see what they do next.
   *
   * @param count how many
   */
  record SessionTicketsSent(Duration at, int count) implements SessionEvent {}

  /** The handshake, or the established TLS connection, broke. */
  record TlsFailed(Duration at, String reason) implements SessionEvent {}

  /**
   * A TLS alert.
   *
   * @param direction who sent it
   * @param fatal its level
   * @param code its description as a number (RFC 8446, section 6)
   */
  record Alert(Duration at, Direction direction, boolean fatal, int code) implements SessionEvent {

    /** The RFC name of the description, or the number if it has none. */
    public String description() {
      return AlertDescription.ofCode(code).map(AlertDescription::toString).orElse("alert " + code);
    }
  }

  /** AUTH succeeded. */
  record Authenticated(Duration at, String mechanism, String user) implements SessionEvent {}

  /**
   * AUTH was refused.
   *
   * @param user who it was tried for; null when the exchange did not get that far
   * @param reason why an access token was refused, which no reply tells; null for anything else
   */
  record AuthenticationFailed(
      Duration at, String mechanism, @Nullable String user, @Nullable String reason)
      implements SessionEvent {}

  /** A message was accepted after end-of-data: the only thing that is called delivered. */
  record MessageAccepted(Duration at, MailTransaction transaction) implements SessionEvent {}

  /** A mail transaction ended without a message: refused, or given up by the client. */
  record TransactionFailed(Duration at, MailTransaction transaction) implements SessionEvent {}

  /**
   * Bytes that nobody asked for. They are never executed.
   *
   * @param where at which point they came
   * @param kind what they look like
   * @param count how many
   * @param sample the beginning, printable and redacted
   */
  record StrayBytes(Duration at, Place where, Kind kind, long count, String sample)
      implements SessionEvent {

    /** Where stray bytes were met. */
    public enum Place {
      /** Pipelined behind STARTTLS, in the clear (RFC 3207, section 4). */
      BEHIND_STARTTLS("behind STARTTLS"),
      /** A TLS record where a command was due: the client speaks TLS without STARTTLS. */
      INSTEAD_OF_COMMAND("instead of a command"),
      /** After {@code 220} to STARTTLS, where a TLS record was due. */
      INSTEAD_OF_TLS("instead of TLS"),
      /** After the server had fallen silent for good ({@link TlsRefusal#STALL}). */
      WHILE_SILENT("while we said nothing"),
      /** After the server had sent FIN. */
      AFTER_FIN("after our FIN");

      private final String phrase;

      Place(String phrase) {
        this.phrase = phrase;
      }

      @Override
      public String toString() {
        return phrase;
      }
    }

    /** What stray bytes look like. */
    public enum Kind {
      TLS_ALERT("TLS alert"),
      /** Any other TLS record. */
      TLS_RECORD("TLS record"),
      /** A mail transaction or message data in cleartext. */
      MAIL("mail"),
      /** AUTH or what may be credentials in cleartext. */
      AUTH("AUTH"),
      /** Both. */
      MAIL_AND_AUTH("mail and AUTH"),
      OTHER("other");

      private final String phrase;

      Kind(String phrase) {
        this.phrase = phrase;
      }

      /** Whether mail was among the bytes. */
      public boolean isMail() {
        return this == MAIL || this == MAIL_AND_AUTH;
      }

      /** Whether AUTH, or what may be credentials, was among the bytes. */
      public boolean isAuth() {
        return this == AUTH || this == MAIL_AND_AUTH;
      }

      @Override
      public String toString() {
        return phrase;
      }
    }
  }

  /**
   * A fault of the script has fired. What follows from it are events of their own.
   *
   * @param fault which
   */
  record FaultInjected(Duration at, ScriptedFault fault) implements SessionEvent {}

  /**
   * Events were left out because one session had too many.
   *
   * @param count how many
   */
  record EventsDropped(Duration at, long count) implements SessionEvent {}

  /**
   * The connection ended; always the last event.
   *
   * @param by who ended it first; a client that says close_notify does, whoever sends FIN
   * @param how with what
   */
  record Closed(Duration at, Side by, End how) implements SessionEvent {

    /** A side of the connection. */
    public enum Side {
      CLIENT,
      SERVER
    }

    /** How a connection ends. */
    public enum End {
      FIN,
      RST,
      /**
       * The server had sent FIN, or had fallen silent, and the client did not end the connection
       * within the grace period, or within the timeout for that.
       */
      TIMEOUT
    }
  }

  /** Which way something went. */
  enum Direction {
    SENT,
    RECEIVED
  }
}

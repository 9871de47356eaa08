package io.mockexo.journal;

import io.mockexo.exchange.Endpoint;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.journal.SessionEvent.Alert;
import io.mockexo.journal.SessionEvent.Authenticated;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.EventsDropped;
import io.mockexo.journal.SessionEvent.FaultInjected;
import io.mockexo.journal.SessionEvent.MessageAccepted;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SessionEvent.SecretsLogged;
import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.journal.SessionEvent.TlsRefused;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.KeyLogLine;
import io.mockexo.tls.TlsVersion;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One TCP connection, from accept to end, refused handshakes and lost connections included. A
 * session is its events; every other fact is derived from them. Immutable: of a session that is
 * still open this is a snapshot.
 *
 * @since 0.1
 */
public final class SmtpSession {

  private final int number;
  private final Endpoint endpoint;
  private final InetSocketAddress peer;
  private final @Nullable InetSocketAddress local;
  private final Instant acceptedAt;
  private final Events events;
  private final DialogueFacts dialogue;
  private final TlsFacts tls;

  /**
   * Makes a session of its events, in the order in which they happened.
   *
   * @param number the number of the connection at its endpoint, from 1
   * @param endpoint what the client was connected to
   * @param peer the client's address and port
   * @param local the server's address and port; null if not known
   * @param acceptedAt when the connection was accepted
   */
  public SmtpSession(
      int number,
      Endpoint endpoint,
      InetSocketAddress peer,
      @Nullable InetSocketAddress local,
      Instant acceptedAt,
      List<SessionEvent> events) {
    this.number = number;
    this.endpoint = endpoint;
    this.peer = peer;
    this.local = local;
    this.acceptedAt = acceptedAt;
    this.events = new Events(events);
    this.dialogue = DialogueFacts.of(events);
    this.tls = new TlsFacts(this.events, dialogue);
  }

  /** The number, from 1 at each endpoint, given at accept. Only a reset begins again at 1. */
  public int number() {
    return number;
  }

  /** What the client was connected to. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** The client's address and port. */
  public InetSocketAddress peer() {
    return peer;
  }

  /**
   * The server's address and port: they tell hosts apart where sessions of several are {@linkplain
   * Sessions#merge merged}. Empty if not known.
   */
  public Optional<InetSocketAddress> local() {
    return Optional.ofNullable(local);
  }

  /** When the connection was accepted. Differences are those of the server's monotonic clock. */
  public Instant acceptedAt() {
    return acceptedAt;
  }

  /** Everything that happened, in order. */
  public List<SessionEvent> events() {
    return events.list();
  }

  /** The events of one type, in order: {@code events(ReplySent.class)}. */
  public <E extends SessionEvent> List<E> events(Class<E> type) {
    return events.stream(type).toList();
  }

  /**
   * Whether both directions have ended, the connection was reset, or the grace period after our FIN
   * has run out.
   */
  public boolean isComplete() {
    return closed().isPresent();
  }

  /** How the connection ended; empty while it is open. */
  public Optional<Closed> closed() {
    return events.last(Closed.class);
  }

  /** Whether the connection ended with RST, from either side. */
  public boolean wasReset() {
    return closed().filter(end -> end.how() == Closed.End.RST).isPresent();
  }

  /** When the connection ended; empty while it is open. */
  public Optional<Instant> endedAt() {
    return duration().map(acceptedAt::plus);
  }

  /** The time from accept to end; empty while the connection is open. */
  public Optional<Duration> duration() {
    return closed().map(Closed::at);
  }

  /**
   * Whether the client never sent a byte, as a port scan or a health probe does. A silent session
   * counts for no assertion.
   */
  public boolean isSilent() {
    return events.list().stream().noneMatch(Events::isFromClient);
  }

  /** Whether EHLO or HELO came: the connection is then an attempt at something. */
  public boolean reachedEhlo() {
    return dialogue.reachedEhlo();
  }

  /** The argument of the first EHLO or HELO that had one. */
  public Optional<String> heloName() {
    return Optional.ofNullable(dialogue.heloName());
  }

  /** Whether an EHLO reply in cleartext offered STARTTLS. */
  public boolean startTlsOffered() {
    return dialogue.startTlsOffered();
  }

  /** Whether the client sent STARTTLS in cleartext, offered or not, whatever the reply. */
  public boolean startTlsSent() {
    return dialogue.startTlsSent();
  }

  /** The reply to the last STARTTLS in cleartext. */
  public Optional<ReplySent> startTlsReply() {
    return Optional.ofNullable(dialogue.startTlsReply());
  }

  /** Whether the last STARTTLS in cleartext was answered with 4xx or 5xx. */
  public boolean startTlsRefused() {
    return startTlsReply().filter(reply -> reply.code() >= 400).isPresent();
  }

  /** The ClientHellos; two where the client was asked again with a HelloRetryRequest. */
  public List<ClientHello> clientHellos() {
    return tls.clientHellos();
  }

  /** The first ClientHello, which is the one that is judged. */
  public Optional<ClientHello> clientHello() {
    return tls.clientHello();
  }

  /** The highest version that the client's first hello offers, one in SSL 2.0 format included. */
  public Optional<TlsVersion> highestTlsOffered() {
    return tls.highestOffered();
  }

  /** Whether a ClientHello of any kind came, or STARTTLS was answered with 220. */
  public boolean triedTls() {
    return tls.tried();
  }

  /** What was negotiated, once the client's Finished was verified. */
  public Optional<TlsEstablished> tls() {
    return events.first(TlsEstablished.class);
  }

  /**
   * The secrets of the TLS connection, for a file that Wireshark reads: the {@link KeyLogLine#text}
   * of each is a line of it. Empty unless the profile says {@code keyLog(true)}.
   */
  public List<KeyLogLine> keyLog() {
    return events.stream(SecretsLogged.class).flatMap(event -> event.lines().stream()).toList();
  }

  /**
   * Whether TLS was tried and never established. False of a session that is still in its handshake,
   * and where STARTTLS itself was refused ({@link #startTlsRefused()}).
   */
  public boolean failedTls() {
    return tls.failed();
  }

  /** How the policy refused the ClientHello. */
  public Optional<TlsRefused> tlsRefused() {
    return events.first(TlsRefused.class);
  }

  /**
   * Whether TLS was established and the client ended the connection without a command inside it but
   * QUIT: how some clients show that they dislike a certificate.
   */
  public boolean abandonedTls() {
    return tls.abandoned();
  }

  /** The alerts that the client sent. */
  public List<Alert> alertsReceived() {
    return alerts(SessionEvent.Direction.RECEIVED);
  }

  /** The alerts that the server sent. */
  public List<Alert> alertsSent() {
    return alerts(SessionEvent.Direction.SENT);
  }

  /** The user of the last successful AUTH. */
  public Optional<String> authenticatedAs() {
    return events.last(Authenticated.class).map(Authenticated::user);
  }

  /** The mail transactions that have ended, in order, delivered or not. */
  public List<MailTransaction> transactions() {
    return events.list().stream().flatMap(event -> Events.transaction(event).stream()).toList();
  }

  /** The transactions whose message was accepted after end-of-data. */
  public List<MailTransaction> deliveredMessages() {
    return events.stream(MessageAccepted.class).map(MessageAccepted::transaction).toList();
  }

  /**
   * Whether MAIL was sent outside TLS, whatever the reply, or mail was among bytes that nobody
   * asked for.
   */
  public boolean sentMailInCleartext() {
    return dialogue.sentMailInCleartext();
  }

  /**
   * Why mail was sent in cleartext, as far as this connection tells: {@link
   * CleartextReason#FELL_BACK} after a STARTTLS on the same connection. What was tried on earlier
   * connections is known to {@link MessageAttempts#cleartextReason}. Empty if no mail was sent in
   * cleartext, or only behind a STARTTLS that had no reply yet.
   */
  public Optional<CleartextReason> cleartextReason() {
    return Optional.ofNullable(dialogue.cleartextReason());
  }

  /**
   * Whether credentials, or what may be some, were sent outside TLS, whatever the reply: AUTH or
   * the login of another protocol with more than the name of a known mechanism, a continuation
   * line, any line that is no command after AUTH, or AUTH among bytes that nobody asked for.
   */
  public boolean sentCredentialsInCleartext() {
    return dialogue.sentCredentialsInCleartext();
  }

  /** The faults of the script that have fired on this connection, in order. */
  public List<ScriptedFault> faults() {
    return events.stream(FaultInjected.class).map(FaultInjected::fault).toList();
  }

  /** How many events were left out because there were too many; then "never" cannot be judged. */
  public long eventsDropped() {
    return events.stream(EventsDropped.class).mapToLong(EventsDropped::count).sum();
  }

  /**
   * The session as text: a line for each event, what was inside TLS marked. Ends with a newline.
   */
  public String transcript() {
    return Transcript.of(this);
  }

  /** The session in one short sentence: {@code delivered 1 message over TLS 1.3}. */
  public String summary() {
    return SessionSummary.of(this);
  }

  @Override
  public String toString() {
    return "session %d (%s): %s".formatted(number, endpoint, summary());
  }

  private List<Alert> alerts(SessionEvent.Direction direction) {
    return events.stream(Alert.class).filter(alert -> alert.direction() == direction).toList();
  }
}

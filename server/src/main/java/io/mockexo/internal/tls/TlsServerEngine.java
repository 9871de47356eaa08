package io.mockexo.internal.tls;

import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.ClientTrust;
import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TlsJudgement;
import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsVersion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The server side of one TLS connection, without any I/O: ciphertext in, ciphertext out. The
 * ClientHello is read and judged here; if it is accepted, Bouncy Castle runs the handshake on the
 * same bytes with the parameters that the policy decided.
 *
 * <p>The output is to be drained after every call, also when the engine has closed. Not
 * thread-safe; the listener is called on the calling thread and may call {@link #fatalAlert} and
 * {@link #close} in turn.
 */
public final class TlsServerEngine {

  private enum Phase {
    /** Reading the ClientHello. */
    HELLO,
    /** The ClientHello is complete and waits for its answer. */
    HELLO_COMPLETE,
    /** Refused, or no TLS at all: takes no more input, but may still send an alert. */
    TURNED_AWAY,
    /** There is an {@link AcceptedConnection}, and it knows how far it is. */
    ACCEPTED,
    CLOSED
  }

  private final TlsPolicy policy;
  private final ServerCertificate certificate;
  private final ClientTrust trust;
  private final ResumableSessions sessions;
  private final TlsEngineListener listener;
  private final JdkProviders jdk;

  private Phase phase = Phase.HELLO;
  private @Nullable ClientHelloReader helloReader = new ClientHelloReader();
  private @Nullable ClientHello hello;
  private @Nullable AcceptedConnection connection;
  private ByteBuffer plaintextAlert = ByteBuffer.allocate(0);
  private boolean failureReported;

  /**
   * An engine for one connection.
   *
   * @param policy by which the ClientHello is judged
   * @param certificate shown to the client
   * @param trust judges what the client shows
   * @param sessions which the policy may allow to resume
   * @param listener is told what happens
   * @throws IllegalArgumentException if the certificate is not of the kind that the policy names
   */
  public TlsServerEngine(
      TlsPolicy policy,
      ServerCertificate certificate,
      ClientTrust trust,
      ResumableSessions sessions,
      TlsEngineListener listener) {
    this(policy, certificate, trust, sessions, listener, JdkProviders.ofThisJvm());
  }

  TlsServerEngine(
      TlsPolicy policy,
      ServerCertificate certificate,
      ClientTrust trust,
      ResumableSessions sessions,
      TlsEngineListener listener,
      JdkProviders jdk) {
    if (certificate.kind() != policy.certificate()) {
      throw new IllegalArgumentException(
          "the policy wants a certificate of kind %s, this is %s"
              .formatted(policy.certificate(), certificate));
    }
    this.policy = policy;
    this.certificate = certificate;
    this.trust = trust;
    this.sessions = sessions;
    this.listener = listener;
    this.jdk = jdk;
  }

  /**
   * Takes bytes from the client, cut anywhere. Nothing that a client sends makes this throw; what
   * comes when the engine {@linkplain #takesInput() takes no input} is left alone.
   *
   * @return how many bytes were taken; what stands behind them came after the end of TLS, or is to
   *     be given again when the ClientHello {@linkplain #answerHello has been answered}
   */
  public int receive(byte[] bytes, int offset, int length) {
    if (phase == Phase.HELLO && helloReader != null) {
      int taken = length - readHello(helloReader, bytes, offset, length);
      if (!awaitsAnswer() || listener.holdsAnswer()) {
        return taken;
      }
      answerHello();
      return taken + receive(bytes, offset + taken, length - taken);
    }
    return connection != null && takesInput() ? connection.receive(bytes, offset, length) : 0;
  }

  /** Whether a ClientHello is complete and waits for {@link #answerHello}. */
  public boolean awaitsAnswer() {
    return phase == Phase.HELLO_COMPLETE;
  }

  /**
   * Judges the ClientHello, and begins the handshake if it is accepted. Does nothing unless the
   * engine {@linkplain #awaitsAnswer() waits for it}.
   */
  public void answerHello() {
    if (awaitsAnswer() && helloReader != null && hello != null) {
      judge(helloReader, hello);
    }
  }

  /**
   * Whether the server's flight is in the output, or was: ServerHello to ServerHelloDone, in TLS
   * 1.3 to Finished. A HelloRetryRequest is none.
   */
  public boolean hasMadeFlight() {
    return connection != null && connection.hasMadeFlight();
  }

  /**
   * Puts the tickets of the policy into the output, if the connection is {@linkplain #isEstablished
   * established} in TLS 1.3; returns how many. To be called once, before anything is written.
   */
  public int sendTickets() {
    return connection == null ? 0 : connection.sendTickets(policy.sessionTickets());
  }

  /** How many bytes are to be sent. */
  public int pendingOutput() {
    int pending = plaintextAlert.remaining();
    return connection == null ? pending : pending + connection.pendingOutput();
  }

  /** Takes bytes that are to be sent; returns how many. */
  public int readOutput(byte[] destination, int offset, int length) {
    // Both are never there together: this alert is written only where Bouncy Castle writes none.
    if (plaintextAlert.hasRemaining()) {
      int count = Math.min(length, plaintextAlert.remaining());
      plaintextAlert.get(destination, offset, count);
      return count;
    }
    return connection == null ? 0 : connection.readOutput(destination, offset, length);
  }

  /** How many bytes of application data were decrypted and not read yet. */
  public int pendingPlaintext() {
    return connection == null ? 0 : connection.pendingPlaintext();
  }

  /** Takes decrypted application data; returns how many bytes. */
  public int readPlaintext(byte[] destination, int offset, int length) {
    return connection == null ? 0 : connection.readPlaintext(destination, offset, length);
  }

  /**
   * Encrypts application data.
   *
   * @throws IllegalStateException if the engine is not {@linkplain #isEstablished() established}
   */
  public void write(byte[] plaintext, int offset, int length) {
    if (connection == null || !isEstablished()) {
      throw new IllegalStateException("application data needs an established connection");
    }
    connection.write(plaintext, offset, length);
  }

  /**
   * Closes: with close_notify if the connection is established, without a word otherwise. Does
   * nothing when closed.
   */
  public void close() {
    if (connection != null) {
      connection.close();
    }
    enter(Phase.CLOSED);
  }

  /**
   * Closes with a fatal alert, encrypted as soon as there are keys for writing. {@code failed} is
   * not called, since it is the caller's own doing. Does nothing when closed.
   */
  public void fatalAlert(AlertDescription description) {
    if (isClosed()) {
      return;
    }
    if (connection != null) {
      connection.fatalAlert(description);
    } else {
      sendPlaintextAlert(description);
    }
    enter(Phase.CLOSED);
  }

  /**
   * The client has closed its side. That breaks a handshake; an established connection can still be
   * written to, and {@link #peerSentCloseNotify()} tells whether the client had announced it.
   */
  public void inputClosed() {
    if (phase == Phase.HELLO) {
      fail("the client closed the connection before a ClientHello was complete");
    } else if (awaitsAnswer() || (phase == Phase.ACCEPTED && !isClosed() && !isEstablished())) {
      fail("the client closed the connection during the handshake");
    }
  }

  /** Whether the handshake is complete and neither side has closed. */
  public boolean isEstablished() {
    return connection != null && connection.isEstablished();
  }

  /** Whether nothing more can be sent, apart from pending output. */
  public boolean isClosed() {
    return phase == Phase.CLOSED || (connection != null && connection.isClosed());
  }

  /** Whether {@link #receive} still does anything. */
  public boolean takesInput() {
    return phase == Phase.HELLO || (phase == Phase.ACCEPTED && !isClosed());
  }

  /** Whether the client has announced the end of its data (RFC 8446, section 6.1). */
  public boolean peerSentCloseNotify() {
    return connection != null && connection.closeNotifyReceived();
  }

  /** Returns how many bytes behind the hello are left. */
  private int readHello(ClientHelloReader reader, byte[] bytes, int offset, int length) {
    HelloOutcome outcome = reader.read(bytes, offset, length);
    if (outcome instanceof HelloOutcome.Complete complete) {
      phase = Phase.HELLO_COMPLETE;
      hello = complete.hello();
      listener.clientHello(complete.hello());
      return reader.unread().length;
    } else if (outcome instanceof HelloOutcome.Sslv2 sslv2) {
      enter(Phase.TURNED_AWAY);
      listener.sslv2Hello(sslv2.version(), sslv2.cipherSpecs());
    } else if (outcome instanceof HelloOutcome.NotTls) {
      enter(Phase.TURNED_AWAY);
      listener.notTls(reader.unread());
    } else if (outcome instanceof HelloOutcome.Alert alert) {
      listener.alertReceived(alert.fatal(), alert.code());
      fail("the client sent " + AlertDescription.nameOf(alert.code()) + " for a ClientHello");
      return reader.unread().length;
    } else if (outcome instanceof HelloOutcome.Violation violation) {
      sendPlaintextAlert(violation.alert());
      fail(violation.alert() + ": " + violation.reason());
    }
    return 0;
  }

  private void judge(ClientHelloReader reader, ClientHello received) {
    TlsJudgement judgement = policy.judge(received);
    if (judgement instanceof TlsJudgement.Refuse refusal) {
      enter(Phase.TURNED_AWAY);
      listener.refused(refusal);
    } else if (judgement instanceof TlsJudgement.Accept decision) {
      enter(Phase.ACCEPTED);
      MixedTlsCrypto crypto = new MixedTlsCrypto(jdk);
      ServerCredentials credentials =
          new ServerCredentials(crypto, certificate, received, decision.version());
      SessionTerms terms = new SessionTerms(policy, decision, received.serverName());
      SessionResumption resumption = SessionResumption.ifAllowed(sessions, terms);
      ExchangeTlsServer server =
          new ExchangeTlsServer(crypto, policy, decision, credentials, trust, resumption, listener);
      connection = new AcceptedConnection(server, listener, new ConnectionOwner());
      connection.start(reader.received(), reader.helloSize());
    }
  }

  private void fail(String reason) {
    enter(Phase.CLOSED);
    if (!failureReported) {
      failureReported = true;
      listener.failed(reason);
    }
  }

  /** Nothing leads back to the ClientHello, so what was read of it need not be kept. */
  private void enter(Phase next) {
    phase = next;
    helloReader = null;
  }

  private void sendPlaintextAlert(AlertDescription description) {
    writePlaintextAlert(description.code());
    listener.alertSent(true, description.code());
  }

  private void writePlaintextAlert(int description) {
    int version = hello == null ? TlsVersion.TLS_1_0.code() : hello.legacyVersion();
    plaintextAlert = ByteBuffer.wrap(TlsRecord.fatalAlert(version, description));
  }

  private final class ConnectionOwner implements AcceptedConnection.Owner {

    @Override
    public void failed(String reason) {
      fail(reason);
    }

    @Override
    public void notTls(byte[] bytes) {
      enter(Phase.TURNED_AWAY);
      listener.notTls(bytes);
    }

    @Override
    public void alertNotWritten(int description) {
      writePlaintextAlert(description);
    }
  }
}

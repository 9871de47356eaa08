package io.mockexo.internal.tls;

import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.KeyLogLine;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose ClientHello was accepted, from the handshake to its end: Bouncy Castle, fed
 * record by record.
 */
final class AcceptedConnection {

  /** What is told besides that which {@link ExchangeTlsServer} tells. */
  interface Owner {

    /** The connection broke. */
    void failed(String reason);

    /** Where a record was due, this came in. */
    void notTls(byte[] bytes);

    /** A fatal alert was raised that Bouncy Castle, without a version, does not write. */
    void alertNotWritten(int description);
  }

  private final RecordFramer framer = new RecordFramer();
  private final ExchangeTlsServer server;
  private final Owner owner;
  private final ObservedTlsServerProtocol protocol;
  private boolean ended;

  AcceptedConnection(ExchangeTlsServer server, TlsEngineListener listener, Owner owner) {
    this.server = server;
    this.owner = owner;
    HandshakeSecrets secrets = listener.wantsSecrets() ? new HandshakeSecrets() : null;
    this.protocol =
        new ObservedTlsServerProtocol(new ProtocolObserver(listener, owner, framer, secrets));
  }

  /** Runs the handshake on the records that held the ClientHello. */
  void start(byte[] received, int length) {
    try {
      protocol.accept(server);
    } catch (IOException e) {
      owner.failed(reason(e));
      return;
    }
    receive(received, 0, length);
  }

  boolean hasMadeFlight() {
    return protocol.hasMadeFlight();
  }

  /** Returns how many bytes there were before the end of the connection, mostly all of them. */
  int receive(byte[] bytes, int offset, int length) {
    int position = offset;
    int end = offset + length;
    while (position < end && !isClosed()) {
      position += framer.take(bytes, position, end - position);
      if (!framer.isTls()) {
        owner.notTls(cleartext(bytes, position, end));
        return length;
      }
      if (framer.isComplete()) {
        receiveRecord();
        framer.next();
      }
    }
    return position - offset;
  }

  int pendingOutput() {
    return protocol.getAvailableOutputBytes();
  }

  int readOutput(byte[] destination, int offset, int length) {
    return protocol.readOutput(destination, offset, length);
  }

  int pendingPlaintext() {
    return protocol.getAvailableInputBytes();
  }

  int readPlaintext(byte[] destination, int offset, int length) {
    return protocol.readInput(destination, offset, length);
  }

  void write(byte[] plaintext, int offset, int length) {
    try {
      protocol.writeApplicationData(plaintext, offset, length);
    } catch (IOException e) {
      owner.failed(reason(e));
    }
  }

  /** Sends so many, if it is a connection for them; returns how many were sent. */
  int sendTickets(int count) {
    if (!isEstablished() || !protocol.isTls13()) {
      return 0;
    }
    try {
      protocol.sendTickets(count);
    } catch (IOException e) {
      owner.failed(reason(e));
    }
    return count;
  }

  /** Ends with close_notify; in the handshake, where Bouncy Castle would say more, silently. */
  void close() {
    boolean established = isEstablished();
    ended = true;
    if (established) {
      try {
        protocol.close();
      } catch (IOException e) {
        owner.failed(reason(e));
      }
    }
  }

  void fatalAlert(AlertDescription description) {
    ended = true;
    try {
      protocol.sendFatalAlert(description.code());
    } catch (IOException e) {
      owner.failed(reason(e));
    }
  }

  boolean isEstablished() {
    return !ended && protocol.isConnected();
  }

  boolean isClosed() {
    return ended || protocol.isClosed();
  }

  boolean closeNotifyReceived() {
    return server.closeNotifyReceived();
  }

  /** What the framer had already taken, and the rest. */
  private byte[] cleartext(byte[] bytes, int position, int end) {
    byte[] all = Arrays.copyOf(framer.record(), framer.filled() + end - position);
    System.arraycopy(bytes, position, all, framer.filled(), end - position);
    return all;
  }

  /** Bouncy Castle has put its alert into the output before it throws. */
  private void receiveRecord() {
    try {
      protocol.offerInput(framer.record(), 0, framer.filled());
    } catch (TlsFatalAlertReceived e) {
      int code = e.getAlertDescription() & 0xFF;
      owner.failed("the client sent " + AlertDescription.nameOf(code));
    } catch (IOException | RuntimeException e) {
      // If the listener has ended the connection during this call, that was no failure.
      if (!ended) {
        owner.failed(reason(e));
      }
    }
  }

  private static String reason(Exception e) {
    String reason = e.getMessage() != null ? e.getMessage() : e.toString();
    return e.getCause() == null ? reason : reason + ", caused by " + e.getCause();
  }

  private record ProtocolObserver(
      TlsEngineListener listener,
      Owner owner,
      RecordFramer framer,
      @Nullable HandshakeSecrets secrets)
      implements ObservedTlsServerProtocol.Observer {

    @Override
    public void secondHello(byte[] body) throws IOException {
      try {
        WireReader reader = new WireReader(body, 0, body.length);
        listener.clientHello(ClientHelloParser.parse(reader, framer.version()));
      } catch (WireReader.MalformedException e) {
        throw new TlsFatalAlert((short) AlertDescription.DECODE_ERROR.code(), e);
      }
    }

    @Override
    public void messageProcessed(TlsContext context) {
      List<KeyLogLine> fresh = secrets == null ? List.of() : secrets.fresh(context);
      if (!fresh.isEmpty()) {
        listener.secrets(fresh);
      }
    }

    @Override
    public void alertNotWritten(int description) {
      owner.alertNotWritten(description);
    }
  }
}

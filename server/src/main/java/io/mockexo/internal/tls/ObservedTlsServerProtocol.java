package io.mockexo.internal.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ClientHello;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.HandshakeMessageInput;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsServerProtocol;
import org.bouncycastle.tls.TlsUtils;

/** Bouncy Castle's server, with a view of what it keeps to itself. */
final class ObservedTlsServerProtocol extends TlsServerProtocol {

  /** What is told while a record is processed. */
  interface Observer {

    /** The client answered a HelloRetryRequest with this ClientHello. */
    void secondHello(byte[] body) throws IOException;

    /** A handshake message was processed; its answer, if any, is not on the wire yet. */
    void messageProcessed(TlsContext context);

    /** A fatal alert was raised before there was a version to write it in. */
    void alertNotWritten(int description);
  }

  /** Warnings in a row, as OpenSSL allows them (MAX_WARN_ALERT_COUNT in record_local.h). */
  private static final int MAX_WARNINGS = 5;

  private final Observer observer;
  private boolean retried;
  private int warnings;

  ObservedTlsServerProtocol(Observer observer) {
    this.observer = observer;
  }

  /** Ends the connection with an alert, under the keys that are in use for writing. */
  void sendFatalAlert(int description) throws IOException {
    handleException((short) description, "chosen", null);
  }

  /** Tickets for the client to come back with, for which there is no hook in TLS 1.3. */
  void sendTickets(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      sendNewSessionTicketMessage(new SessionTicket(i, getContext().getNonceGenerator()));
    }
  }

  /** Like OpenSSL, counts anew after any record that has content and is no alert. */
  @Override
  protected void processRecord(short type, byte[] content, int offset, int length)
      throws IOException {
    if (type != ContentType.alert && length > 0) {
      warnings = 0;
    }
    super.processRecord(type, content, offset, length);
  }

  /** Bouncy Castle takes any number of them; no RFC sets a limit. */
  @Override
  protected void handleAlertWarningMessage(short description) throws IOException {
    warnings++;
    if (warnings >= MAX_WARNINGS && description != AlertDescription.close_notify) {
      throw new TlsFatalAlert(
          AlertDescription.unexpected_message, warnings + " warning alerts in a row");
    }
    super.handleAlertWarningMessage(description);
  }

  /** Whether all that the server says before the client's Finished is in the output. */
  boolean hasMadeFlight() {
    return connection_state == CS_SERVER_HELLO_DONE
        || (connection_state == CS_SERVER_FINISHED && (isTls13() || isResumed()));
  }

  /** Then the server's Finished comes before the client's, as in TLS 1.3. */
  private boolean isResumed() {
    return getContext().getSecurityParametersHandshake().isResumedSession();
  }

  boolean isTls13() {
    return TlsUtils.isTLSv13(getContext());
  }

  @Override
  protected ClientHello receiveClientHelloMessage(ByteArrayInputStream message) throws IOException {
    byte[] body = message.readAllBytes();
    if (retried) {
      observer.secondHello(body);
      if (isClosed()) {
        throw new IOException("closed by the observer");
      }
    }
    retried = true;
    return super.receiveClientHelloMessage(new ByteArrayInputStream(body));
  }

  /** Also where it fails: there may be keys by then, and the alert is encrypted with them. */
  @Override
  protected void handleHandshakeMessage(short type, HandshakeMessageInput message)
      throws IOException {
    try {
      super.handleHandshakeMessage(type, message);
    } finally {
      observer.messageProcessed(getContext());
    }
  }

  /** Until it has accepted a ClientHello, Bouncy Castle raises alerts but writes nothing. */
  @Override
  protected void raiseAlertFatal(short description, String message, Throwable cause)
      throws IOException {
    int before = getAvailableOutputBytes();
    super.raiseAlertFatal(description, message, cause);
    if (getAvailableOutputBytes() == before) {
      observer.alertNotWritten(description & 0xFF);
    }
  }
}

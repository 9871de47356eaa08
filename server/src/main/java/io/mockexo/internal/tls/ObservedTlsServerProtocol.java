package io.mockexo.internal.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.bouncycastle.tls.ClientHello;
import org.bouncycastle.tls.TlsServerProtocol;

/** Bouncy Castle's server, with a view of what it keeps to itself. */
final class ObservedTlsServerProtocol extends TlsServerProtocol {

  /** What is told while a record is processed. */
  interface Observer {

    /** The client answered a HelloRetryRequest with this ClientHello. */
    void secondHello(byte[] body) throws IOException;

    /** A fatal alert was raised before there was a version to write it in. */
    void alertNotWritten(int description);
  }

  private final Observer observer;
  private boolean retried;

  ObservedTlsServerProtocol(Observer observer) {
    this.observer = observer;
  }

  /** Ends the connection with an alert, under the keys that are in use for writing. */
  void sendFatalAlert(int description) throws IOException {
    handleException((short) description, "chosen", null);
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

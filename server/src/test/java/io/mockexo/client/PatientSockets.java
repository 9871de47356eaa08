package io.mockexo.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.function.BooleanSupplier;
import javax.net.SocketFactory;

/**
 * Sockets whose read timeout counts only from the moment that a test is waiting for: a client that
 * has a short one does not give up before the fault that it is to meet, however slow the machine.
 */
final class PatientSockets extends SocketFactory {

  private final BooleanSupplier enough;

  PatientSockets(BooleanSupplier enough) {
    this.enough = enough;
  }

  @Override
  public Socket createSocket() {
    return new Socket() {
      @Override
      public InputStream getInputStream() throws IOException {
        return new PatientInput(super.getInputStream(), enough);
      }
    };
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  private static final class PatientInput extends FilterInputStream {

    private final BooleanSupplier enough;

    PatientInput(InputStream in, BooleanSupplier enough) {
      super(in);
      this.enough = enough;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      while (true) {
        try {
          return super.read(bytes, offset, length);
        } catch (SocketTimeoutException e) {
          if (enough.getAsBoolean()) {
            throw e;
          }
        }
      }
    }
  }
}

package io.mockexo.internal.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** The JDK's client, which checks chain and host name as any Java program does. */
final class JdkClient implements MemoryClient {

  private final SSLEngine engine;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private ByteBuffer fromServer = ByteBuffer.allocate(0);
  private ByteBuffer toSend = ByteBuffer.allocate(0);

  JdkClient(SSLContext context, String host, String protocols, String... suites) {
    engine = context.createSSLEngine(host, 25);
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(protocols.split(","));
    if (suites.length > 0) {
      engine.setEnabledCipherSuites(suites);
    }
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    engine.setSSLParameters(parameters);
  }

  void send(String text) {
    toSend = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  void close() {
    engine.closeOutbound();
  }

  void renegotiate() throws SSLException {
    engine.beginHandshake();
  }

  @Override
  public String received() {
    return received.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public byte[] output() throws SSLException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteBuffer packet = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    while (true) {
      runTasks();
      unwrapWhatIsThere();
      SSLEngineResult result = engine.wrap(toSend, packet.clear());
      output.write(packet.array(), 0, packet.position());
      if (result.bytesProduced() == 0) {
        return output.toByteArray();
      }
    }
  }

  @Override
  public void input(byte[] bytes) throws SSLException {
    ByteBuffer all = ByteBuffer.allocate(fromServer.remaining() + bytes.length);
    fromServer = all.put(fromServer).put(bytes).flip();
    unwrapWhatIsThere();
  }

  private void unwrapWhatIsThere() throws SSLException {
    ByteBuffer plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    while (fromServer.hasRemaining() && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
      SSLEngineResult result = engine.unwrap(fromServer, plain.clear());
      received.write(plain.array(), 0, plain.position());
      runTasks();
      if (result.getStatus() != Status.OK) {
        return;
      }
    }
  }

  private void runTasks() {
    for (Runnable task; (task = engine.getDelegatedTask()) != null; ) {
      task.run();
    }
  }
}

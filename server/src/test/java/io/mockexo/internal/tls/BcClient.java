package io.mockexo.internal.tls;

import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.TlsVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.ServerOnlyTlsAuthentication;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsClientProtocol;
import org.bouncycastle.tls.TlsException;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

/** Bouncy Castle's own client, for versions that a JDK refuses and for clients that misbehave. */
public final class BcClient implements MemoryClient {

  private final RecordWriter protocol = new RecordWriter();

  private final Client client;

  private BcClient(Client client) throws IOException {
    this.client = client;
    protocol.connect(client);
  }

  public static BcClient offering(TlsVersion version, String... suites) throws IOException {
    return new BcClient(new Client(version, List.of(suites), (short) -1, new SecureRandom()));
  }

  /** A client that rejects whatever certificate it is shown with this alert. */
  static BcClient rejecting(short alert, TlsVersion version, String... suites) throws IOException {
    return new BcClient(new Client(version, List.of(suites), alert, new SecureRandom()));
  }

  /** A client that sends the same bytes to the same server again, as fuzzing needs it. */
  static BcClient repeatable(TlsVersion version, String... suites) throws IOException {
    return new BcClient(new Client(version, List.of(suites), (short) -1, new NotRandom()));
  }

  /** A client that comes back with this session. */
  static BcClient resuming(TlsSession session, TlsVersion version, String... suites)
      throws IOException {
    Client client = new Client(version, List.of(suites), (short) -1, new NotRandom());
    client.toResume = session;
    return new BcClient(client);
  }

  /** The same, which does not offer the extended master secret (RFC 7627). */
  static BcClient withoutExtendedMasterSecret(
      @Nullable TlsSession session, TlsVersion version, String... suites) throws IOException {
    Client client = new Client(version, List.of(suites), (short) -1, new SecureRandom());
    client.toResume = session;
    client.extendedMasterSecret = false;
    return new BcClient(client);
  }

  /** What it may come back with. */
  @Nullable TlsSession session() {
    return client.session();
  }

  public void send(byte[] bytes) throws IOException {
    protocol.writeApplicationData(bytes, 0, bytes.length);
  }

  /** Sends a record of any type and content, under the keys that are in use. */
  public void sendRecord(int type, byte[] content) throws IOException {
    protocol.write((short) type, content);
  }

  void close() throws IOException {
    protocol.close();
  }

  public boolean isConnected() {
    return protocol.isConnected();
  }

  @Override
  public byte[] output() {
    byte[] bytes = new byte[protocol.getAvailableOutputBytes()];
    protocol.readOutput(bytes, 0, bytes.length);
    return bytes;
  }

  @Override
  public void input(byte[] bytes) throws IOException {
    if (protocol.isClosed()) {
      return;
    }
    try {
      protocol.offerInput(bytes);
    } catch (TlsException e) {
      // its alert, if it is not the other side that sent one, is in the output
    }
  }

  @Override
  public String received() {
    byte[] bytes = new byte[protocol.getAvailableInputBytes()];
    protocol.readInput(bytes, 0, bytes.length);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private static final class NotRandom extends SecureRandom {
    private final transient Random sequence = new Random(1);

    @Override
    public void nextBytes(byte[] bytes) {
      sequence.nextBytes(bytes);
    }
  }

  private static final class RecordWriter extends TlsClientProtocol {
    void write(short type, byte[] content) throws IOException {
      safeWriteRecord(type, content, 0, content.length);
    }

    /** Takes it for granted that renegotiation is refused. */
    @Override
    protected void handleAlertWarningMessage(short description) throws IOException {
      if (description != AlertDescription.no_renegotiation) {
        super.handleAlertWarningMessage(description);
      }
    }
  }

  private static final class Client extends DefaultTlsClient {
    private final TlsVersion version;
    private final List<String> suites;
    private final short rejection;
    private boolean extendedMasterSecret = true;
    private @Nullable TlsSession toResume;

    Client(TlsVersion version, List<String> suites, short rejection, SecureRandom random) {
      super(new BcTlsCrypto(random));
      this.version = version;
      this.suites = suites;
      this.rejection = rejection;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
      return new ProtocolVersion[] {
        ProtocolVersion.get(version.code() >>> 8, version.code() & 0xFF)
      };
    }

    @Nullable TlsSession session() {
      return context.getSession();
    }

    @Override
    public @Nullable TlsSession getSessionToResume() {
      return toResume;
    }

    @Override
    public boolean shouldUseExtendedMasterSecret() {
      return extendedMasterSecret;
    }

    /** Else it would rather not offer a session than one that the server must refuse. */
    @Override
    public boolean allowLegacyResumption() {
      return true;
    }

    @Override
    protected int[] getSupportedCipherSuites() {
      return suites.stream().mapToInt(name -> CipherSuite.named(name).code()).toArray();
    }

    @Override
    public TlsAuthentication getAuthentication() {
      return new ServerOnlyTlsAuthentication() {
        @Override
        public void notifyServerCertificate(TlsServerCertificate certificate) throws IOException {
          if (rejection >= 0) {
            throw new TlsFatalAlert(rejection);
          }
        }
      };
    }
  }
}

package io.mockexo.internal.tls;

import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.ClientCertificateMode;
import io.mockexo.tls.ClientIdentity;
import io.mockexo.tls.ClientTrust;
import io.mockexo.tls.TlsJudgement;
import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsVersion;
import java.io.IOException;
import java.util.Hashtable;
import java.util.Map;
import java.util.Vector;
import java.util.stream.Stream;
import org.bouncycastle.tls.AbstractTlsServer;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatus;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.KeyExchangeAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsECCUtils;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSession;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.crypto.TlsECConfig;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of one handshake. Version, suite and group were decided by the policy before Bouncy
 * Castle saw a byte; here it is told what they are, and otherwise made to behave as Exchange Online
 * does, which runs on Schannel.
 */
final class ExchangeTlsServer extends AbstractTlsServer {

  /** What a client may sign with; all that it may meet in certificates of the last decade. */
  private static final int[] CLIENT_SIGNATURES = {
    SignatureScheme.rsa_pss_rsae_sha256,
    SignatureScheme.rsa_pss_rsae_sha384,
    SignatureScheme.rsa_pss_rsae_sha512,
    SignatureScheme.rsa_pkcs1_sha256,
    SignatureScheme.rsa_pkcs1_sha384,
    SignatureScheme.rsa_pkcs1_sha512,
    SignatureScheme.rsa_pkcs1_sha1,
    SignatureScheme.ecdsa_secp256r1_sha256,
    SignatureScheme.ecdsa_secp384r1_sha384,
    SignatureScheme.ecdsa_secp521r1_sha512,
    SignatureScheme.ecdsa_sha1,
  };

  private static final int SESSION_ID_LENGTH = 32;

  private final TlsPolicy policy;
  private final TlsJudgement.Accept decision;
  private final ServerCredentials credentials;
  private final ClientTrust trust;
  private final @Nullable SessionResumption resumption;
  private final TlsEngineListener listener;
  private @Nullable ClientIdentity client;
  private boolean closeNotifyReceived;

  ExchangeTlsServer(
      MixedTlsCrypto crypto,
      TlsPolicy policy,
      TlsJudgement.Accept decision,
      ServerCredentials credentials,
      ClientTrust trust,
      @Nullable SessionResumption resumption,
      TlsEngineListener listener) {
    super(crypto);
    this.policy = policy;
    this.decision = decision;
    this.credentials = credentials;
    this.trust = trust;
    this.resumption = resumption;
    this.listener = listener;
  }

  boolean closeNotifyReceived() {
    return closeNotifyReceived;
  }

  /**
   * All versions that have a suite, although one is decided: by the highest, Bouncy Castle sets the
   * downgrade marker (RFC 8446, section 4.1.3) and judges TLS_FALLBACK_SCSV (RFC 7507, section 3).
   */
  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return Stream.of(TlsVersion.values())
        .filter(version -> policy.maximumTls().isAtLeast(version))
        .filter(version -> policy.cipherSuites().stream().anyMatch(suite -> suite.isFor(version)))
        .map(ExchangeTlsServer::protocolVersion)
        .toArray(ProtocolVersion[]::new);
  }

  @Override
  public ProtocolVersion getServerVersion() {
    return protocolVersion(decision.version());
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return new int[] {decision.cipherSuite().code()};
  }

  @Override
  public int getSelectedCipherSuite() {
    selectedCipherSuite = decision.cipherSuite().code();
    return selectedCipherSuite;
  }

  /** For TLS 1.3; a client that sent no key share for this group is asked again for one. */
  @Override
  public int[] getSupportedGroups() {
    return decision.group() == null ? new int[0] : new int[] {decision.group().code()};
  }

  /** For ECDHE up to TLS 1.2. */
  @Override
  public TlsECConfig getECDHConfig() throws IOException {
    if (decision.group() == null) {
      throw new TlsFatalAlert((short) AlertDescription.INTERNAL_ERROR.code());
    }
    return TlsECCUtils.createNamedECConfig(context, decision.group().code());
  }

  @Override
  protected boolean allowEncryptThenMAC() {
    return policy.encryptThenMac();
  }

  /** Up to TLS 1.2; later it stands with the certificate. */
  @Override
  protected boolean allowCertificateStatus() {
    return credentials.hasStatus();
  }

  @Override
  public @Nullable CertificateStatus getCertificateStatus() {
    return credentials.status();
  }

  /** Clients without RFC 5746 are served: they are among those that this product is for. */
  @Override
  public void notifySecureRenegotiation(boolean secureRenegotiation) {}

  /**
   * Up to TLS 1.2. Bouncy Castle sees to the rules about the extended master secret (RFC 7627,
   * section 5.3).
   */
  @Override
  public @Nullable TlsSession getSessionToResume(byte[] sessionId) {
    return resumption == null ? null : resumption.find(sessionId, context);
  }

  /**
   * Bouncy Castle repeats those of the first handshake, where a client may not have asked for them
   * now, and no certificate follows that could have a status.
   */
  @Override
  @SuppressWarnings({"JdkObsolete", "rawtypes"}) // the table is Bouncy Castle's
  public void getServerExtensionsForConnection(Hashtable extensions) throws IOException {
    super.getServerExtensionsForConnection(extensions);
    if (context.getSecurityParametersHandshake().isResumedSession()) {
      Map<?, ?> repeated = extensions;
      repeated.keySet().retainAll(clientExtensions.keySet());
      extensions.remove(TlsExtensionsUtils.EXT_status_request);
    }
  }

  /**
   * As Schannel gives one. Mostly no session can be resumed by it, which a client must allow for.
   */
  @Override
  public byte[] getNewSessionID() {
    return context.getNonceGenerator().generateNonce(SESSION_ID_LENGTH);
  }

  @Override
  public int getMaxHandshakeMessageSize() {
    return ClientHelloReader.MAX_HELLO;
  }

  @Override
  public TlsCredentials getCredentials() throws IOException {
    int keyExchange = context.getSecurityParametersHandshake().getKeyExchangeAlgorithm();
    return keyExchange == KeyExchangeAlgorithm.RSA
        ? credentials.decryptor()
        : credentials.signer(context);
  }

  @Override
  @SuppressWarnings("JdkObsolete") // the vectors are Bouncy Castle's
  public @Nullable CertificateRequest getCertificateRequest() throws IOException {
    if (policy.clientCertificate() == ClientCertificateMode.NOT_ASKED) {
      return null;
    }
    Vector<SignatureAndHashAlgorithm> signatures = new Vector<>();
    for (int scheme : CLIENT_SIGNATURES) {
      signatures.add(SignatureScheme.getSignatureAndHashAlgorithm(scheme));
    }
    if (decision.version() == TlsVersion.TLS_1_3) {
      return new CertificateRequest(TlsUtils.EMPTY_BYTES, signatures, null, null);
    }
    short[] types = {ClientCertificateType.rsa_sign, ClientCertificateType.ecdsa_sign};
    boolean namesSignatures = decision.version() == TlsVersion.TLS_1_2;
    return new CertificateRequest(types, namesSignatures ? signatures : null, null);
  }

  /**
   * Any chain will do, and what is wrong with it is said in the dialogue (facts 5.5). That the
   * client has the key of its leaf is verified afterwards.
   */
  @Override
  public void notifyClientCertificate(Certificate chain) throws IOException {
    if (chain.isEmpty()) {
      requireNone();
      return;
    }
    client = new ClientChain(chain).identity(trust);
  }

  private void requireNone() throws TlsFatalAlert {
    if (policy.clientCertificate() == ClientCertificateMode.REQUIRED) {
      AlertDescription alert =
          decision.version() == TlsVersion.TLS_1_3
              ? AlertDescription.CERTIFICATE_REQUIRED
              : AlertDescription.HANDSHAKE_FAILURE;
      throw new TlsFatalAlert((short) alert.code(), "the client showed no certificate");
    }
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    boolean resumed = context.getSecurityParametersConnection().isResumedSession();
    if (resumption != null && resumed) {
      client = resumption.client();
    } else if (resumption != null) {
      resumption.established(context, client);
    }
    listener.established(
        decision.version(),
        decision.cipherSuite(),
        resumed ? null : decision.group(),
        resumed,
        decision.belowMinimum(),
        client);
  }

  @Override
  public void notifyAlertRaised(
      short level, short description, @Nullable String message, @Nullable Throwable cause) {
    endSession(level);
    listener.alertSent(level == AlertLevel.fatal, description & 0xFF);
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    endSession(level);
    int code = description & 0xFF;
    closeNotifyReceived |= code == AlertDescription.CLOSE_NOTIFY.code();
    listener.alertReceived(level == AlertLevel.fatal, code);
  }

  private void endSession(short level) {
    if (resumption != null && level == AlertLevel.fatal) {
      resumption.failed();
    }
  }

  private static ProtocolVersion protocolVersion(TlsVersion version) {
    return ProtocolVersion.get(version.code() >>> 8, version.code() & 0xFF);
  }
}

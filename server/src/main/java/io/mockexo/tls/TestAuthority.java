package io.mockexo.tls;

import java.math.BigInteger;
import java.net.InetAddress;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority for tests: a root, an intermediate below it, and leaves below that, with
 * the shape of Exchange Online's chain (facts 5.4). Everything is made at run time, in memory; no
 * key is ever shipped or written, and none but those of clients told to anybody.
 *
 * <p>Keys are made in the background as soon as any of them is asked for, so tests that use no TLS
 * do not pay for them, and a method waits only for those that it needs. All leaves of one authority
 * share one key per {@link CertificateKind}, so issuing another one costs a signature, a
 * millisecond or two; who asks for the same again gets the same. The authorities' own keys are RSA
 * for both kinds: clients that know no elliptic curves can verify the chain as far as they go.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class TestAuthority {

  private static final int REMEMBERED = 64;

  private static final String ROOT_NAME =
      "C=US, O=Mock Exchange Online, CN=Mock Exchange Online Test Root CA";

  private static final String INTERMEDIATE_NAME =
      "C=US, O=Mock Exchange Online, CN=Mock Exchange Online Test Intermediate CA";

  private static final String INSPECTION_ROOT_NAME =
      "O=Mock TLS Inspection Firewall, CN=Mock TLS Inspection Root CA";

  private static final String INSPECTION_NAME =
      "O=Mock TLS Inspection Firewall, CN=Mock TLS Inspection CA";

  private final FutureTask<KeyPair> rootKeys = KeyPairs.rsa();
  private final FutureTask<KeyPair> intermediateKeys = KeyPairs.rsa();
  private final FutureTask<KeyPair> rsaLeafKeys = KeyPairs.of(CertificateKind.RSA_2048);
  private final FutureTask<KeyPair> shortLeafKeys = KeyPairs.of(CertificateKind.RSA_1024);
  private final FutureTask<KeyPair> ecLeafKeys = KeyPairs.of(CertificateKind.ECDSA_P256);
  private final FutureTask<Authorities> authorities =
      new FutureTask<>(
          () -> authorities(ROOT_NAME, made(rootKeys), INTERMEDIATE_NAME, made(intermediateKeys)));

  /** Not the one that is trusted, and made only if somebody wants to be shown that. */
  private final FutureTask<Authorities> inspection =
      new FutureTask<>(
          () ->
              authorities(
                  INSPECTION_ROOT_NAME,
                  made(KeyPairs.rsa()),
                  INSPECTION_NAME,
                  made(KeyPairs.rsa())));

  private final AtomicBoolean prepared = new AtomicBoolean();

  /** Servers of one test suite all ask for the same. */
  private final Map<CertificateSpec, ServerCertificate> issued = new LinkedHashMap<>();

  private final Map<CertificateKind, FutureTask<KeyPair>> clientKeys =
      new EnumMap<>(CertificateKind.class);

  private final Revocations revocations = new Revocations();

  private TestAuthority() {}

  /** The two certificates above the leaves, and who signs the leaves. */
  private record Authorities(
      X509Certificate root, X509Certificate intermediate, CertificateIssuer issuer) {}

  /** Made by the first thread that asks, then immutable. */
  private static final class Shared {
    private static final TestAuthority INSTANCE = create();
  }

  /** A new authority with keys of its own, which are made when something needs them. */
  public static TestAuthority create() {
    return new TestAuthority();
  }

  /**
   * The authority of this JVM: the default of every server, so that a process pays for RSA keys
   * once and a client has one root to trust.
   */
  public static TestAuthority shared() {
    return Shared.INSTANCE;
  }

  /**
   * Begins to make the keys, if nothing has asked for one yet, and returns at once. For a process
   * that has time before its first client: a cold JVM needs up to a second for them.
   */
  public void prepare() {
    if (prepared.compareAndSet(false, true)) {
      KeyPairs.makeInBackground(rootKeys, "root");
      KeyPairs.makeInBackground(intermediateKeys, "intermediate");
      KeyPairs.makeInBackground(rsaLeafKeys, "leaf");
    }
  }

  /** The root, valid for ten years from one day before it was made. */
  public X509Certificate rootCertificate() {
    prepare();
    return made(authorities).root();
  }

  /** The root, in the forms in which clients take it. */
  public TrustAnchor trustAnchor() {
    return new TrustAnchor(rootCertificate());
  }

  /**
   * Issues a server certificate, valid for one year from one day before it is made. Of the last
   * {@value #REMEMBERED} different ones it gives out the same again.
   *
   * @param kind the kind of its key
   * @param subject its distinguished name in the order of encoding, for example {@code C=US,
   *     O=Contoso, CN=mail.contoso.com}
   * @param dnsNames host names it is valid for; a leftmost label may be {@code *}
   * @param addresses IP addresses it is valid for
   * @throws IllegalArgumentException if the subject is not a distinguished name
   */
  public ServerCertificate issue(
      CertificateKind kind, String subject, List<String> dnsNames, List<InetAddress> addresses) {
    return issue(new CertificateSpec(kind, null, subject, dnsNames, addresses, null));
  }

  /**
   * Issues a server certificate, with what is wrong with it if something is to be. Of the last
   * {@value #REMEMBERED} different ones it gives out the same again.
   *
   * @throws IllegalArgumentException if the subject is not a distinguished name
   */
  public ServerCertificate issue(CertificateSpec spec) {
    synchronized (issued) {
      ServerCertificate known = issued.get(spec);
      if (known != null) {
        return known;
      }
    }
    ServerCertificate certificate = make(spec);
    synchronized (issued) {
      issued.put(spec, certificate);
      issued.keySet().removeIf(oldest -> issued.size() > REMEMBERED);
    }
    return certificate;
  }

  /**
   * Issues a certificate to a client whose key goes out of this process: no server has that key, so
   * that nobody can decrypt or pretend with it. All clients of one authority share one per kind. It
   * is made anew each time, with a serial number of its own.
   *
   * @throws IllegalArgumentException if the subject is not a distinguished name
   */
  public ServerCertificate issueToClient(CertificateSpec spec) {
    FutureTask<KeyPair> keys;
    synchronized (clientKeys) {
      keys = clientKeys.computeIfAbsent(spec.kind(), KeyPairs::of);
    }
    return make(spec, made(keys));
  }

  private ServerCertificate make(CertificateSpec spec) {
    prepare();
    return make(spec, made(leafKeys(spec.kind())));
  }

  private ServerCertificate make(CertificateSpec spec, KeyPair keys) {
    List<X509Certificate> chain = chain(spec.withFlawedNames(), keys);
    return new ServerCertificate(spec.kind(), chain, keys.getPrivate(), status(spec, chain.get(0)));
  }

  private @Nullable OcspResponse status(CertificateSpec spec, X509Certificate leaf) {
    BigInteger serial = leaf.getSerialNumber();
    if (spec.flaw() == CertificateFlaw.REVOKED) {
      revocations.put(serial, ClientVerdict.REVOKED);
    } else if (spec.flaw() == CertificateFlaw.REVOCATION_UNREACHABLE) {
      revocations.put(serial, ClientVerdict.REVOCATION_UNKNOWN);
      return null;
    }
    return spec.revocation() == null
        ? null
        : made(authorities).issuer().revocation().about(serial, revocations.isRevoked(serial));
  }

  /** The list of the certificates that are revoked, in DER (RFC 5280, section 5). */
  public byte[] revocationList() {
    return made(authorities).issuer().revocation().list(revocations.revoked());
  }

  /**
   * Answers a question about revocation.
   *
   * @param question an OCSP request, in DER (RFC 6960)
   */
  public OcspResponse answerOcsp(byte[] question) {
    return made(authorities).issuer().revocation().answer(question, revocations::isRevoked);
  }

  /** What there is to say against a certificate of this authority; else that it is trusted. */
  ClientVerdict revocationOf(X509Certificate certificate) {
    return revocations.of(certificate.getSerialNumber());
  }

  private FutureTask<KeyPair> leafKeys(CertificateKind kind) {
    return switch (kind) {
      case RSA_2048 -> rsaLeafKeys;
      case RSA_1024 -> shortLeafKeys;
      case ECDSA_P256 -> ecLeafKeys;
    };
  }

  private List<X509Certificate> chain(CertificateSpec spec, KeyPair keys) {
    CertificateFlaw flaw = spec.flaw();
    if (flaw == CertificateFlaw.SELF_SIGNED) {
      CertificateIssuer itself = new CertificateIssuer(spec.subject(), keys);
      return List.of(itself.issueLeaf(spec, keys.getPublic(), itself.usualSignature()));
    }
    Authorities above = made(flaw == CertificateFlaw.UNKNOWN_ROOT ? inspection : authorities);
    CertificateSignature signature =
        flaw == CertificateFlaw.SHA1_SIGNATURE
            ? CertificateSignature.SHA1_RSA
            : above.issuer().usualSignature();
    X509Certificate leaf = above.issuer().issueLeaf(spec, keys.getPublic(), signature);
    return flaw == CertificateFlaw.MISSING_INTERMEDIATE
        ? List.of(leaf)
        : List.of(leaf, above.intermediate());
  }

  private static Authorities authorities(
      String rootName, KeyPair rootKeys, String intermediateName, KeyPair intermediateKeys) {
    CertificateIssuer root = new CertificateIssuer(rootName, rootKeys);
    CertificateIssuer intermediate = new CertificateIssuer(intermediateName, intermediateKeys);
    return new Authorities(root.issueRoot(), root.issueIntermediate(intermediate), intermediate);
  }

  /**
   * Makes something, or waits for the thread that has begun to. The wait is short and an interrupt
   * does not end it: the failure would be kept for every later caller of a shared authority.
   */
  private static <T> T made(FutureTask<T> task) {
    task.run();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("this JVM cannot make keys and certificates", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

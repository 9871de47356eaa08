package io.mockexo.client;

import static io.mockexo.tls.TlsVersion.SSL_3;
import static io.mockexo.tls.TlsVersion.TLS_1_0;
import static io.mockexo.tls.TlsVersion.TLS_1_1;
import static io.mockexo.tls.TlsVersion.TLS_1_2;
import static io.mockexo.tls.TlsVersion.TLS_1_3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Scanners find the versions and the suites that are configured, all of them and no others. */
class ScannersTest {

  /** testssl.sh takes ten seconds. */
  private static final int AT_A_TIME = 3;

  @TempDir Path folder;

  /** A policy to find out. */
  private record Target(String name, TlsPolicy policy) {

    static Target of(TlsVersion from, TlsVersion to, CertificateKind kind, String... suites) {
      TlsPolicy policy =
          TlsPolicy.builder()
              .minimumTls(from)
              .maximumTls(to)
              .certificate(kind)
              .cipherSuites(suites)
              .build();
      String names = suites.length == 0 ? "as published" : String.join(" ", suites);
      return new Target("%s to %s, %s, %s".formatted(from, to, kind, names), policy);
    }

    MockExchangeOnlineServer start() {
      return MockExchangeOnlineServer.mx()
          .profile(
              profile ->
                  profile.tls(
                      tls ->
                          tls.minimumTls(policy.minimumTls())
                              .maximumTls(policy.maximumTls())
                              .certificate(policy.certificate())
                              .cipherSuites(
                                  policy.cipherSuites().stream().map(CipherSuite::name).toList())))
          .start();
    }

    Map<TlsVersion, Set<CipherSuite>> suitesFor(Scanner scanner) {
      Map<TlsVersion, Set<CipherSuite>> suites = new TreeMap<>();
      for (TlsVersion version : policy.versions()) {
        suites.put(
            version,
            policy.cipherSuites().stream()
                .filter(suite -> suite.isFor(version) && goesWithCertificate(suite))
                .filter(suite -> scanner.findsSuitesOf(version))
                .collect(Collectors.toSet()));
      }
      return suites;
    }

    private boolean goesWithCertificate(CipherSuite suite) {
      boolean ecdsa = policy.certificate() == CertificateKind.ECDSA_P256;
      return suite.isTls13() || suite.keyExchange().endsWith("ECDSA") == ecdsa;
    }
  }

  private static List<Target> targets() {
    CertificateKind rsa = CertificateKind.RSA_2048;
    return List.of(
        Target.of(TLS_1_2, TLS_1_3, rsa),
        Target.of(TLS_1_0, TLS_1_3, rsa),
        Target.of(TLS_1_0, TLS_1_1, rsa),
        Target.of(TLS_1_3, TLS_1_3, rsa, "TLS_AES_128_GCM_SHA256"),
        Target.of(
            TLS_1_2,
            TLS_1_2,
            rsa,
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_RSA_WITH_CAMELLIA_128_CBC_SHA",
            "TLS_RSA_WITH_AES_128_CBC_SHA"),
        Target.of(TLS_1_2, TLS_1_3, CertificateKind.ECDSA_P256),
        Target.of(
            SSL_3, TLS_1_0, rsa, "TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA"));
  }

  @TestFactory
  Stream<DynamicTest> a_scanner_finds_what_is_configured() throws InterruptedException {
    List<DynamicTest> tests = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      for (Scanner scanner : Scanner.values()) {
        List<Target> targets = targets();
        List<Callable<Scanner.Found>> scans =
            targets.stream()
                .map(target -> (Callable<Scanner.Found>) () -> scan(scanner, target))
                .toList();
        List<Future<Scanner.Found>> found = pool.invokeAll(scans);
        IntStream.range(0, targets.size())
            .mapToObj(i -> test(scanner, targets.get(i), found.get(i)))
            .forEach(tests::add);
      }
      return tests.stream();
    } finally {
      pool.shutdown();
    }
  }

  private Scanner.Found scan(Scanner scanner, Target target) {
    try (MockExchangeOnlineServer exchange = target.start()) {
      return scanner.scan(exchange, folder.resolve(scanner + "-" + exchange.port()));
    }
  }

  private static DynamicTest test(Scanner scanner, Target target, Future<Scanner.Found> found) {
    return dynamicTest(
        scanner + ": " + target.name(),
        () -> assertThat(get(found).suites()).isEqualTo(target.suitesFor(scanner)));
  }

  private static Scanner.Found get(Future<Scanner.Found> found) throws Throwable {
    try {
      return found.get();
    } catch (ExecutionException e) {
      throw e.getCause(); // a missing tool, too
    }
  }
}

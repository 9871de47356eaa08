package io.mockexo.assertj;

import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.TlsVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Assertions on what a client offered in one session. Part of {@link SessionAssert}. */
abstract class AbstractHelloAssert<SELF extends AbstractHelloAssert<SELF>>
    extends AbstractSessionAssert<SELF> {

  AbstractHelloAssert(SmtpSession actual, Class<?> selfType) {
    super(actual, selfType);
  }

  /**
   * Verifies that this was the highest version that the first ClientHello offered, whatever came of
   * it.
   *
   * <pre>{@code
   * // passes: a client limited to TLS 1.2
   * assertThat(sessions.first()).offeredTlsUpTo(TLS_1_2);
   * // fails: a client that offered TLS 1.3, too
   * assertThat(sessions.first()).offeredTlsUpTo(TLS_1_2);
   * }</pre>
   */
  public SELF offeredTlsUpTo(TlsVersion version) {
    Optional<TlsVersion> offered = session().highestTlsOffered();
    return expect(
        "to offer TLS up to " + version,
        offered.filter(version::equals).isPresent(),
        offered.map(other -> "it offered up to " + other).orElseGet(this::noHello));
  }

  /**
   * Verifies that the first ClientHello offered these cipher suites, in any order, among others or
   * not.
   *
   * <pre>{@code
   * // passes: it was among the 30 suites offered
   * assertThat(sessions.first()).offeredCipherSuites("ECDHE-RSA-AES256-GCM-SHA384");
   * // fails: only suites of TLS 1.3 were offered
   * assertThat(sessions.first()).offeredCipherSuites("ECDHE-RSA-AES256-GCM-SHA384");
   * }</pre>
   *
   * @param names IANA or OpenSSL names, at least one
   * @throws IllegalArgumentException if there is no such suite
   */
  public SELF offeredCipherSuites(String... names) {
    return offeredCipherSuites(suites(names));
  }

  /** As {@link #offeredCipherSuites(String...)}. */
  public SELF offeredCipherSuites(CipherSuite... suites) {
    List<CipherSuite> offered = offered();
    List<CipherSuite> missing =
        atLeastOne(suites).stream().filter(s -> !offered.contains(s)).toList();
    return expect(
        "to offer " + list(List.of(suites)),
        missing.isEmpty(),
        helloOr("it did not offer " + list(missing)));
  }

  /**
   * Verifies that the first ClientHello offered no cipher suites but these, not necessarily all of
   * them. GREASE and signaling values are no suites.
   *
   * <pre>{@code
   * // passes: one suite was offered, and it is allowed
   * assertThat(sessions.first()).offeredOnly("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256");
   * // fails: TLS_RSA_WITH_AES_128_CBC_SHA was offered, too
   * assertThat(sessions.first()).offeredOnly("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256");
   * }</pre>
   *
   * @param names IANA or OpenSSL names, at least one
   * @throws IllegalArgumentException if there is no such suite
   */
  public SELF offeredOnly(String... names) {
    return offeredOnly(suites(names));
  }

  /** As {@link #offeredOnly(String...)}. */
  public SELF offeredOnly(CipherSuite... suites) {
    List<CipherSuite> allowed = atLeastOne(suites);
    List<CipherSuite> offered = offered();
    List<CipherSuite> others = offered.stream().filter(suite -> !allowed.contains(suite)).toList();
    return expect(
        "to offer no cipher suite but " + list(allowed),
        !offered.isEmpty() && others.isEmpty(),
        helloOr(offered.isEmpty() ? "it offered none" : "it offered " + list(others)));
  }

  /**
   * Verifies the server_name (SNI) of the first ClientHello; upper and lower case are the same.
   *
   * <pre>{@code
   * // passes: the client named the host that it wanted
   * assertThat(sessions.first()).hasServerName("contoso-com.mail.protection.outlook.com");
   * // fails: it was connected to an address, and sent no server_name
   * assertThat(sessions.first()).hasServerName("contoso-com.mail.protection.outlook.com");
   * }</pre>
   */
  public SELF hasServerName(String name) {
    String sent = session().clientHello().map(ClientHello::serverName).orElse(null);
    return expect(
        "to send server_name " + name,
        name.equalsIgnoreCase(sent),
        helloOr(sent == null ? "it sent none" : "it sent " + sent));
  }

  final String noHello() {
    return session().triedTls() ? "it sent no ClientHello" : notTried();
  }

  final String notTried() {
    return session().startTlsRefused() ? "STARTTLS was refused" : "it did not try TLS";
  }

  private String helloOr(String reality) {
    return session().clientHello().isPresent() ? reality : noHello();
  }

  private List<CipherSuite> offered() {
    return session().clientHello().stream()
        .flatMap(hello -> hello.cipherSuites().stream())
        .filter(suite -> !suite.name().equals("GREASE") && !suite.name().endsWith("_SCSV"))
        .toList();
  }

  private static CipherSuite[] suites(String... names) {
    return Stream.of(names).map(CipherSuite::registered).toArray(CipherSuite[]::new);
  }

  private static List<CipherSuite> atLeastOne(CipherSuite... suites) {
    if (suites.length == 0) {
      throw new IllegalArgumentException("at least one cipher suite is needed");
    }
    return List.of(suites);
  }

  private static String list(List<CipherSuite> suites) {
    return Words.list(suites.stream().map(CipherSuite::name).toList());
  }
}

package io.mockexo.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestAuthorityTest {

  private static final TestAuthority AUTHORITY = TestAuthority.shared();
  private static final String SUBJECT =
      "C=US, ST=Washington, L=Redmond, O=Microsoft Corporation, CN=mail.protection.outlook.com";

  @ParameterizedTest
  @EnumSource
  void a_leaf_is_valid_below_the_root(CertificateKind kind) throws Exception {
    ServerCertificate certificate = issue(kind);

    PKIXParameters parameters =
        new PKIXParameters(Set.of(new TrustAnchor(AUTHORITY.rootCertificate(), null)));
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(certificate.chain()),
            parameters);
    assertThat(certificate.chain()).hasSize(2).doesNotContain(AUTHORITY.rootCertificate());
  }

  @Test
  void a_leaf_has_the_names_and_the_usage_of_the_real_one() throws Exception {
    X509Certificate leaf = issue(CertificateKind.RSA_2048).leaf();

    assertThat(leaf.getSubjectX500Principal().getName())
        .isEqualTo(
            "CN=mail.protection.outlook.com,O=Microsoft Corporation,L=Redmond,ST=Washington,C=US");
    assertThat(leaf.getSubjectAlternativeNames())
        .extracting(name -> (Object) name.get(1))
        .containsExactly("*.mail.protection.outlook.com", "localhost", "127.0.0.1");
    assertThat(leaf.getKeyUsage()).startsWith(true, false, true, false);
    assertThat(leaf.getExtendedKeyUsage()).contains("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
    assertThat(((RSAPublicKey) leaf.getPublicKey()).getModulus().bitLength()).isEqualTo(2048);
  }

  @Test
  void an_ecdsa_leaf_has_a_key_on_p_256() {
    ECPublicKey key = (ECPublicKey) issue(CertificateKind.ECDSA_P256).leaf().getPublicKey();

    assertThat(key.getParams().getOrder().bitLength()).isEqualTo(256);
  }

  @Test
  void the_authorities_say_that_they_are_for_tests_and_live_ten_years() {
    X509Certificate root = AUTHORITY.rootCertificate();

    assertThat(root.getSubjectX500Principal().getName())
        .contains("Mock Exchange Online Test Root CA");
    assertThat(root.getBasicConstraints()).isPositive();
    assertThat(Duration.between(root.getNotBefore().toInstant(), root.getNotAfter().toInstant()))
        .isEqualTo(Duration.ofDays(3651));
  }

  @Test
  void leaves_share_a_key_and_differ_in_their_serial_number() {
    X509Certificate one = issue(CertificateKind.RSA_2048).leaf();
    X509Certificate other =
        AUTHORITY
            .issue(CertificateKind.RSA_2048, SUBJECT, List.of("mx.contoso.com"), List.of())
            .leaf();

    assertThat(one.getPublicKey()).isEqualTo(other.getPublicKey());
    assertThat(one.getSerialNumber()).isPositive().isNotEqualTo(other.getSerialNumber());
  }

  @Test
  void the_same_leaf_is_made_once_as_long_as_it_is_remembered() {
    TestAuthority authority = TestAuthority.create();
    ServerCertificate first = leaf(authority, 0);

    for (int i = 1; i < 64; i++) {
      leaf(authority, i);
    }
    assertThat(leaf(authority, 0)).isSameAs(first);
    leaf(authority, 64);
    assertThat(leaf(authority, 0)).isNotSameAs(first);
  }

  private static ServerCertificate leaf(TestAuthority authority, int number) {
    return authority.issue(
        CertificateKind.ECDSA_P256,
        SUBJECT,
        List.of("mx%d.contoso.com".formatted(number)),
        List.of());
  }

  @Test
  void the_root_is_given_out_as_pem_and_as_a_trust_store() throws Exception {
    byte[] pem = AUTHORITY.trustAnchor().pem().getBytes(StandardCharsets.US_ASCII);

    assertThat(
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem)))
        .isEqualTo(AUTHORITY.rootCertificate());
    assertThat(
            AUTHORITY.trustAnchor().trustStore().getCertificateAlias(AUTHORITY.rootCertificate()))
        .isNotNull();
    assertThat(AUTHORITY.trustAnchor().trustStore().size()).isEqualTo(1);
  }

  @Test
  void an_authority_of_its_own_shares_nothing() {
    assertThat(TestAuthority.create().rootCertificate().getPublicKey())
        .isNotEqualTo(AUTHORITY.rootCertificate().getPublicKey());
  }

  @Test
  void an_interrupted_thread_gets_its_certificate_and_stays_interrupted() {
    Thread.currentThread().interrupt();

    assertThat(issue(CertificateKind.RSA_2048)).isNotNull();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void a_subject_that_is_no_name_is_refused() {
    assertThatThrownBy(
            () ->
                AUTHORITY.issue(CertificateKind.RSA_2048, "mail.contoso.com", List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_server_certificate_never_prints_its_key() {
    assertThat(issue(CertificateKind.RSA_2048)).hasToString("RSA_2048 " + principal());
  }

  @Test
  void a_key_of_another_kind_is_refused() {
    ServerCertificate rsa = issue(CertificateKind.RSA_2048);

    assertThatThrownBy(
            () -> new ServerCertificate(CertificateKind.ECDSA_P256, rsa.chain(), rsa.privateKey()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ECDSA_P256 needs a key for EC, not for RSA");
  }

  private static String principal() {
    return issue(CertificateKind.RSA_2048).leaf().getSubjectX500Principal().toString();
  }

  private static ServerCertificate issue(CertificateKind kind) {
    return AUTHORITY.issue(
        kind,
        SUBJECT,
        List.of("*.mail.protection.outlook.com", "localhost"),
        List.of(InetAddress.getLoopbackAddress()));
  }
}

package io.mockexo.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy is made of. */
class TlsPolicyTest {

  @Test
  void by_default_the_published_suites_come_in_the_published_order() {
    assertThat(TlsPolicy.exchangeOnline().cipherSuites())
        .extracting(CipherSuite::name)
        .containsExactly(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
            "TLS_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_RSA_WITH_AES_128_GCM_SHA256");
  }

  @Test
  void x25519_is_not_negotiated_by_default() {
    assertThat(TlsPolicy.exchangeOnline().groups())
        .containsExactly(NamedGroup.SECP384R1, NamedGroup.SECP256R1);
  }

  @Test
  void an_unknown_suite_is_refused_with_the_nearest_name() {
    assertThatThrownBy(
            () -> TlsPolicy.builder().cipherSuites("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA348"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA348' is not known")
        .hasMessageEndingWith("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
  }

  @Test
  void a_suite_that_the_server_cannot_do_is_refused_as_such() {
    assertThatThrownBy(() -> TlsPolicy.builder().cipherSuites("TLS_RSA_WITH_RC4_128_SHA"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is known, but cannot be negotiated by this server");
  }

  @Test
  void a_suite_that_only_a_client_may_know_has_a_name_as_well() {
    assertThat(CipherSuite.registered("TLS_RSA_WITH_RC4_128_SHA").code()).isEqualTo(0x0005);
    assertThat(CipherSuite.registered("ecdhe-rsa-aes256-gcm-sha384").code()).isEqualTo(0xC030);
    assertThatThrownBy(() -> CipherSuite.registered("TLS_RSA_WITH_RC4_129_SHA"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cipher suite 'TLS_RSA_WITH_RC4_129_SHA' is not known; the nearest that is known is"
                + " TLS_RSA_WITH_RC4_128_SHA");
  }

  @Test
  void a_floor_above_the_maximum_is_refused() {
    TlsPolicyBuilder builder =
        TlsPolicy.builder().minimumTls(TlsVersion.TLS_1_3).maximumTls(TlsVersion.TLS_1_2);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("minimumTls TLS_1_3 is above maximumTls TLS_1_2");
  }

  @Test
  void what_the_versions_do_not_have_is_refused() {
    TlsPolicyBuilder tickets = TlsPolicy.builder().maximumTls(TlsVersion.TLS_1_2).sessionTickets(1);
    TlsPolicyBuilder encryptThenMac =
        TlsPolicy.builder().minimumTls(TlsVersion.TLS_1_3).encryptThenMac(true);
    TlsPolicyBuilder resumption =
        TlsPolicy.builder().minimumTls(TlsVersion.TLS_1_3).sessionResumption(true);

    assertThatThrownBy(tickets::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "sessionTickets are of TLS 1.3, and maximumTls is TLS_1_2; raise it, or set"
                + " sessionTickets to 0");
    assertThatThrownBy(encryptThenMac::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "encryptThenMac is of TLS 1.2 and below, and minimumTls is TLS_1_3; lower it, or set"
                + " encryptThenMac to false");
    assertThatThrownBy(resumption::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("sessionResumption is of TLS 1.2 and below");
    assertThat(tickets.maximumTls(TlsVersion.TLS_1_3).build().sessionTickets()).isEqualTo(1);
    assertThat(resumption.minimumTls(TlsVersion.TLS_1_2).build().sessionResumption()).isTrue();
  }

  @Test
  void what_no_client_could_ever_negotiate_is_refused() {
    assertThatThrownBy(
            () ->
                TlsPolicy.builder()
                    .minimumTls(TlsVersion.TLS_1_3)
                    .cipherSuites("ECDHE-RSA-AES128-SHA")
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from TLS 1.3 to TLS 1.3 with a certificate of kind RSA_2048");
    assertThatThrownBy(
            () ->
                TlsPolicy.builder()
                    .certificate(CertificateKind.ECDSA_P256)
                    .cipherSuites("ECDHE-RSA-AES128-SHA")
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no client could ever connect");
  }

  @Test
  void a_certificate_for_another_host_cannot_have_names_of_your_choice() {
    TlsPolicyBuilder policy =
        TlsPolicy.builder()
            .certificateFlaw(CertificateFlaw.WRONG_HOST)
            .certificateNames("mail.contoso.com");

    assertThatThrownBy(policy::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "certificateFlaw WRONG_HOST has the name of another host, but certificateNames are"
                + " given as well; leave out one of them");
    assertThat(policy.certificateNames().build().certificateNames()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = CertificateFlaw.class,
      names = {"SELF_SIGNED", "UNKNOWN_ROOT"})
  void who_has_no_authority_has_nobody_to_revoke_the_certificate(CertificateFlaw flaw) {
    TlsPolicyBuilder policy = TlsPolicy.builder().certificateFlaw(flaw).revocationInfo(true);

    assertThatThrownBy(policy::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "with certificateFlaw %s there is nobody who could say whether it is revoked; leave out"
                    .formatted(flaw)
                + " revocationInfo");
  }

  @Test
  void who_asks_for_no_certificate_trusts_nobody_with_them() {
    TlsPolicyBuilder policy =
        TlsPolicy.builder()
            .clientCertificate(ClientCertificateMode.NOT_ASKED)
            .clientAuthorities(TestAuthority.shared().trustAnchor());

    assertThatThrownBy(policy::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "clientAuthorities have no effect with clientCertificate NOT_ASKED; leave them out, or"
                + " ask for certificates");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "mail contoso.com",
        "*",
        "mail.*.com",
        "*mail.contoso.com",
        "-.com",
        "a..b",
        "mail.contoso.com.",
        "1.2.3",
        "256.1.1.1",
        "1.2.3.4.5",
        ":",
        "12345::"
      })
  void what_is_no_name_cannot_stand_in_a_certificate(String name) {
    assertThatThrownBy(() -> TlsPolicy.builder().certificateNames("localhost", name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "'");
  }

  @Test
  void the_versions_are_those_for_which_there_is_a_suite() {
    assertThat(TlsPolicy.exchangeOnline().versions())
        .containsExactly(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
    assertThat(
            TlsPolicy.builder()
                .minimumTls(TlsVersion.TLS_1_0)
                .cipherSuites("ECDHE-RSA-AES128-GCM-SHA256")
                .build()
                .versions())
        .containsExactly(TlsVersion.TLS_1_2);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3})
  void at_most_two_tickets_follow_a_handshake(int count) {
    assertThatThrownBy(() -> TlsPolicy.builder().sessionTickets(count))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sessionTickets is %d; a handshake is followed by 0 to 2 of them", count);
  }

  @Test
  void a_policy_built_from_another_is_the_same() {
    TlsPolicy original =
        TlsPolicy.builder()
            .minimumTls(TlsVersion.TLS_1_0)
            .certificate(CertificateKind.ECDSA_P256)
            .certificateFlaw(CertificateFlaw.EXPIRED)
            .certificateNames("*.contoso.com")
            .revocationInfo(true)
            .helloRetryRequest(true)
            .encryptThenMac(true)
            .sessionTickets(2)
            .sessionResumption(true)
            .clientCertificate(ClientCertificateMode.REQUIRED)
            .clientAuthorities(TestAuthority.shared().trustAnchor())
            .groups(NamedGroup.X25519)
            .refuseOldTlsWith(TlsRefusal.RST)
            .build();

    assertThat(original.toBuilder().build()).usingRecursiveComparison().isEqualTo(original);
  }
}

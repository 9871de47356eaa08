package io.mockexo.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a ClientHello fares against a policy. */
class TlsNegotiationTest {

  private static final List<String> MODERN_SUITES =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "ECDHE-RSA-AES128-GCM-SHA256");

  private static final List<String> OLD_SUITES = List.of("AES128-SHA", "ECDHE-RSA-AES128-SHA");

  @Test
  void by_default_tls_1_3_is_negotiated_with_the_suite_and_group_of_exchange_online() {
    assertThat(TlsPolicy.exchangeOnline().judge(modernHello()))
        .isEqualTo(
            accept(TlsVersion.TLS_1_3, "TLS_AES_256_GCM_SHA384", NamedGroup.SECP384R1, false));
  }

  @Test
  void a_client_below_the_floor_is_refused_with_fin_by_default() {
    assertThat(TlsPolicy.exchangeOnline().judge(hello(TlsVersion.TLS_1_1, OLD_SUITES)))
        .isEqualTo(
            new TlsJudgement.Refuse(
                TlsRefusal.FIN,
                AlertDescription.PROTOCOL_VERSION,
                TlsMismatch.VERSION,
                "below TLS 1.2"));
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsRefusal.class,
      names = {"RST", "ALERT", "STALL"})
  void a_client_below_the_floor_is_refused_in_the_way_chosen(TlsRefusal refusal) {
    TlsPolicy policy = TlsPolicy.builder().refuseOldTlsWith(refusal).build();

    assertThat(policy.judge(hello(TlsVersion.TLS_1_0, OLD_SUITES)))
        .isInstanceOfSatisfying(
            TlsJudgement.Refuse.class, refuse -> assertThat(refuse.how()).isEqualTo(refusal));
  }

  @Test
  void the_alert_of_a_refusal_can_be_chosen() {
    TlsPolicy policy =
        TlsPolicy.builder()
            .refuseOldTlsWith(TlsRefusal.ALERT)
            .refusalAlert(AlertDescription.INSUFFICIENT_SECURITY)
            .build();

    assertThat(policy.judge(hello(TlsVersion.TLS_1_0, OLD_SUITES)))
        .isEqualTo(
            new TlsJudgement.Refuse(
                TlsRefusal.ALERT,
                AlertDescription.INSUFFICIENT_SECURITY,
                TlsMismatch.VERSION,
                "below TLS 1.2"));
  }

  @Test
  void reply_accepts_a_client_below_the_floor_and_says_so() {
    TlsPolicy policy = TlsPolicy.builder().refuseOldTlsWith(TlsRefusal.REPLY).build();

    assertThat(policy.judge(hello(TlsVersion.TLS_1_1, OLD_SUITES)))
        .isEqualTo(
            accept(
                TlsVersion.TLS_1_1,
                "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                NamedGroup.SECP384R1,
                true));
  }

  @Test
  void reply_cannot_help_where_no_suite_is_common() {
    TlsPolicy policy = TlsPolicy.builder().refuseOldTlsWith(TlsRefusal.REPLY).build();

    assertThat(policy.judge(hello(TlsVersion.TLS_1_1, List.of("AES128-SHA"))))
        .isEqualTo(
            new TlsJudgement.Refuse(
                TlsRefusal.FIN,
                AlertDescription.HANDSHAKE_FAILURE,
                TlsMismatch.CIPHER_SUITE,
                "no cipher suite in common for TLS 1.1"));
  }

  @Test
  void reply_does_not_mark_a_client_that_reaches_the_floor() {
    TlsPolicy policy = TlsPolicy.builder().refuseOldTlsWith(TlsRefusal.REPLY).build();

    assertThat(policy.judge(modernHello()))
        .isInstanceOfSatisfying(
            TlsJudgement.Accept.class, accept -> assertThat(accept.belowMinimum()).isFalse());
  }

  @Test
  void nothing_above_the_maximum_is_negotiated() {
    TlsPolicy policy = TlsPolicy.builder().maximumTls(TlsVersion.TLS_1_2).build();

    assertThat(policy.judge(modernHello()))
        .isEqualTo(
            accept(
                TlsVersion.TLS_1_2,
                "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                NamedGroup.SECP384R1,
                false));
  }

  @Test
  void a_client_that_offers_only_more_than_the_maximum_is_refused() {
    TlsPolicy policy = TlsPolicy.builder().maximumTls(TlsVersion.TLS_1_2).build();

    assertThat(policy.judge(hello(List.of(TlsVersion.TLS_1_3.code()), MODERN_SUITES)))
        .isEqualTo(
            new TlsJudgement.Refuse(
                TlsRefusal.FIN,
                AlertDescription.PROTOCOL_VERSION,
                TlsMismatch.VERSION,
                "no version in common, up to TLS 1.2"));
  }

  @Test
  void a_version_for_which_the_list_has_no_suite_is_not_negotiated() {
    TlsPolicy policy = TlsPolicy.builder().cipherSuites("ECDHE-RSA-AES128-GCM-SHA256").build();

    assertThat(policy.judge(modernHello()))
        .isInstanceOfSatisfying(
            TlsJudgement.Accept.class,
            accept -> assertThat(accept.version()).isEqualTo(TlsVersion.TLS_1_2));
  }

  @Test
  void a_server_that_has_chosen_a_version_does_not_fall_back_for_want_of_a_suite() {
    ClientHello hello =
        hello(List.of(0x0304, 0x0303), List.of("TLS_CHACHA20_POLY1305_SHA256", "AES128-SHA"));

    assertThat(TlsPolicy.exchangeOnline().judge(hello))
        .isEqualTo(
            new TlsJudgement.Refuse(
                TlsRefusal.FIN,
                AlertDescription.HANDSHAKE_FAILURE,
                TlsMismatch.CIPHER_SUITE,
                "no cipher suite in common for TLS 1.3"));
  }

  @Test
  void the_order_of_the_client_decides_if_so_chosen() {
    TlsPolicy policy = TlsPolicy.builder().serverPreference(false).build();

    assertThat(policy.judge(modernHello()))
        .isEqualTo(
            accept(TlsVersion.TLS_1_3, "TLS_AES_128_GCM_SHA256", NamedGroup.SECP384R1, false));
  }

  @Test
  void without_a_common_group_a_suite_without_one_is_taken_below_tls_1_3() {
    ClientHello hello =
        hello(
            TlsVersion.TLS_1_2,
            List.of("ECDHE-RSA-AES128-SHA", "AES128-GCM-SHA256"),
            List.of(NamedGroup.X25519));

    assertThat(TlsPolicy.exchangeOnline().judge(hello))
        .isEqualTo(accept(TlsVersion.TLS_1_2, "TLS_RSA_WITH_AES_128_GCM_SHA256", null, false));
  }

  @Test
  void without_a_common_group_tls_1_3_is_refused() {
    ClientHello hello =
        hello(TlsVersion.TLS_1_3, List.of("TLS_AES_128_GCM_SHA256"), List.of(NamedGroup.X25519));

    assertThat(TlsPolicy.exchangeOnline().judge(hello))
        .isEqualTo(
            new TlsJudgement.Refuse(
                TlsRefusal.FIN,
                AlertDescription.HANDSHAKE_FAILURE,
                TlsMismatch.GROUP_OR_SIGNATURE_SCHEME,
                "no group or signature scheme in common for TLS 1.3"));
  }

  @Test
  void a_client_that_names_no_groups_gets_p_256() {
    ClientHello hello = hello(TlsVersion.TLS_1_2, List.of("ECDHE-RSA-AES128-SHA"), List.of());

    assertThat(TlsPolicy.exchangeOnline().judge(hello))
        .isEqualTo(
            accept(
                TlsVersion.TLS_1_2,
                "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                NamedGroup.SECP256R1,
                false));
  }

  @Test
  void with_an_ecdsa_certificate_the_default_suites_are_those_for_ecdsa() {
    TlsPolicy policy =
        TlsPolicy.builder()
            .certificate(CertificateKind.ECDSA_P256)
            .maximumTls(TlsVersion.TLS_1_2)
            .build();

    assertThat(policy.judge(hello(TlsVersion.TLS_1_2, List.of("ECDHE-ECDSA-AES128-SHA"))))
        .isInstanceOf(TlsJudgement.Accept.class);
    assertThat(policy.judge(hello(TlsVersion.TLS_1_2, List.of("ECDHE-RSA-AES128-SHA"))))
        .isInstanceOf(TlsJudgement.Refuse.class);
  }

  private static TlsJudgement.Accept accept(
      TlsVersion version, String suite, NamedGroup group, boolean belowMinimum) {
    return new TlsJudgement.Accept(version, CipherSuite.named(suite), group, belowMinimum);
  }

  private static ClientHello modernHello() {
    return hello(List.of(0x0304, 0x0303), MODERN_SUITES);
  }

  private static ClientHello hello(TlsVersion highest, List<String> suites) {
    return hello(highest, suites, List.of(NamedGroup.SECP256R1, NamedGroup.SECP384R1));
  }

  private static ClientHello hello(
      TlsVersion highest, List<String> suites, List<NamedGroup> groups) {
    List<Integer> versions =
        highest == TlsVersion.TLS_1_3 ? List.of(TlsVersion.TLS_1_3.code()) : List.of();
    return hello(Math.min(highest.code(), 0x0303), versions, suites, groups);
  }

  private static ClientHello hello(List<Integer> supportedVersions, List<String> suites) {
    return hello(
        0x0303,
        supportedVersions,
        suites,
        List.of(NamedGroup.X25519, NamedGroup.SECP256R1, NamedGroup.SECP384R1));
  }

  private static ClientHello hello(
      int legacyVersion,
      List<Integer> supportedVersions,
      List<String> suites,
      List<NamedGroup> groups) {
    return new ClientHello(
        0x0301,
        legacyVersion,
        supportedVersions,
        suites.stream().map(CipherSuite::named).toList(),
        groups,
        List.of(),
        List.of(),
        Stream.of(0x0804, 0x0401, 0x0403).map(SignatureScheme::ofCode).toList(),
        null,
        List.of(),
        List.of());
  }
}

package io.mockexo.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of the certificate of a client. */
class ClientTrustTest {

  private static final TestAuthority AUTHORITY = TestAuthority.shared();
  private static final CertificateSpec SPEC = CertificateSpec.forHost("mail.contoso.com");

  private static List<X509Certificate> chain(CertificateFlaw flaw) {
    return AUTHORITY.issue(SPEC.withFlaw(flaw)).chain();
  }

  @ParameterizedTest
  @CsvSource({
    ", TRUSTED",
    "EXPIRED, EXPIRED",
    "NOT_YET_VALID, NOT_YET_VALID",
    "SELF_SIGNED, SELF_SIGNED",
    "UNKNOWN_ROOT, UNTRUSTED_ROOT",
    "MISSING_INTERMEDIATE, UNTRUSTED_ROOT",
    "WRONG_HOST, TRUSTED"
  })
  void a_flaw_is_found(CertificateFlaw flaw, ClientVerdict verdict) {
    assertThat(ClientTrust.in(AUTHORITY).judge(chain(flaw))).isEqualTo(verdict);
  }

  @Test
  void keys_of_all_kinds_are_trusted() {
    for (CertificateKind kind : CertificateKind.values()) {
      assertThat(ClientTrust.in(AUTHORITY).judge(AUTHORITY.issue(SPEC.withKind(kind)).chain()))
          .as("%s", kind)
          .isEqualTo(ClientVerdict.TRUSTED);
    }
  }

  @Test
  void the_root_may_be_shown_too_and_the_order_does_not_matter() {
    List<X509Certificate> chain = new ArrayList<>(chain(null));
    chain.add(AUTHORITY.rootCertificate());
    chain.addAll(chain(CertificateFlaw.UNKNOWN_ROOT));
    Collections.reverse(chain.subList(1, chain.size()));

    assertThat(ClientTrust.in(AUTHORITY).judge(chain)).isEqualTo(ClientVerdict.TRUSTED);
  }

  /** All test authorities have the same name. */
  @Test
  void an_authority_of_the_same_name_with_another_key_is_not_trusted() {
    TestAuthority other = TestAuthority.create();

    assertThat(ClientTrust.in(other).judge(chain(null))).isEqualTo(ClientVerdict.UNTRUSTED_ROOT);
  }

  @Test
  void whoever_is_named_is_trusted_a_leaf_too() {
    List<X509Certificate> self = chain(CertificateFlaw.SELF_SIGNED);
    ClientTrust trust = ClientTrust.in(List.of(new TrustAnchor(self.get(0))));

    assertThat(trust.judge(self)).isEqualTo(ClientVerdict.TRUSTED);
    assertThat(trust.judge(chain(null))).isEqualTo(ClientVerdict.UNTRUSTED_ROOT);
  }

  @Test
  void a_trusted_leaf_that_has_expired_is_expired() {
    List<X509Certificate> expired = chain(CertificateFlaw.EXPIRED);

    assertThat(ClientTrust.in(List.of(new TrustAnchor(expired.get(0)))).judge(expired))
        .isEqualTo(ClientVerdict.EXPIRED);
  }

  @Test
  void a_leaf_cannot_issue() throws Exception {
    ServerCertificate leaf = AUTHORITY.issue(SPEC);
    CertificateIssuer fraud =
        new CertificateIssuer(
            SPEC.subject(),
            new java.security.KeyPair(leaf.leaf().getPublicKey(), leaf.privateKey()));
    CertificateSpec other = CertificateSpec.forHost("mail.fabrikam.com");
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(fraud.issueLeaf(other, leaf.leaf().getPublicKey(), fraud.usualSignature()));
    chain.addAll(leaf.chain());

    assertThat(ClientTrust.in(AUTHORITY).judge(chain)).isEqualTo(ClientVerdict.INVALID);
  }

  @Test
  void nobody_is_trusted_where_nobody_is_named() {
    assertThat(ClientTrust.in(List.of()).judge(chain(null)))
        .isEqualTo(ClientVerdict.UNTRUSTED_ROOT);
  }
}

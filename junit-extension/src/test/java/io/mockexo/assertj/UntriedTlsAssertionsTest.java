package io.mockexo.assertj;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.assertj.SessionBuilder.session;
import static io.mockexo.assertj.Snapshots.cleartext;
import static io.mockexo.assertj.Snapshots.notOffered;
import static io.mockexo.assertj.Snapshots.overTls;
import static io.mockexo.assertj.Snapshots.quiet;
import static io.mockexo.assertj.Snapshots.soFar;
import static io.mockexo.assertj.Snapshots.tlsRefused;

import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.TlsVersion;
import org.junit.jupiter.api.Test;

/** Cleartext without a fallback: TLS was never tried, or not on offer. */
class UntriedTlsAssertionsTest {

  private static final Golden GOLDEN = Golden.of(UntriedTlsAssertionsTest.class);

  @Test
  void always_tried_tls_minds_only_mail_for_which_it_was_on_offer() {
    assertThat(quiet(overTls(1))).alwaysTriedTls();
    assertThat(quiet(tlsRefused(1), cleartext(2))).alwaysTriedTls();
    assertThat(quiet(overTls(1), notOffered(2))).alwaysTriedTls();
    GOLDEN.fails(
        "alwaysTriedTls: it did not",
        () -> assertThat(quiet(overTls(1), cleartext(2, "<2@a>"))).alwaysTriedTls());
    GOLDEN.fails(
        "alwaysTriedTls: too late",
        () ->
            assertThat(
                    quiet(
                        session(1)
                            .offered()
                            .fail(
                                Outcome.REFUSED,
                                451,
                                "<1@a>",
                                SessionBuilder.accepted("b@contoso.com"))
                            .closed(),
                        overTls(2)))
                .alwaysTriedTls());
  }

  @Test
  void always_tried_tls_does_not_pass_because_nobody_could_or_did() {
    GOLDEN.fails(
        "alwaysTriedTls: not offered", () -> assertThat(quiet(notOffered(1))).alwaysTriedTls());
    GOLDEN.fails(
        "alwaysTriedTls: nobody tried",
        () -> assertThat(quiet(session(1).offered().quit().closed())).alwaysTriedTls());
  }

  @Test
  void never_tried_tls_is_mail_without_starttls_where_it_was_on_offer() {
    assertThat(quiet(cleartext(1))).neverTriedTls();
    GOLDEN.fails(
        "neverTriedTls: it did",
        () -> assertThat(quiet(tlsRefused(1), cleartext(2))).neverTriedTls());
    GOLDEN.fails(
        "neverTriedTls: not offered", () -> assertThat(quiet(notOffered(1))).neverTriedTls());
    GOLDEN.fails("neverTriedTls: no mail", () -> assertThat(quiet(tlsRefused(1))).neverTriedTls());
    GOLDEN.fails("neverTriedTls: not quiet", () -> assertThat(soFar(cleartext(1))).neverTriedTls());
  }

  @Test
  void mail_in_cleartext_for_lack_of_an_offer_is_a_third_thing() {
    assertThat(quiet(notOffered(1))).sentInCleartextWithoutOffer();
    assertThat(soFar(notOffered(1))).sentInCleartextWithoutOffer();
    GOLDEN.fails(
        "sentInCleartextWithoutOffer: on offer",
        () -> assertThat(quiet(cleartext(1))).sentInCleartextWithoutOffer());
    GOLDEN.fails(
        "sentInCleartextWithoutOffer: after TLS",
        () -> assertThat(quiet(tlsRefused(1), notOffered(2))).sentInCleartextWithoutOffer());
    GOLDEN.fails(
        "sentInCleartextWithoutOffer: no mail",
        () -> assertThat(quiet(tlsRefused(1))).sentInCleartextWithoutOffer());
  }

  @Test
  void the_doubts_about_one_client_are_not_those_about_another() {
    SmtpSession simple = session(5).named("b.example").offered().deliver("<3@a>").closed();
    Sessions sessions =
        quiet(
            tlsRefused(1),
            tlsRefused(2),
            overTls(3, TlsVersion.TLS_1_2, "<1@a>"),
            overTls(4, TlsVersion.TLS_1_2, "<2@a>"),
            simple);

    assertThat(sessions).neverTriedTls();
    GOLDEN.fails(
        "alwaysTriedTls: another client did not", () -> assertThat(sessions).alwaysTriedTls());
  }
}

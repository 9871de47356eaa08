package io.mockexo.journal;

import static io.mockexo.journal.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.SessionEvent.StrayBytes.Kind;
import io.mockexo.journal.SessionEvent.StrayBytes.Place;
import io.mockexo.tls.TlsVersion;
import org.junit.jupiter.api.Test;

/** What a session sent in the clear, and why. */
class ExposureTest {

  @Test
  void mail_in_cleartext_has_one_of_three_reasons() {
    SmtpSession notOffered = session(1).greeting().ehlo("SIZE").mail("a@b").closed();
    SmtpSession notUsed = session(1).ehloOffersStartTls().mail("a@b").closed();
    SmtpSession fallback = session(1).ehloOffersStartTls().startTlsRefused().mail("a@b").closed();

    SmtpSession ehloRefused =
        session(1).command("EHLO a").reply(502, "5.3.3 no").command("HELO a").mail("a@b").closed();
    SmtpSession ehloWrong =
        session(1).command("EHLO").reply(501, "5.5.4 no").command("HELO a").mail("a@b").closed();
    SmtpSession heloOnly = session(1).command("HELO a").mail("a@b").closed();

    assertThat(ehloRefused.cleartextReason()).contains(CleartextReason.STARTTLS_NOT_OFFERED);
    assertThat(ehloWrong.cleartextReason()).contains(CleartextReason.NEVER_TRIED_TLS);
    assertThat(heloOnly.cleartextReason()).contains(CleartextReason.NEVER_TRIED_TLS);
    assertThat(notOffered.cleartextReason()).contains(CleartextReason.STARTTLS_NOT_OFFERED);
    assertThat(notUsed.cleartextReason()).contains(CleartextReason.NEVER_TRIED_TLS);
    assertThat(fallback.cleartextReason()).contains(CleartextReason.FELL_BACK);
    assertThat(session(1).tls(TlsVersion.TLS_1_2).mail("a@b").closed().cleartextReason()).isEmpty();
  }

  @Test
  void starttls_after_a_cleartext_mail_makes_that_mail_no_fallback() {
    SmtpSession session =
        session(1)
            .ehloOffersStartTls()
            .failBeforeData("a@b", 451)
            .tls(TlsVersion.TLS_1_3)
            .deliver("<1@a>")
            .closed();

    assertThat(session.sentMailInCleartext()).isTrue();
    assertThat(session.cleartextReason()).contains(CleartextReason.NEVER_TRIED_TLS);
  }

  @Test
  void mail_after_our_fin_is_a_fallback_and_mail_behind_starttls_only_exposure() {
    SmtpSession after =
        session(1)
            .ehloOffersStartTls()
            .tlsRefused(TlsVersion.TLS_1_1)
            .stray(Place.AFTER_FIN, Kind.MAIL, "MAIL FROM:<a@b>")
            .closed();
    SmtpSession behind =
        session(1)
            .ehloOffersStartTls()
            .startTls()
            .stray(Place.BEHIND_STARTTLS, Kind.MAIL, "MAIL FROM:<a@b>")
            .closed();

    assertThat(after.sentMailInCleartext()).isTrue();
    assertThat(after.cleartextReason()).contains(CleartextReason.FELL_BACK);
    assertThat(behind.sentMailInCleartext()).isTrue();
    assertThat(behind.cleartextReason()).isEmpty();
  }

  @Test
  void mail_inside_tls_is_not_in_cleartext() {
    SmtpSession session =
        session(1).ehloOffersStartTls().tls(TlsVersion.TLS_1_3).deliver("<1@a>").closed();

    assertThat(session.sentMailInCleartext()).isFalse();
  }

  @Test
  void credentials_in_cleartext_are_what_had_to_be_redacted_there() {
    assertThat(session(1).command("AUTH LOGIN").closed().sentCredentialsInCleartext()).isFalse();
    assertThat(session(1).command("AUTH PLAIN <redacted>").closed().sentCredentialsInCleartext())
        .isTrue();
    assertThat(session(1).command("<redacted>").closed().sentCredentialsInCleartext()).isTrue();
    assertThat(
            session(1)
                .command("RCPT", "RCPT TO:<redacted>", false)
                .closed()
                .sentCredentialsInCleartext())
        .isFalse();
    assertThat(
            session(1)
                .stray(Place.AFTER_FIN, Kind.AUTH, "AUTH <redacted>")
                .closed()
                .sentCredentialsInCleartext())
        .isTrue();
    assertThat(
            session(1)
                .tls(TlsVersion.TLS_1_3)
                .command("AUTH LOGIN <redacted>")
                .closed()
                .sentCredentialsInCleartext())
        .isFalse();
  }
}

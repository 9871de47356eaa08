package io.mockexo.assertj;

import io.mockexo.journal.CleartextReason;
import io.mockexo.journal.Sessions;
import io.mockexo.tls.TlsVersion;

/**
 * Assertions on fallback: a later try at the same message that was weaker, in cleartext after TLS
 * had been tried, or with a lower highest version offered. Part of {@link SessionsAssert}.
 */
abstract class AbstractFallbackAssert<SELF extends AbstractFallbackAssert<SELF>>
    extends AbstractClientAssert<SELF> {

  AbstractFallbackAssert(Sessions actual, Class<?> selfType) {
    super(actual, selfType);
  }

  /**
   * Verifies that the client fell back: for some message a try in cleartext followed one with TLS,
   * on a later connection or on the same one after a refused STARTTLS.
   *
   * <p>Mail in cleartext for which TLS was never tried is no fallback ({@link #neverTriedTls}), nor
   * is mail where STARTTLS was not on offer ({@link #sentInCleartextWithoutOffer}).
   *
   * <pre>{@code
   * // passes: TLS 1.1 was refused, and the message came in cleartext
   * assertThat(oldMailer).fellBackToCleartext();
   * // fails: TLS 1.1 was refused, and the client came no more
   * assertThat(strictMailer).fellBackToCleartext();
   * }</pre>
   */
  public SELF fellBackToCleartext() {
    return expectHappened(
        "to fall back to cleartext", sessions -> new CleartextJudge(sessions).fellBack());
  }

  /**
   * Verifies that no mail was sent in cleartext, for whatever reason: it fails on all mail in
   * cleartext, delivered or not, and says which of the three it was ({@link CleartextReason}).
   *
   * <p>Needs a quiet snapshot with at least one session.
   *
   * <pre>{@code
   * // passes: the client gave up when its TLS was refused
   * assertThat(exchange.awaitQuiet(ofSeconds(1))).neverFellBackToCleartext();
   * // fails: session 2 fell back to cleartext after session 1 (refused: offered TLS 1.1, ...)
   * assertThat(oldMailer).neverFellBackToCleartext();
   * }</pre>
   */
  public SELF neverFellBackToCleartext() {
    return expect(
        "never to fall back to cleartext",
        sessions -> new CleartextJudge(sessions).neverSentMail());
  }

  /**
   * Verifies that no mail was sent in cleartext before TLS was tried, where STARTTLS was on offer,
   * and that TLS was tried at all. It is judged for each message: one that was tried over TLS first
   * and sent in cleartext then has tried TLS, and passes here. That is a fallback, which {@link
   * #neverFellBackToCleartext} tells: alone this says nothing of how the mail came. Mail for which
   * STARTTLS was not on offer is another matter, too.
   *
   * <p>Needs a quiet snapshot with at least one session.
   *
   * <pre>{@code
   * // passes: each session sent STARTTLS
   * assertThat(exchange.awaitQuiet(ofSeconds(1))).alwaysTriedTls();
   * // fails: session 1 sent MAIL directly after EHLO
   * assertThat(simpleMailer).alwaysTriedTls();
   * }</pre>
   */
  public SELF alwaysTriedTls() {
    return expect("always to try TLS", sessions -> new CleartextJudge(sessions).alwaysTriedTls());
  }

  /**
   * Verifies that some message was sent in cleartext although STARTTLS was on offer, and none of
   * the attempts at it tried TLS.
   *
   * <p>Needs a quiet snapshot.
   *
   * <pre>{@code
   * // passes: session 1 sent MAIL directly after EHLO
   * assertThat(simpleMailer).neverTriedTls();
   * // fails: session 1 sent STARTTLS
   * assertThat(modernMailer).neverTriedTls();
   * }</pre>
   */
  public SELF neverTriedTls() {
    return expect(
        "to send mail in cleartext and never to try TLS",
        sessions -> new CleartextJudge(sessions).neverTriedTls());
  }

  /**
   * Verifies that some mail was sent in cleartext because STARTTLS was not on offer, and TLS had
   * not been tried for it before.
   *
   * <pre>{@code
   * // passes: the client is on the blocklist, which hides STARTTLS from it
   * assertThat(blockedMailer).sentInCleartextWithoutOffer();
   * // fails: STARTTLS was on offer, and was not used
   * assertThat(simpleMailer).sentInCleartextWithoutOffer();
   * }</pre>
   */
  public SELF sentInCleartextWithoutOffer() {
    return expectHappened(
        "to send mail in cleartext because STARTTLS was not on offer",
        sessions -> new CleartextJudge(sessions).sentWithoutOffer());
  }

  /**
   * Verifies that no session sent MAIL outside TLS, whatever the reply, nor mail among bytes that
   * nobody asked for.
   *
   * <p>Needs a quiet snapshot with at least one session.
   *
   * <pre>{@code
   * // passes: all mail was sent inside TLS
   * assertThat(exchange.awaitQuiet(ofSeconds(1))).neverSentMailInCleartext();
   * // fails: session 2 sent MAIL in cleartext, which was refused
   * assertThat(carelessMailer).neverSentMailInCleartext();
   * }</pre>
   */
  public SELF neverSentMailInCleartext() {
    return expect(
        "never to send mail in cleartext",
        sessions -> new CleartextJudge(sessions).neverSentMail());
  }

  /**
   * Verifies that no session sent credentials, or what may be some, outside TLS, whatever the reply
   * (see {@link io.mockexo.journal.SmtpSession#sentCredentialsInCleartext}).
   *
   * <p>Needs a quiet snapshot with at least one session.
   *
   * <pre>{@code
   * // passes: AUTH was sent inside TLS only
   * assertThat(exchange.awaitQuiet(ofSeconds(1))).neverSentCredentialsInCleartext();
   * // fails: session 1 sent AUTH before STARTTLS
   * assertThat(carelessMailer).neverSentCredentialsInCleartext();
   * }</pre>
   */
  public SELF neverSentCredentialsInCleartext() {
    return expect(
        "never to send credentials in cleartext",
        sessions -> new CleartextJudge(sessions).neverSentCredentials());
  }

  /**
   * Verifies that at least one message was delivered, and each of them inside TLS.
   *
   * <p>Needs a quiet snapshot.
   *
   * <pre>{@code
   * // passes: both messages were delivered over TLS 1.3
   * assertThat(exchange.awaitQuiet(ofSeconds(1))).allDeliveriesUsedTls();
   * // fails: session 2 delivered in cleartext
   * assertThat(oldMailer).allDeliveriesUsedTls();
   * }</pre>
   */
  public SELF allDeliveriesUsedTls() {
    return expect(
        "to deliver inside TLS only",
        sessions -> new CleartextJudge(sessions).allDeliveriesUsedTls());
  }

  /**
   * Verifies that for some message a later try offered {@code version} as its highest, lower than
   * the try before it that used TLS.
   *
   * <pre>{@code
   * // passes: session 1 offered TLS 1.3, session 2 TLS 1.2
   * assertThat(carefulMailer).fellBackToTls(TLS_1_2);
   * // fails: both sessions offered TLS 1.3
   * assertThat(modernMailer).fellBackToTls(TLS_1_2);
   * }</pre>
   *
   * @param version the highest version offered in the later try
   */
  public SELF fellBackToTls(TlsVersion version) {
    return expectHappened(
        "to fall back to " + version, sessions -> new VersionJudge(sessions).fellBackTo(version));
  }

  /**
   * Verifies that for no message a later try offered a lower highest version than the one before
   * it, and that TLS was offered at all. Going to cleartext is another matter ({@link
   * #neverFellBackToCleartext}).
   *
   * <p>Needs a quiet snapshot with at least one session.
   *
   * <pre>{@code
   * // passes: both sessions offered TLS 1.3
   * assertThat(exchange.awaitQuiet(ofSeconds(1))).neverLoweredTlsVersion();
   * // fails: session 1 offered TLS 1.3, session 2 TLS 1.2
   * assertThat(carefulMailer).neverLoweredTlsVersion();
   * }</pre>
   */
  public SELF neverLoweredTlsVersion() {
    return expect(
        "never to lower its TLS version", sessions -> new VersionJudge(sessions).neverLowered());
  }

  /**
   * Verifies that the client fell back, to cleartext or a lower version, and each time on a new
   * connection: none fell back to cleartext on the connection where STARTTLS had been refused.
   *
   * <pre>{@code
   * // passes: STARTTLS was refused in session 1, and session 2 did not use it
   * assertThat(oldMailer).usedNewConnectionForFallback();
   * // fails: STARTTLS was refused in session 1, which went on in cleartext
   * assertThat(stubbornMailer).usedNewConnectionForFallback();
   * }</pre>
   */
  public SELF usedNewConnectionForFallback() {
    return expect(
        "to use a new connection for its fallback",
        sessions -> new VersionJudge(sessions).usedNewConnection());
  }
}

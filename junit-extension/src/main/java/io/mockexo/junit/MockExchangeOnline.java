package io.mockexo.junit;

import io.mockexo.exchange.AuthRefusal;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.exchange.Middlebox;
import io.mockexo.server.MockExchange;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.CertificateFlaw;
import io.mockexo.tls.CertificateKind;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A fake Exchange Online for a test, in a field or a parameter of type {@link
 * MockExchangeOnlineServer} or {@link MockExchange}:
 *
 * <pre>{@code
 * @Test
 * void delivers(@MockExchangeOnline MockExchangeOnlineServer exchange) {
 *   mailer.send(exchange.host(), exchange.port(), message);
 *   assertThat(exchange.awaitSessions(1).only()).deliveredMessage();
 * }
 * }</pre>
 *
 * <p><strong>Scope.</strong> A static field has one server for its class, which is put back as it
 * was built before each test: open connections are dropped, and numbers, journal and faults begin
 * anew. An instance field and a parameter have one for each test; where the instance lives as long
 * as the class ({@code PER_CLASS}), an instance field is treated as a static one. A server is
 * closed when its scope ends. Two tests at the same time on one server are an error.
 *
 * <p><strong>Built or adopted.</strong> A field that is null is filled with a server built from the
 * attributes. A field that has a value keeps it: the server is started if it was not, and then also
 * closed; attributes would have no effect and are refused, but for {@link #name} and {@link
 * #optionalFaults}.
 *
 * <p>Attributes that are not given have the default of the endpoint, as {@link
 * ExchangeProfileBuilder} tells. They are arrays so that this can be told apart; they are written
 * without braces: {@code minimumTls = TLS_1_3}.
 *
 * <p><strong>Failures.</strong> When a test fails, the transcripts of its sessions stand in a
 * report entry, and with the failure: in the message of an {@link AssertionError} or {@link
 * org.opentest4j.AssertionFailedError}, which keeps its type, cause, expected and actual value; in
 * an exception that it suppresses, which is printed below it, if anything else was thrown. That is
 * the object that the test threw, for every {@code TestExecutionExceptionHandler}, before or after
 * this extension. What other extensions throw in their callbacks ({@code SoftAssertionsExtension})
 * has them too, unless that is after the {@code AfterEachCallback} of this extension. Jupiter calls
 * those in the reverse order of registration: {@code @ExtendWith} on the class is registered before
 * fields, and fields with {@code @RegisterExtension} or {@link MockExchangeOnline} by their
 * {@code @Order}. A test that passed fails if a scripted fault never fired, unless that is
 * {@linkplain InjectFault#optional() optional} or no client connected: a retry test in which
 * nothing went wrong proves nothing.
 *
 * <p><strong>Configuration parameters</strong> (in {@code junit-platform.properties}): {@value
 * MockExchangeOnlineExtension#AWAIT_TIMEOUT}, how long the awaiting methods of built servers wait
 * without a timeout of their own, for example {@code 10s}, default {@code 30s}; {@value
 * MockExchangeOnlineExtension#TRANSCRIPTS}, {@code on-failure} (the default) or {@code always}.
 *
 * <p>It can stand on an annotation of your own, and is then used through that.
 *
 * @since 0.1
 */
@Documented
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MockExchangeOnlineExtension.class)
public @interface MockExchangeOnline {

  /**
   * The failure that the server begins in, by its name in the catalogue ({@link
   * io.mockexo.scenario.Scenarios}): its rules, which the other attributes change, and its faults.
   * Default: none.
   */
  String scenario() default "";

  /** What is emulated. Default: {@link Endpoint#MX}, or the first that the scenario is for. */
  Endpoint[] endpoint() default {};

  /** The floor: clients that offer less are refused. Default: TLS 1.2. */
  TlsVersion[] minimumTls() default {};

  /** The highest version that is negotiated. Default: TLS 1.3. */
  TlsVersion[] maximumTls() default {};

  /**
   * What is done with clients below the floor or without a cipher suite in common. Default: {@link
   * TlsRefusal#FIN}.
   */
  TlsRefusal[] refuseOldTlsWith() default {};

  /** The cipher suites on offer, by IANA or OpenSSL name. Default: Exchange Online's. */
  String[] cipherSuites() default {};

  /** The key of the server certificate. Default: RSA, 2048 bits. */
  CertificateKind[] certificate() default {};

  /** What is wrong with the server certificate. Default: nothing. */
  CertificateFlaw[] certificateFlaw() default {};

  /**
   * The host names and addresses in the server certificate, and no others. Default: those of the
   * endpoint, {@code localhost}, and the addresses of the server.
   */
  String[] certificateNames() default {};

  /** Clients on the blocklist, as CIDR blocks, for example {@code 127.0.0.0/8}. Default: none. */
  String[] blockClients() default {};

  /** Who may submit with AUTH; only where there is AUTH. Default: nobody. */
  MailAccount[] accounts() default {};

  /** Why AUTH is refused whatever the credentials; only where there is AUTH. Default: it is not. */
  AuthRefusal[] authRefusal() default {};

  /** The domains whose mail is accepted; not on client submission. Default: all. */
  String[] acceptedDomains() default {};

  /** What stands between the clients and this endpoint, and inspects SMTP. Default: nothing. */
  Middlebox[] middleboxes() default {};

  /**
   * The name by which {@link InjectFault#server} knows it, where a test has several. Default: the
   * name of the field or parameter; that of a parameter is known only to code that is compiled with
   * {@code -parameters}.
   */
  String name() default "";

  /** Whether faults of an adopted server or of the scenario need not fire. Default: they must. */
  boolean optionalFaults() default false;
}

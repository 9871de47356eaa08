package io.mockexo.server;

import io.mockexo.exchange.AccessTokenSpec;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Fault;
import io.mockexo.fault.FaultScript;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.journal.AwaitTimeoutError;
import io.mockexo.journal.MessageContent;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.scenario.Scenario;
import io.mockexo.tls.CertificateSpec;
import io.mockexo.tls.ServerCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/**
 * A running fake of one endpoint of Exchange Online, wherever it runs. Safe for use by several
 * threads.
 *
 * <p>A <em>session</em> is one TCP connection, numbered from 1 at accept; it is <em>complete</em>
 * when both directions have ended, it was reset, or the grace period after our FIN has run out.
 *
 * @since 0.1
 */
public interface MockExchange {

  /** The default of {@link #awaitTimeout}: 30 seconds. */
  Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /** The address to connect to, as a literal. */
  String host();

  /** The port to connect to. */
  int port();

  /**
   * The rules for connections that are accepted from now on. Behind a control API its accounts have
   * passwords that nobody knows: a program tells who may submit, and not with what.
   */
  ExchangeProfile profile();

  /** The endpoint that is emulated. */
  default Endpoint endpoint() {
    return profile().endpoint();
  }

  /**
   * Changes the rules, for later connections only. Behind a control API the present rules are read,
   * and then what differs is written: of two that change the same rule at once, one may be lost.
   *
   * @param change gets a builder of the present rules
   * @throws IllegalArgumentException if the new rules are impossible; the present ones stay
   */
  void updateProfile(UnaryOperator<ExchangeProfileBuilder> change);

  /**
   * Adds rules that differ from the usual ones on these connections, by number, as in a fleet that
   * is half upgraded: {@code onConnections(every().each(2), p -> p.tls(t ->
   * t.minimumTls(TLS_1_3)))}. The most exact hold, alone. A later change of the usual rules changes
   * these, too, where they do not differ; behind a control API what is as usual now does not.
   *
   * @throws IllegalArgumentException if these connections have been accepted already, or the rules
   *     are impossible or would never hold; nothing changes then
   */
  void onConnections(Connections on, UnaryOperator<ExchangeProfileBuilder> change);

  /**
   * Puts these in the place of the rules that differ on some connections; none takes all away.
   *
   * @throws IllegalArgumentException as {@link #onConnections}
   */
  void replaceConnectionProfiles(Map<Connections, UnaryOperator<ExchangeProfileBuilder>> changes);

  /** The rules that differ, in full, by the connections that they are for; most exact first. */
  Map<Connections, ExchangeProfile> connectionProfiles();

  /**
   * Makes the endpoint behave as in a scenario, for connections that are accepted from now on: its
   * rules are those that it was built with, changed as the scenario needs it, and the scenario's
   * script takes the place of the present one; it is the same on all connections. Sessions and
   * their numbers stay.
   *
   * @throws IllegalArgumentException if this endpoint cannot behave so; nothing changes then
   */
  void apply(Scenario scenario);

  /**
   * Adds faults to the script, for the connection with this number, from 1.
   *
   * @throws IllegalArgumentException if that connection has been accepted already
   */
  default void onConnection(int number, Fault... faults) {
    inject(Connections.connection(number), faults);
  }

  /** Adds faults for the n-th connection that reaches EHLO or HELO. */
  default void onAttempt(int number, Fault... faults) {
    inject(Connections.attempt(number), faults);
  }

  /** Adds faults for every later connection. */
  default void onEveryConnection(Fault... faults) {
    inject(Connections.every(), faults);
  }

  /**
   * Adds faults to the script. Only connections that are accepted from now on can meet them.
   *
   * @throws IllegalArgumentException if all these connections have been accepted already, or one of
   *     the faults can never fire ({@link FaultScript})
   */
  void inject(Connections on, Fault... faults);

  /** The script: faults that were built in, and those added since the start or the last reset. */
  FaultScript script();

  /**
   * The faults of the script that have not fired. One for several connections has fired when any of
   * them has met it.
   */
  List<ScriptedFault> unfiredFaults();

  /** A client context that trusts the server's test CA and nothing else. */
  SSLContext clientSslContext();

  /** The certificate of the test CA in PEM. */
  String caPem();

  /** A trust store with the certificate of the test CA and nothing else. */
  KeyStore trustStore();

  /**
   * A certificate and its key for a client, from the test CA: {@code
   * CertificateSpec.forHost("mail.contoso.com")}, {@code withFlaw} if it is not to be believed. The
   * key is of a test identity, protects nothing, and no server has it.
   *
   * @throws IllegalArgumentException if there can be none, or no control API can say what is wanted
   */
  ServerCertificate issueToClient(CertificateSpec spec);

  /**
   * Properties with which a Jakarta Mail {@code Session} reaches this server and trusts it: host,
   * port, and a socket factory for STARTTLS. Whether STARTTLS is used, and how strictly, is for the
   * application to say ({@code mail.smtp.starttls.enable}, {@code mail.smtp.starttls.required}).
   */
  default Properties jakartaMailProperties() {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", host());
    properties.put("mail.smtp.port", Integer.toString(port()));
    properties.put("mail.smtp.ssl.socketFactory", clientSslContext().getSocketFactory());
    return properties;
  }

  /**
   * Tells Spring Boot's {@code JavaMailSender} where this server is and to trust it, in one line:
   *
   * <pre>{@code
   * @MockExchangeOnline static MockExchangeOnlineServer exchange;
   *
   * @DynamicPropertySource
   * static void mail(DynamicPropertyRegistry registry) {
   *   exchange.springMailProperties(registry::add);
   * }
   * }</pre>
   *
   * <p>A context that is cached for several test classes outlives a server that belongs to one of
   * them. There the server is a bean, and so is who tells of it; the application's own {@code
   * spring.mail.host} has to be set to something, or Spring Boot makes no {@code JavaMailSender}:
   *
   * <pre>{@code
   * @Bean
   * MockExchangeOnlineServer exchange() {
   *   return MockExchangeOnlineServer.mx().start();
   * }
   *
   * @Bean
   * DynamicPropertyRegistrar mail(MockExchangeOnlineServer exchange) {
   *   return registry -> exchange.springMailProperties(registry::add);
   * }
   * }</pre>
   *
   * <p>Sets {@code spring.mail.host}, {@code spring.mail.port}, and {@code spring.mail.ssl.bundle}
   * to an SSL bundle {@code mock-exchange-online} that trusts the test CA and nothing else. Whether
   * STARTTLS is used, and how strictly, is for the application to say ({@code
   * spring.mail.properties.mail.smtp.starttls.enable}, {@code ...required}). Tried with Spring Boot
   * 3.5 and 4.1.
   *
   * @param registry gets each property with its value, which is asked for when Spring needs it
   */
  default void springMailProperties(BiConsumer<String, Supplier<Object>> registry) {
    String bundle = "mock-exchange-online";
    registry.accept("spring.mail.host", this::host);
    registry.accept("spring.mail.port", this::port);
    registry.accept("spring.mail.ssl.bundle", () -> bundle);
    registry.accept("spring.ssl.bundle.pem." + bundle + ".truststore.certificate", this::caPem);
  }

  /**
   * Writes the {@link #trustStore} to a file, for a client in another process: {@code
   * -Djavax.net.ssl.trustStore=FILE -Djavax.net.ssl.trustStorePassword=...}. It is of type PKCS12,
   * and has no secret.
   *
   * @param file is made, or overwritten
   * @param password checks that the file is whole; a JVM that is not told it finds no certificate
   * @throws UncheckedIOException if the file cannot be written
   */
  default void writeTrustStore(Path file, char[] password) {
    KeyStore store = trustStore();
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the trust store to " + file, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot write a PKCS12 trust store", e);
    }
  }

  /**
   * A good access token for AUTH XOAUTH2 of this user, valid for an hour: for a {@code
   * mail.smtp.password} with {@code mail.smtp.auth.mechanisms=XOAUTH2}.
   */
  default String accessToken(String user) {
    return accessToken(AccessTokenSpec.forUser(user));
  }

  /**
   * An access token, good or bad: {@code AccessTokenSpec.forUser("alice@contoso.com")
   * .withFlaw(TokenFlaw.EXPIRED)}. Every account of this endpoint takes it if it is good, whatever
   * other credentials the account has.
   */
  default String accessToken(AccessTokenSpec spec) {
    return profile().tenant().tokenIssuer().issue(spec);
  }

  /** How long the awaiting methods without a timeout of their own wait. */
  default Duration awaitTimeout() {
    return DEFAULT_TIMEOUT;
  }

  /** The complete sessions, oldest first. */
  Sessions sessions();

  /** The sessions that are still open, as they are at this moment. */
  List<SmtpSession> open();

  /**
   * The messages accepted, oldest first, on complete sessions and on open ones; without those for
   * which the journal had no room.
   */
  List<MessageContent> messages();

  /**
   * Waits until the sessions 1 to {@code n} are complete.
   *
   * @throws AwaitTimeoutError after {@link #awaitTimeout}
   */
  default Sessions awaitSessions(int n) {
    return awaitSessions(n, awaitTimeout());
  }

  /**
   * Waits until the sessions 1 to {@code n} are complete. A client that keeps its connection open
   * needs {@link #awaitMessages(int, Duration)}.
   *
   * @throws AwaitTimeoutError if they are not after {@code timeout}; it has the sessions seen
   */
  Sessions awaitSessions(int n, Duration timeout);

  /**
   * Waits until {@code n} messages have been accepted.
   *
   * @throws AwaitTimeoutError after {@link #awaitTimeout}
   */
  default Sessions awaitMessages(int n) {
    return awaitMessages(n, awaitTimeout());
  }

  /**
   * Waits until {@code n} messages have been accepted since the start or the last {@link #reset}.
   * The result has the open sessions, too.
   *
   * @throws AwaitTimeoutError if they have not after {@code timeout}; it has the sessions seen
   */
  Sessions awaitMessages(int n, Duration timeout);

  /**
   * Waits until no session is open and nothing has happened for {@code period}. What is asserted to
   * have <em>never</em> happened needs such a snapshot.
   *
   * @throws AwaitTimeoutError after {@code period} and {@link #awaitTimeout}
   */
  default Sessions awaitQuiet(Duration period) {
    return awaitQuiet(period, period.plus(awaitTimeout()));
  }

  /**
   * As {@link #awaitQuiet(Duration)}, with a timeout.
   *
   * @throws AwaitTimeoutError if it is not quiet after {@code timeout}; it has the sessions seen
   */
  Sessions awaitQuiet(Duration period, Duration timeout);

  /**
   * Puts everything back as it was built: profile, script, numbering, an empty journal. Open
   * connections are dropped. Faults that were added since are gone, whether they have fired or not,
   * and nobody is told of those that have not: ask for {@link #unfiredFaults} before.
   */
  void reset();
}

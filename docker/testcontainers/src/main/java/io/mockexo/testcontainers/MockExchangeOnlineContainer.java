package io.mockexo.testcontainers;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.mockexo.client.MockExchangeClient;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfileBuilder;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Fault;
import io.mockexo.scenario.Scenario;
import io.mockexo.scenario.Scenarios;
import io.mockexo.server.MockExchange;
import io.mockexo.tls.TlsRefusal;
import io.mockexo.tls.TlsVersion;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A fake Exchange Online in a container. Its endpoints are {@link MockExchange}s: every assertion
 * holds for them as for a server in this JVM.
 *
 * <pre>{@code
 * try (MockExchangeOnlineContainer exchange = new MockExchangeOnlineContainer()) {
 *   exchange.start();
 *   exchange.mx().onConnection(1, at(CLIENT_HELLO).drop(RST));
 *
 *   mailer.send(exchange.getHost(), exchange.getMxPort(), message);
 *
 *   assertThat(exchange.mx().awaitMessages(1)).retriedAfterTlsFailure();
 * }
 * }</pre>
 *
 * <p>It has started when all its endpoints listen, and when the program cannot start, {@link
 * #start} fails at once with what it said. Other containers of a network reach it by its alias, on
 * ports 2525 and 2587.
 *
 * <p>What is set here is what the endpoints are built with, so that {@link MockExchange#reset}
 * comes back to it; what is changed over {@link #mx()} while they run is gone then. Either these
 * methods set the rules, or a configuration does ({@link #withConfig(String)}), which can say
 * everything.
 *
 * <p>Works with Testcontainers 2.0.3 or later, and 1.21.4.
 *
 * @since 0.1
 */
public class MockExchangeOnlineContainer extends GenericContainer<MockExchangeOnlineContainer> {

  /** The MX inside the container. */
  public static final int MX_PORT = 2525;

  /** Client submission inside the container. */
  public static final int SUBMISSION_PORT = 2587;

  /** The control API inside the container. */
  public static final int CONTROL_PORT = 8025;

  private static final String CONFIG_FILE = "/mockexo-config.yaml";
  private static final String TOKEN_FILE = "/mockexo-control-token";

  private final List<String> arguments = new ArrayList<>();
  private final Map<String, MockExchange> endpoints = new ConcurrentHashMap<>();
  private final ContainerSettings settings = new ContainerSettings();
  private @Nullable String controlToken;
  private volatile @Nullable MockExchangeClient client;

  /**
   * A container of the image {@code mock-exchange-online:latest} of this machine, which {@code
   * docker build -t mock-exchange-online docker} makes. It is never pulled.
   */
  @SuppressWarnings("this-escape") // as with every container class
  public MockExchangeOnlineContainer() {
    this(LocalImage.NAME);
    withImagePullPolicy(new LocalImage());
  }

  /** A container of this image, for example one that you keep in a registry of your own. */
  public MockExchangeOnlineContainer(String image) {
    this(DockerImageName.parse(image));
  }

  /** A container of this image, for example one that you keep in a registry of your own. */
  @SuppressWarnings("this-escape") // as with every container class
  public MockExchangeOnlineContainer(DockerImageName image) {
    super(image);
    withExposedPorts(MX_PORT, SUBMISSION_PORT, CONTROL_PORT);
    waitingFor(new HealthWait());
  }

  /**
   * Sets the configuration: endpoints and their rules, as {@code serve --config} takes them. An
   * endpoint that listens on another port than {@value #MX_PORT} or {@value #SUBMISSION_PORT} needs
   * {@link #addExposedPort}.
   *
   * @param yaml the text, in YAML or JSON
   * @throws IllegalStateException if another method has set a rule, a fault or a scenario
   */
  public MockExchangeOnlineContainer withConfig(String yaml) {
    settings.leaveToFile();
    return withCopyToContainer(Transferable.of(yaml), CONFIG_FILE);
  }

  /**
   * Sets the configuration, as {@link #withConfig(String)} does.
   *
   * @param file of this machine, or of the class path
   * @throws IllegalStateException if another method has set a rule, a fault or a scenario
   */
  public MockExchangeOnlineContainer withConfig(MountableFile file) {
    settings.leaveToFile();
    return withCopyFileToContainer(file, CONFIG_FILE);
  }

  /** The floor of both endpoints: clients that offer less are refused. Default: TLS 1.2. */
  public MockExchangeOnlineContainer withMinimumTls(TlsVersion version) {
    settings.rules(rules -> rules.tls(tls -> tls.minimumTls(version)));
    return self();
  }

  /**
   * What both endpoints do with clients below the floor or without a cipher suite in common.
   * Default: {@link TlsRefusal#FIN}.
   */
  public MockExchangeOnlineContainer withRefuseOldTlsWith(TlsRefusal refusal) {
    settings.rules(rules -> rules.tls(tls -> tls.refuseOldTlsWith(refusal)));
    return self();
  }

  /**
   * Clients on the blocklist of both endpoints, as CIDR blocks. A client on this machine comes from
   * the gateway of the container's network. Default: none.
   *
   * @throws IllegalArgumentException if one is not a CIDR block
   */
  public MockExchangeOnlineContainer withBlockedClients(String... cidrs) {
    settings.rules(rules -> rules.blockClients(cidrs));
    return self();
  }

  /** Adds an account that AUTH LOGIN accepts on client submission. Default: nobody may submit. */
  public MockExchangeOnlineContainer withAccount(String user, String password) {
    settings.rules(Endpoint.CLIENT_SUBMISSION, rules -> rules.account(user, password));
    return self();
  }

  /**
   * Adds rules that differ from the usual ones on these connections of the MX, as in a fleet that
   * is half upgraded: {@code withMxRules(every().each(2), p -> p.tls(t -> t.minimumTls(TLS_1_3)))}.
   * Those of other methods are the usual ones, whatever the order. Default: none.
   *
   * @throws IllegalArgumentException if they would never hold, or others would not because of them
   */
  public MockExchangeOnlineContainer withMxRules(
      Connections on, UnaryOperator<ExchangeProfileBuilder> change) {
    settings.rules(Endpoint.MX, on, change);
    return self();
  }

  /** As {@link #withMxRules}, of client submission. Default: none. */
  public MockExchangeOnlineContainer withSubmissionRules(
      Connections on, UnaryOperator<ExchangeProfileBuilder> change) {
    settings.rules(Endpoint.CLIENT_SUBMISSION, on, change);
    return self();
  }

  /**
   * Adds what goes wrong on these connections of the MX, for example {@code
   * withMxFaults(connection(1), at(CLIENT_HELLO).drop(RST))}. Default: nothing.
   *
   * @throws IllegalArgumentException if one of the faults can never fire
   */
  public MockExchangeOnlineContainer withMxFaults(Connections on, Fault... faults) {
    settings.faults(Endpoint.MX, on, faults);
    return self();
  }

  /**
   * Adds what goes wrong on these connections of client submission. Default: nothing.
   *
   * @throws IllegalArgumentException if one of the faults can never fire
   */
  public MockExchangeOnlineContainer withSubmissionFaults(Connections on, Fault... faults) {
    settings.faults(Endpoint.CLIENT_SUBMISSION, on, faults);
    return self();
  }

  /**
   * Makes the endpoints that can behave as in this scenario behave so from the first connection on:
   * its rules change those that are set here, its faults come before those that are added here. The
   * last one counts.
   */
  public MockExchangeOnlineContainer withScenario(Scenario scenario) {
    settings.scenario(scenario);
    return self();
  }

  /**
   * As {@link #withScenario(Scenario)}.
   *
   * @throws IllegalArgumentException if there is none of this name; the message has the nearest one
   */
  public MockExchangeOnlineContainer withScenario(String name) {
    return withScenario(Scenarios.named(name));
  }

  /** Wants this token of everybody who changes something over the control API. */
  public MockExchangeOnlineContainer withControlToken(String token) {
    controlToken = token;
    return withCopyToContainer(Transferable.of(token), TOKEN_FILE);
  }

  /**
   * Adds arguments of {@code serve}, for example {@code --minimum-tls=TLS_1_3}. Unlike a
   * configuration they need no file, and so do for a container that is read-only.
   */
  public MockExchangeOnlineContainer withArguments(String... more) {
    arguments.addAll(List.of(more));
    return self();
  }

  @Override
  protected void configure() {
    List<String> command = new ArrayList<>(List.of("serve"));
    if (settings.areMade()) {
      withCopyToContainer(settings, CONFIG_FILE);
    }
    if (settings.areMade() || settings.areInFile()) {
      command.add("--config=" + CONFIG_FILE);
    }
    if (controlToken != null) {
      command.add("--control-token-file=" + TOKEN_FILE);
    }
    command.addAll(arguments);
    setCommandParts(command.toArray(String[]::new));
  }

  /** The port of this machine behind which the MX is. */
  public int getMxPort() {
    return getMappedPort(MX_PORT);
  }

  /** The port of this machine behind which client submission is. */
  public int getSubmissionPort() {
    return getMappedPort(SUBMISSION_PORT);
  }

  /** Where the control API is, for example {@code http://localhost:32768}. */
  public URI getControlUri() {
    return URI.create("http://%s:%d".formatted(getHost(), getMappedPort(CONTROL_PORT)));
  }

  /** The endpoint named {@code mx}, as clients on this machine reach it. */
  public MockExchange mx() {
    return endpoint(ContainerSettings.MX);
  }

  /** The endpoint named {@code client-submission}, as clients on this machine reach it. */
  public MockExchange clientSubmission() {
    return endpoint(ContainerSettings.CLIENT_SUBMISSION);
  }

  /**
   * The endpoint with this name of the configuration, as clients on this machine reach it.
   *
   * @throws IllegalArgumentException if there is none
   * @throws IllegalStateException if the container does not run
   */
  public MockExchange endpoint(String name) {
    MockExchangeClient program = program();
    return endpoints.computeIfAbsent(
        name,
        wanted -> {
          int inside = program.endpoint(wanted).port();
          return program.endpoint(wanted, getHost(), getMappedPort(inside));
        });
  }

  /** The certificate of the test CA in PEM, which all endpoints have theirs from. */
  public String caPem() {
    return program().caPem();
  }

  /** A client context that trusts the test CA and nothing else. */
  public SSLContext clientSslContext() {
    return program().clientSslContext();
  }

  /** What its methods have set. */
  ContainerSettings settings() {
    return settings;
  }

  private MockExchangeClient program() {
    MockExchangeClient program = client;
    if (program == null) {
      throw new IllegalStateException("the container does not run; call start() first");
    }
    return program;
  }

  @Override
  protected void containerIsStarted(InspectContainerResponse container) {
    client = MockExchangeClient.connect(getControlUri(), controlToken);
  }

  @Override
  public void stop() {
    MockExchangeClient program = client;
    client = null;
    endpoints.clear();
    if (program != null) {
      program.close();
    }
    super.stop();
  }
}

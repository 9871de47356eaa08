package io.mockexo.testcontainers;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.mockexo.client.MockExchangeClient;
import io.mockexo.server.MockExchange;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
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
  private boolean configured;
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
   */
  public MockExchangeOnlineContainer withConfig(String yaml) {
    configured = true;
    return withCopyToContainer(Transferable.of(yaml), CONFIG_FILE);
  }

  /**
   * Sets the configuration, as {@link #withConfig(String)} does.
   *
   * @param file of this machine, or of the class path
   */
  public MockExchangeOnlineContainer withConfig(MountableFile file) {
    configured = true;
    return withCopyFileToContainer(file, CONFIG_FILE);
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
    if (configured) {
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
    return endpoint("mx");
  }

  /** The endpoint named {@code client-submission}, as clients on this machine reach it. */
  public MockExchange clientSubmission() {
    return endpoint("client-submission");
  }

  /**
   * The endpoint with this name of the configuration, as clients on this machine reach it.
   *
   * @throws IllegalArgumentException if there is none
   * @throws IllegalStateException if the container does not run
   */
  public MockExchange endpoint(String name) {
    MockExchangeClient program = client;
    if (program == null) {
      throw new IllegalStateException("the container does not run; call start() first");
    }
    int inside = program.endpoint(name).port();
    return program.endpoint(name, getHost(), getMappedPort(inside));
  }

  @Override
  protected void containerIsStarted(InspectContainerResponse container) {
    client = MockExchangeClient.connect(getControlUri(), controlToken);
  }

  @Override
  public void stop() {
    MockExchangeClient program = client;
    client = null;
    if (program != null) {
      program.close();
    }
    super.stop();
  }
}

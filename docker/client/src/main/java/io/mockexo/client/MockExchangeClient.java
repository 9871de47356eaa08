package io.mockexo.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.mockexo.server.MockExchange;
import io.mockexo.tls.CertificateSpec;
import io.mockexo.tls.NearestName;
import io.mockexo.tls.ServerCertificate;
import io.mockexo.tls.TrustAnchor;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs elsewhere: in a container, in a cluster, on a machine of the lab.
 *
 * <pre>{@code
 * try (MockExchangeClient program = MockExchangeClient.connect(URI.create("http://127.0.0.1:8025"))) {
 *   MockExchange mx = program.mx();
 *   mailer.send(mx.host(), mx.port(), message);
 *   assertThat(mx.awaitSessions(1)).neverFellBackToCleartext();
 * }
 * }</pre>
 *
 * <p>Its endpoints are {@link MockExchange}s, so every assertion holds for them as for a server in
 * this JVM. Two things stay with the program: credentials of accounts, which it takes and never
 * tells, and TLS secrets ({@code serve --key-log}), but for those in {@link #evidence}.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class MockExchangeClient implements AutoCloseable {

  private final ControlApi api;

  private MockExchangeClient(ControlApi api) {
    this.api = api;
  }

  /**
   * A client of the program whose control API is there. Nothing is sent yet.
   *
   * @param controlApi for example {@code http://127.0.0.1:8025}
   * @throws IllegalArgumentException if it is not a URI of HTTP
   */
  public static MockExchangeClient connect(URI controlApi) {
    return connect(controlApi, null);
  }

  /**
   * As {@link #connect(URI)}, for a program that wants a token of those who change something.
   *
   * @param token what is in the file that {@code --control-token-file} names; null if none is
   *     wanted
   * @throws IllegalArgumentException if it is not a URI of HTTP, or the token cannot be one
   */
  public static MockExchangeClient connect(URI controlApi, @Nullable String token) {
    String scheme = String.valueOf(controlApi.getScheme());
    if (!List.of("http", "https").contains(scheme) || controlApi.getHost() == null) {
      throw new IllegalArgumentException(
          "expected the URI of a control API, for example http://127.0.0.1:8025, but this is '%s'"
              .formatted(controlApi));
    }
    if (token != null && !token.matches("[\\x21-\\x7e]+")) {
      throw new IllegalArgumentException(
          "a token is one word of ASCII; is there a line break at its end?");
    }
    return new MockExchangeClient(new ControlApi(controlApi, token));
  }

  /** The names of the endpoints, in the order of the configuration. */
  public List<String> endpoints() {
    List<String> names = new ArrayList<>();
    api.get("endpoints").forEach(endpoint -> names.add(endpoint.get("name").asText()));
    return List.copyOf(names);
  }

  /** The endpoint named {@code mx}. */
  public MockExchange mx() {
    return endpoint("mx");
  }

  /** The endpoint named {@code client-submission}. */
  public MockExchange clientSubmission() {
    return endpoint("client-submission");
  }

  /**
   * The endpoint with this name. It is reached on the address that it listens on; where that is
   * good on its own machine only, and the control API is on another, on the host of the control
   * API.
   *
   * @throws IllegalArgumentException if there is none
   */
  public MockExchange endpoint(String name) {
    JsonNode endpoint = find(name);
    InetAddress own = address(endpoint.get("host").asText());
    InetAddress control = address(api.base().getHost());
    return new RemoteExchange(api, name, reachable(own, control), endpoint.get("port").asInt());
  }

  /**
   * Where to reach what listens on {@code own} of the machine that is reached as {@code control}.
   */
  static InetAddress reachable(InetAddress own, InetAddress control) {
    boolean meansItsMachine = own.isLoopbackAddress() && !control.isLoopbackAddress();
    return own.isAnyLocalAddress() || meansItsMachine ? control : own;
  }

  /**
   * The endpoint with this name, which clients reach at another place than it knows of itself, as
   * behind the port that a container engine maps.
   *
   * @throws IllegalArgumentException if there is no such endpoint
   */
  public MockExchange endpoint(String name, String host, int port) {
    return new RemoteExchange(api, find(name).get("name").asText(), address(host), port);
  }

  private JsonNode find(String name) {
    for (JsonNode endpoint : api.get("endpoints")) {
      if (endpoint.get("name").asText().equals(name)) {
        return endpoint;
      }
    }
    List<String> names = endpoints();
    String near = NearestName.closeTo(name, names).map(" did you mean %s?"::formatted).orElse("");
    throw new IllegalArgumentException(
        "there is no endpoint '%s';%s there are %s"
            .formatted(name, near, String.join(", ", names)));
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("'%s' is not known as an address".formatted(host), e);
    }
  }

  /**
   * All that there is of a session, as a zip archive: transcript, JSON, messages, and a capture for
   * Wireshark, as long as the program keeps the bytes of that connection.
   *
   * @param secrets whether the capture has the TLS secrets in it ({@code serve --evidence-secrets})
   *     and credentials that could be read on the wire; its name says so then
   * @throws IllegalArgumentException if there is no such endpoint, or the secrets of that session
   *     were not kept
   * @throws ControlApiException if there is no such session, or a token is missing
   */
  public byte[] evidence(String endpoint, int session, boolean secrets) {
    String name = find(endpoint).get("name").asText();
    return new RemoteExchange(api, name, InetAddress.getLoopbackAddress(), 0)
        .evidence(session, secrets);
  }

  /** The certificate of the test CA in PEM, which all endpoints have theirs from. */
  public String caPem() {
    return api.text("ca.pem");
  }

  /** A client context that trusts the test CA and nothing else. */
  public SSLContext clientSslContext() {
    return TrustAnchor.ofPem(caPem()).clientSslContext();
  }

  /**
   * A certificate, with its key, for a client that wants to be known by it; the test CA issues it.
   *
   * @throws IllegalArgumentException as {@link MockExchange#issueToClient}
   */
  public ServerCertificate issueToClient(CertificateSpec spec) {
    return api.issue(spec);
  }

  /** The version of the program. */
  public String version() {
    return api.get("version").get("version").asText();
  }

  /** Whether it answers, and all its endpoints listen. */
  public boolean isHealthy() {
    try {
      return api.send("GET", "health", null, Duration.ZERO).status() == 200;
    } catch (ControlApiException e) {
      return false;
    }
  }

  /** Closes the connections. The program runs on. */
  @Override
  public void close() {
    api.close();
  }
}

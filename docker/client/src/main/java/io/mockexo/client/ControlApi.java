package io.mockexo.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mockexo.client.wire.CertificateRequest;
import io.mockexo.client.wire.Wire;
import io.mockexo.tls.CertificateSpec;
import io.mockexo.tls.ServerCertificate;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Requests to one program. Thread-safe. */
final class ControlApi implements AutoCloseable {

  /** For an answer that is not held back. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI base;
  private final @Nullable String token;
  private final ObjectMapper mapper = Wire.mapper();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(PATIENCE)
          .proxy(HttpClient.Builder.NO_PROXY)
          .build();

  /** A status of HTTP, and the body. */
  static final class Answer {
    private final int status;
    private final String type;
    private final byte[] body;

    private Answer(HttpResponse<byte[]> response) {
      this.status = response.statusCode();
      this.type = response.headers().firstValue("Content-Type").orElse("");
      this.body = response.body();
    }

    int status() {
      return status;
    }

    /** Whether it says what is wrong (RFC 9457). */
    boolean isProblem() {
      return type.startsWith("application/problem+json");
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  ControlApi(URI base, @Nullable String token) {
    String text = base.toString();
    this.base = URI.create(text.endsWith("/") ? text : text + "/");
    this.token = token;
  }

  URI base() {
    return base;
  }

  ObjectMapper mapper() {
    return mapper;
  }

  JsonNode get(String path) {
    return json(require(send("GET", path, null, Duration.ZERO), path));
  }

  String text(String path) {
    return require(send("GET", path, null, Duration.ZERO), path).text();
  }

  /** A certificate for a client, and its key. */
  ServerCertificate issue(CertificateSpec spec) {
    String path = "client-certificates";
    Answer answer = send("POST", path, CertificateRequest.write(spec), Duration.ZERO);
    return ServerCertificate.ofPem(require(answer, path).text());
  }

  byte[] bytes(String path) {
    return require(send("GET", path, null, Duration.ZERO), path).body;
  }

  void change(String method, String path, @Nullable Object body) {
    require(send(method, path, body, Duration.ZERO), path);
  }

  /** What the answer to a form says. */
  JsonNode form(String path, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    Answer answer =
        exchange(
            base.resolve(path),
            HttpRequest.newBuilder(base.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    if (answer.status() == 200) {
      return json(answer);
    }
    throw new IllegalArgumentException(
        json(answer).path("error_description").asText("the answer is that of no token endpoint"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * An answer of any status.
   *
   * @param heldBack for how long the answer may be held back on purpose
   */
  Answer send(String method, String path, @Nullable Object body, Duration heldBack) {
    URI uri = base.resolve(path);
    try {
      HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(heldBack.plus(PATIENCE));
      if (token != null) {
        request.header("Authorization", "Bearer " + token);
      }
      if (body == null) {
        request.method(method, BodyPublishers.noBody());
      } else {
        request
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofByteArray(mapper.writeValueAsBytes(body)));
      }
      return exchange(uri, request);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("this cannot be written as JSON", e);
    }
  }

  private Answer exchange(URI uri, HttpRequest.Builder request) {
    HttpRequest built = request.build();
    try {
      return new Answer(http.send(built, BodyHandlers.ofByteArray()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + uri, e);
    } catch (IOException e) {
      throw new ControlApiException(
          "%s %s: no answer (%s); is the program running, and its control port reachable?"
              .formatted(built.method(), uri, e),
          e);
    }
  }

  JsonNode json(Answer answer) {
    try {
      return mapper.readTree(answer.body);
    } catch (JsonProcessingException e) {
      throw new ControlApiException("%s answered what is not JSON".formatted(base), e);
    } catch (IOException e) {
      throw new IllegalStateException("bytes can always be read", e);
    }
  }

  private Answer require(Answer answer, String path) {
    if (answer.status() / 100 == 2) {
      return answer;
    }
    throw problem(answer, path);
  }

  /** What the answer says is wrong; a mistake of the caller is the exception of the interface. */
  RuntimeException problem(Answer answer, String path) {
    JsonNode problem = answer.isProblem() ? json(answer) : mapper.createObjectNode();
    String pointer = problem.path("pointer").asText("");
    String detail = problem.path("detail").asText("which is no answer of a control API");
    if (answer.isProblem() && answer.status() == 400) {
      return new IllegalArgumentException(pointer.isEmpty() ? detail : pointer + ": " + detail);
    } else if (answer.isProblem() && answer.status() == 409) {
      return new IllegalArgumentException(detail);
    }
    return new ControlApiException(
        "%s: %d, %s".formatted(base.resolve(path), answer.status(), detail),
        answer.status(),
        pointer);
  }

  /** Closes the connections, where the JDK can: from 21 on. Before, the collector does it. */
  @Override
  public void close() {
    if (http instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException("an HTTP client does not fail to close", e);
      }
    }
  }
}

package io.mockexo.standalone.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mockexo.client.wire.CertificateRequest;
import io.mockexo.client.wire.Setting;
import io.mockexo.tls.CertificateSpec;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;

/** What concerns the program as a whole. */
final class ProgramRoutes {

  private final Endpoints endpoints;
  private final Answers answers;
  private final ObjectMapper mapper;
  private final Metrics metrics;
  private final String version;

  ProgramRoutes(
      Endpoints endpoints, Answers answers, ObjectMapper mapper, Metrics metrics, String version) {
    this.endpoints = endpoints;
    this.answers = answers;
    this.mapper = mapper;
    this.metrics = metrics;
    this.version = version;
  }

  void addTo(Router router) {
    router.get("/health").handler(Query.only()).handler(this::health);
    router.get("/version").handler(Query.only()).handler(this::version);
    router.get("/metrics").handler(Query.only()).handler(this::metrics);
    router.get("/ca.pem").handler(Query.only()).handler(this::authority);
    router.post("/client-certificates").handler(Query.only()).handler(this::clientCertificate);
    router.get("/openapi.yaml").handler(Query.only()).handler(this::description);
  }

  private void health(RoutingContext context) {
    ObjectNode node = mapper.createObjectNode();
    ObjectNode states = mapper.createObjectNode();
    endpoints.forEach((name, server) -> states.put(name, server.isRunning() ? "UP" : "DOWN"));
    boolean up = states.valueStream().allMatch(state -> state.asText().equals("UP"));
    node.put("status", up ? "UP" : "DOWN").set("endpoints", states);
    answers.json(context, up ? 200 : 503, node);
  }

  private void version(RoutingContext context) {
    answers.json(
        context,
        mapper
            .createObjectNode()
            .put("name", "mock-exchange-online")
            .put("version", version)
            .put("java", Runtime.version().toString()));
  }

  private void metrics(RoutingContext context) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, Metrics.MEDIA_TYPE)
        .end(metrics.scrape());
  }

  private void authority(RoutingContext context) {
    pem(context, () -> endpoints.first().caPem());
  }

  private void clientCertificate(RoutingContext context) {
    Setting body = Answers.body(context);
    CertificateSpec spec = body.as(CertificateRequest::read);
    pem(context, () -> body.as(all -> endpoints.first().issueToClient(spec)).pem());
  }

  /** Keys may have to be made for it. */
  private static void pem(RoutingContext context, Callable<String> maker) {
    context
        .vertx()
        .executeBlocking(maker, false)
        .onSuccess(
            pem ->
                context
                    .response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/x-pem-file")
                    .end(pem))
        .onFailure(failure -> context.fail(500, failure));
  }

  private void description(RoutingContext context) {
    try (InputStream yaml =
        Objects.requireNonNull(ProgramRoutes.class.getResourceAsStream("/openapi.yaml"))) {
      context
          .response()
          .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml")
          .end(new String(yaml.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

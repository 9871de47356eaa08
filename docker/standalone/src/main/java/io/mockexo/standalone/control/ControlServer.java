package io.mockexo.standalone.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mockexo.client.wire.Host;
import io.mockexo.client.wire.Wire;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The HTTP control API of a running program. */
public final class ControlServer implements AutoCloseable {

  static final long MAX_BODY_BYTES = 1 << 20;

  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(10), Duration.ofMinutes(1));

  /**
   * How long somebody may hold a connection open byte by byte, or for nothing.
   *
   * @param body until a body is whole
   * @param request until the head of the next request is whole
   */
  record Patience(Duration body, Duration request) {}

  /** Above the longest await, which is silent all the time. */
  private static final int IDLE_MINUTES = 65;

  private final Vertx vertx;
  private final EventHub events;
  private final Metrics metrics;
  private final SessionRoutes sessions;
  private final Router router;
  private final HttpServer server;

  private ControlServer(
      Vertx vertx,
      EventHub events,
      Metrics metrics,
      SessionRoutes sessions,
      Router router,
      HttpServer server) {
    this.vertx = vertx;
    this.events = events;
    this.metrics = metrics;
    this.sessions = sessions;
    this.router = router;
    this.server = server;
  }

  /**
   * Starts it.
   *
   * @param version what it says of itself
   * @param controlled what it shows and changes
   * @throws UncheckedIOException if the port cannot be bound
   */
  public static ControlServer start(ControlOptions options, String version, Controlled controlled) {
    return start(options, version, controlled, PATIENCE);
  }

  static ControlServer start(
      ControlOptions options, String version, Controlled controlled, Patience patience) {
    Vertx vertx = Vertx.vertx(vertxOptions());
    IdleConnections connections = new IdleConnections(vertx, patience.request());
    Endpoints endpoints = new Endpoints(controlled.servers());
    ObjectMapper mapper = Wire.mapper();
    EventHub events = new EventHub(mapper, vertx);
    Metrics metrics = new Metrics(endpoints);
    Answers answers = new Answers(mapper);

    Guard guard = new Guard(options);
    Router router = Router.router(vertx);
    router.route().failureHandler(context -> answers.failed(context, 500));
    router.route().handler(context -> requireQuickBody(context, patience.body(), answers));
    router.route().handler(guard::check);
    router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
    new ConsoleRoutes().addTo(router);
    new ProgramRoutes(endpoints, answers, mapper, metrics, version).addTo(router);
    new EndpointRoutes(endpoints, answers, mapper, events).addTo(router);
    new ConnectionRoutes(endpoints, answers, events).addTo(router);
    new ScenarioRoutes(endpoints, answers, mapper, events, controlled.catalogue()).addTo(router);
    new TokenRoutes(endpoints, answers, mapper).addTo(router);
    SessionRoutes sessions = new SessionRoutes(vertx, endpoints, answers, mapper, events);
    sessions.addTo(router);
    new ReportRoutes(vertx, endpoints, sessions, answers, mapper).addTo(router);
    new EvidenceRoutes(vertx, sessions, controlled.evidence(), guard).addTo(router);
    new EventRoute(vertx, events).addTo(router);
    for (int status : new int[] {400, 404, 500}) { // where no route is reached
      router.errorHandler(status, context -> answers.failed(context, status));
    }
    router.errorHandler(
        405,
        context -> {
          String path = context.normalizedPath();
          context.response().putHeader(HttpHeaders.ALLOW, methods(router, path));
          answers.failed(context, 405);
        });

    try {
      HttpServer server =
          vertx
              .createHttpServer(httpOptions(options))
              .connectionHandler(connections::opened)
              .requestHandler(request -> connections.serve(request, router))
              .invalidRequestHandler(answers::invalid)
              .listen()
              .toCompletionStage()
              .toCompletableFuture()
              .join();
      events.follow(endpoints);
      return new ControlServer(vertx, events, metrics, sessions, router, server);
    } catch (CompletionException e) {
      metrics.close();
      vertx.close();
      throw cannotListen(options, Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  /** The methods that there are for a path (RFC 9110, section 15.5.6). */
  private static String methods(Router router, String path) {
    return router.getRoutes().stream()
        .filter(route -> route.methods() != null)
        .filter(route -> path.matches(route.getPath().replaceAll(":\\w+", "[^/]+")))
        .flatMap(route -> route.methods().stream().map(HttpMethod::name))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** It has no use for files, and the root of a container may be read-only. */
  private static VertxOptions vertxOptions() {
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(4)
        .setInternalBlockingPoolSize(1)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setClassPathResolvingEnabled(false)
                .setFileCachingEnabled(false));
  }

  private static HttpServerOptions httpOptions(ControlOptions options) {
    return new HttpServerOptions()
        .setHost(options.host().toString())
        .setPort(options.port())
        .setIdleTimeout(IDLE_MINUTES)
        .setIdleTimeoutUnit(TimeUnit.MINUTES)
        .setDecompressionSupported(false)
        .setHttp2ClearTextEnabled(false);
  }

  private static void requireQuickBody(RoutingContext context, Duration patience, Answers answers) {
    long timer =
        context
            .vertx()
            .setTimer(
                patience.toMillis(),
                late -> {
                  if (!context.request().isEnded()) {
                    answers.tooSlow(context, patience);
                  }
                });
    context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
    context.next();
  }

  private static UncheckedIOException cannotListen(ControlOptions options, Throwable cause) {
    Host host = options.host();
    return new UncheckedIOException(
        "cannot listen on %s: %s".formatted(host.withPort(options.port()), cause.getMessage()),
        cause instanceof IOException e ? e : new IOException(cause));
  }

  /** The port that it listens on. */
  public int port() {
    return server.actualPort();
  }

  /** How many requests are held open until something has happened. */
  int waits() {
    return sessions.waits();
  }

  /** How many listen to events. */
  int listeners() {
    return events.listeners();
  }

  /** How many events could be told again. */
  int keptEvents() {
    return events.kept();
  }

  /** What it answers to. */
  List<Route> routes() {
    return router.getRoutes();
  }

  @Override
  public void close() {
    sessions.close();
    events.close();
    metrics.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}

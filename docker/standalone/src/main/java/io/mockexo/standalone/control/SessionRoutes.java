package io.mockexo.standalone.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mockexo.client.wire.SessionForm;
import io.mockexo.journal.AwaitTimeoutError;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MessageContent;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What happened: snapshots, awaited or not, and what there is of a single session. */
final class SessionRoutes implements AutoCloseable {

  private static final int PIECE = 32 * 1024;
  private static final Set<String> AWAITING = Set.of("await", "messages", "quiet", "timeout");
  private static final String[] SNAPSHOT = {
    "await", "messages", "quiet", "timeout", "state", "contents", "view"
  };

  /** How sessions are written: the snapshot, and each of them in it. */
  private record View(SessionForm form, Function<SmtpSession, ObjectNode> single) {}

  private final Vertx vertx;
  private final Endpoints endpoints;
  private final Answers answers;
  private final ObjectMapper mapper;
  private final SessionForm form;
  private final SessionForm formWithContents;
  private final EventHub events;

  /** Ends of those who wait. */
  private final Set<Runnable> waits = ConcurrentHashMap.newKeySet();

  SessionRoutes(
      Vertx vertx, Endpoints endpoints, Answers answers, ObjectMapper mapper, EventHub events) {
    this.vertx = vertx;
    this.endpoints = endpoints;
    this.answers = answers;
    this.mapper = mapper;
    this.form = new SessionForm(mapper, false);
    this.formWithContents = new SessionForm(mapper, true);
    this.events = events;
  }

  void addTo(Router router) {
    router.get("/endpoints/:name/sessions").handler(Query.only(SNAPSHOT)).handler(this::snapshot);
    router.delete("/endpoints/:name/sessions").handler(Query.only()).handler(this::remove);
    router
        .get("/endpoints/:name/sessions/:number")
        .handler(Query.only("contents"))
        .handler(this::session);
    router
        .get("/endpoints/:name/sessions/:number/transcript")
        .handler(Query.only())
        .handler(this::transcript);
    router
        .get("/endpoints/:name/sessions/:number/messages/:file")
        .handler(Query.only())
        .handler(this::message);
  }

  private void snapshot(RoutingContext context) {
    MockExchangeOnlineServer server = endpoints.of(context);
    boolean awaits = AWAITING.stream().anyMatch(name -> !context.queryParam(name).isEmpty());
    if (awaits && !context.queryParam("state").isEmpty()) {
      throw new Problem(400, "what is awaited says which sessions come; leave out 'state'");
    }
    View view = view(context);
    if (awaits) {
      awaited(context, Awaited.in(context).of(server), view);
    } else {
      send(context, state(context, server), view);
    }
  }

  private View view(RoutingContext context) {
    SessionForm wanted = withContents(context) ? formWithContents : form;
    boolean list = Query.oneOf(context, "view", "full", Set.of("full", "list")).equals("list");
    return new View(wanted, list ? new SessionLine(wanted)::write : wanted::write);
  }

  private static boolean withContents(RoutingContext context) {
    return Query.oneOf(context, "contents", "none", Set.of("none", "base64")).equals("base64");
  }

  private static Sessions state(RoutingContext context, MockExchangeOnlineServer server) {
    return switch (Query.oneOf(context, "state", "complete", Set.of("complete", "open", "all"))) {
      case "open" -> only(server, server.open());
      case "all" -> all(server);
      default -> server.sessions();
    };
  }

  /** One that ends between the two looks is seen twice, and counts as complete. */
  private static Sessions all(MockExchangeOnlineServer server) {
    Map<Integer, SmtpSession> all = new TreeMap<>();
    server.open().forEach(session -> all.put(session.number(), session));
    server.sessions().forEach(session -> all.put(session.number(), session));
    return only(server, List.copyOf(all.values()));
  }

  private static Sessions only(MockExchangeOnlineServer server, List<SmtpSession> sessions) {
    Sessions now = server.sessions();
    int open = (int) sessions.stream().filter(session -> !session.isComplete()).count();
    return new Sessions(sessions, now.evicted(), open, false, now.takenAt().orElse(null));
  }

  /** Holds the request open; who hangs up waits no longer. */
  private void awaited(RoutingContext context, CompletableFuture<Sessions> future, View view) {
    Context here = vertx.getOrCreateContext();
    Runnable end = () -> future.completeExceptionally(new IllegalStateException("stopped"));
    waits.add(end);
    context.response().closeHandler(closed -> future.cancel(false));
    future.whenComplete(
        (sessions, failure) ->
            here.runOnContext(
                nothing -> {
                  waits.remove(end);
                  if (context.response().closed()) {
                    return;
                  } else if (failure instanceof AwaitTimeoutError late) {
                    timedOut(context, late, view);
                  } else if (failure != null) {
                    answers.problem(context, new Problem(503, "this server is being stopped"));
                  } else {
                    send(context, sessions, view);
                  }
                }));
  }

  private void timedOut(RoutingContext context, AwaitTimeoutError late, View view) {
    Problem problem =
        new Problem(408, "expected %s, but there was %s".formatted(late.awaited(), late.found()));
    ObjectNode head =
        problem.json(mapper).put("awaited", late.awaited()).put("found", late.found());
    context.response().setStatusCode(problem.status());
    sendPieces(
        context,
        Problem.MEDIA_TYPE,
        () ->
            SnapshotSource.within(
                head, "seen", view.form().pieces(late.sessions(), view.single())));
  }

  private void remove(RoutingContext context) {
    Sessions removed = endpoints.of(context).removeSessions();
    events.changed(Endpoints.name(context), "sessions");
    send(context, removed, new View(form, form::write));
  }

  /** Ten thousand sessions are no text to be kept in memory. */
  private void send(RoutingContext context, Sessions sessions, View view) {
    sendPieces(context, "application/json", () -> view.form().pieces(sessions, view.single()));
  }

  /** What there is to be written is found out by a worker, too. */
  private void sendPieces(
      RoutingContext context, String type, Supplier<List<SessionForm.Piece>> pieces) {
    context.response().setChunked(true).putHeader(HttpHeaders.CONTENT_TYPE, type);
    vertx
        .executeBlocking(() -> new SnapshotSource(mapper, pieces.get()), false)
        .onSuccess(source -> PiecewiseAnswer.send(vertx, context, source))
        .onFailure(failure -> context.fail(500, failure));
  }

  private void session(RoutingContext context) {
    SessionForm wanted = withContents(context) ? formWithContents : form;
    SmtpSession session = find(context);
    sendPieces(
        context,
        "application/json",
        () -> List.of(json -> mapper.writeTree(json, wanted.write(session))));
  }

  private void transcript(RoutingContext context) {
    Answers.text(context, find(context).transcript());
  }

  /** The session that the path names. */
  SmtpSession find(RoutingContext context) {
    MockExchangeOnlineServer server = endpoints.of(context);
    String number = context.pathParam("number");
    List<SmtpSession> there = all(server).list();
    return there.stream()
        .filter(session -> Integer.toString(session.number()).equals(number))
        .findFirst()
        .orElseThrow(() -> missing(number, server.accepted(), there));
  }

  private static Problem missing(String number, int accepted, List<SmtpSession> there) {
    String range =
        there.isEmpty()
            ? "none"
            : "%d to %d".formatted(there.get(0).number(), there.get(there.size() - 1).number());
    return new Problem(
        404,
        "there is no session '%s'; %d have come, and there are %s"
            .formatted(number, accepted, range));
  }

  private void message(RoutingContext context) {
    String file = context.pathParam("file");
    List<MailTransaction> messages = find(context).deliveredMessages();
    int index = file.matches("\\d{1,6}\\.eml") ? Integer.parseInt(file.replace(".eml", "")) : 0;
    if (index < 1 || index > messages.size()) {
      throw new Problem(
          404,
          "there is no message '%s'; this session delivered %d, named 1.eml and so on"
              .formatted(file, messages.size()));
    }
    MessageContent content = messages.get(index - 1).content();
    if (content == null) {
      throw new Problem(410, "the journal had no room to keep this message");
    }
    send(context, content);
  }

  private void send(RoutingContext context, MessageContent content) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "message/rfc822")
        .putHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment")
        .putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(content.size()));
    InputStream bytes = content.openStream();
    PiecewiseAnswer.send(vertx, context, () -> bytes.readNBytes(PIECE));
  }

  /** Tells all who wait that they wait for nothing. */
  @Override
  public void close() {
    waits.forEach(Runnable::run);
  }

  /** How many requests are held open now. */
  int waits() {
    return waits.size();
  }
}

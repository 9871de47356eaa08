package io.mockexo.standalone.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.standalone.evidence.log.ProtocolLog;
import io.mockexo.standalone.evidence.log.SenderWords;
import io.mockexo.standalone.evidence.log.TlsReport;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Sessions in the words of administrators: protocol logs, their own logs, a table of TLS. */
final class ReportRoutes {

  private final Vertx vertx;
  private final Endpoints endpoints;
  private final SessionRoutes sessions;
  private final Answers answers;
  private final ObjectMapper mapper;

  ReportRoutes(
      Vertx vertx,
      Endpoints endpoints,
      SessionRoutes sessions,
      Answers answers,
      ObjectMapper mapper) {
    this.vertx = vertx;
    this.endpoints = endpoints;
    this.sessions = sessions;
    this.answers = answers;
    this.mapper = mapper;
  }

  void addTo(Router router) {
    router.get("/endpoints/:name/tls-report").handler(Query.only("form")).handler(this::tlsReport);
    router
        .get("/endpoints/:name/protocol-log")
        .handler(Query.only("side"))
        .handler(this::protocolLog);
    router
        .get("/endpoints/:name/sessions/:number/sender-log")
        .handler(Query.only())
        .handler(this::senderLog);
  }

  private void tlsReport(RoutingContext context) {
    Sessions snapshot = endpoints.of(context).sessions();
    String form = Query.oneOf(context, "form", "json", Set.of("json", "text", "csv"));
    switch (form) {
      case "text" -> later(context, "text/plain", () -> TlsReport.of(snapshot).text());
      case "csv" -> later(context, "text/csv", () -> TlsReport.of(snapshot).csv());
      default -> later(context, "application/json", () -> json(snapshot).toString());
    }
  }

  /** A worker looks at the sessions, of which there may be ten thousand. */
  private void later(RoutingContext context, String type, Supplier<String> text) {
    String charset = type.startsWith("text/") ? "; charset=utf-8" : "";
    vertx
        .executeBlocking(text::get, false)
        .onSuccess(
            made ->
                context.response().putHeader(HttpHeaders.CONTENT_TYPE, type + charset).end(made))
        .onFailure(failure -> context.fail(500, failure));
  }

  private ObjectNode json(Sessions snapshot) {
    ObjectNode node =
        mapper
            .createObjectNode()
            .put("takenAt", snapshot.takenAt().map(Instant::toString).orElse(null))
            .put("open", snapshot.openCount())
            .put("evicted", snapshot.evicted());
    ArrayNode clients = node.putArray("clients");
    for (TlsReport.Row row : TlsReport.of(snapshot).rows()) {
      ObjectNode client = mapper.valueToTree(row);
      clients.add(client.put("cleartextShare", row.cleartextShare().orElse(null)));
    }
    return node;
  }

  /** Session by session: ten thousand are no text to be kept in memory. */
  private void protocolLog(RoutingContext context) {
    Sessions snapshot = endpoints.of(context).sessions();
    String name = Endpoints.name(context);
    boolean sends =
        Query.oneOf(context, "side", "receive", Set.of("receive", "send")).equals("send");
    ProtocolLog log = sends ? ProtocolLog.send() : ProtocolLog.receive(name);
    Instant begun = snapshot.takenAt().orElseGet(Instant::now);
    context
        .response()
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/csv; charset=utf-8")
        .putHeader(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"%s\"".formatted(log.fileName(begun, 1)));
    Iterator<SmtpSession> rest = snapshot.iterator();
    StringBuilder head = new StringBuilder();
    for (String line : log.header(begun)) {
      head.append(line).append("\r\n");
    }
    PiecewiseAnswer.send(vertx, context, () -> piece(log, head, rest));
  }

  /** The head with the first session, then one session at a time. */
  private static byte[] piece(ProtocolLog log, StringBuilder head, Iterator<SmtpSession> rest)
      throws IOException {
    StringBuilder text = new StringBuilder(head);
    head.setLength(0);
    if (rest.hasNext()) {
      log.write(rest.next(), text);
    }
    return text.toString().getBytes(UTF_8);
  }

  private void senderLog(RoutingContext context) {
    SmtpSession session = sessions.find(context);
    SenderWords words = SenderWords.of(session);
    ObjectNode node = mapper.createObjectNode();
    ArrayNode said = node.putArray("said");
    words
        .said()
        .forEach(
            line ->
                said.addObject()
                    .put("software", line.software())
                    .put("where", line.where())
                    .put("text", line.text())
                    .put("certainty", line.certainty().name().toLowerCase(Locale.ROOT)));
    node.put("change", words.change()).put("unknown", words.unknown());
    List<String> lines = ProtocolLog.send().lines(session);
    node.set("sendLog", mapper.valueToTree(lines));
    answers.json(context, node);
  }
}

package io.mockexo.standalone.control;

import io.mockexo.journal.SmtpSession;
import io.mockexo.standalone.evidence.Evidence;
import io.mockexo.standalone.evidence.SessionEvidence;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** All that there is of one session, in one archive. */
final class EvidenceRoutes {

  private final Vertx vertx;
  private final SessionRoutes sessions;
  private final Evidence evidence;
  private final Guard guard;

  EvidenceRoutes(Vertx vertx, SessionRoutes sessions, Evidence evidence, Guard guard) {
    this.vertx = vertx;
    this.sessions = sessions;
    this.evidence = evidence;
    this.guard = guard;
  }

  void addTo(Router router) {
    router
        .get("/endpoints/:name/sessions/:number/evidence")
        .handler(Query.only("secrets"))
        .handler(this::send);
  }

  private void send(RoutingContext context) {
    boolean secrets = Query.flag(context, "secrets");
    if (secrets) {
      guard.requireTokenForSecrets(context);
    }
    SmtpSession session = sessions.find(context);
    if (secrets && session.keyLog().isEmpty() && session.tls().isPresent()) {
      throw new Problem(
          409, "the TLS secrets of this session were not kept; serve --evidence-secrets does that");
    }
    String name = Endpoints.name(context);
    context
        .response()
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/zip")
        .putHeader(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"%s%s.zip\""
                .formatted(SessionEvidence.name(name, session), secrets ? "-with-secrets" : ""));
    PiecewiseAnswer.send(
        vertx, context, new ZipSource(evidence.files(name, session, secrets).iterator()));
  }
}

package io.mockexo.standalone.control;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;

/**
 * The page for people. It loads nothing from elsewhere, and what clients have sent it sets as text:
 * a policy that allows no script but its own is the second line of defense.
 */
final class ConsoleRoutes {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String PAGE = "index.html";

  private static final Set<String> FILES =
      Set.of(
          PAGE,
          "console.css",
          "main.js",
          "api.js",
          "copy.js",
          "dom.js",
          "list.js",
          "live.js",
          "scenarios.js",
          "session.js",
          "settings.js",
          "timeline.js",
          "words.js");

  private static final Map<String, String> TYPES =
      Map.of("html", "text/html", "css", "text/css", "js", "text/javascript");

  void addTo(Router router) {
    router.get("/").handler(Query.only()).handler(context -> send(context, PAGE));
    router
        .get("/console/:file")
        .handler(Query.only())
        .handler(context -> send(context, context.pathParam("file")));
  }

  private static void send(RoutingContext context, String file) {
    if (!FILES.contains(file)) {
      throw Problem.unknown("file", file, FILES);
    }
    String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1)) + "; charset=utf-8";
    HttpServerResponse response = context.response();
    response.headers().set("Content-Security-Policy", POLICY);
    response.putHeader(HttpHeaders.CONTENT_TYPE, type).end(Buffer.buffer(read(file)));
  }

  private static byte[] read(String file) {
    try (InputStream resource = ConsoleRoutes.class.getResourceAsStream("/console/" + file)) {
      if (resource == null) {
        throw new IllegalStateException("the program was built without its console");
      }
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

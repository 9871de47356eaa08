package io.mockexo.standalone.control;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody in whom a web page has sent. A page from elsewhere that is open on this machine can
 * have the browser call us; it gives itself away by its {@code Origin}, or, if it has its own name
 * point here (DNS rebinding), by its {@code Host}. So we answer only to addresses, and to names
 * that nobody can register.
 */
final class Guard {

  private static final Pattern ADDRESS = Pattern.compile("\\[[0-9a-f:.]+]|[0-9.]+");

  private static final Pattern SCHEME = Pattern.compile("^bearer +", Pattern.CASE_INSENSITIVE);

  /** Reserved for private use, or for the network of a cluster. */
  private static final List<String> PRIVATE_SUFFIXES =
      List.of(".localhost", ".internal", ".svc", ".cluster.local", ".test");

  private final @Nullable String token;
  private final Set<String> hostNames;

  Guard(ControlOptions options) {
    this.token = options.token();
    this.hostNames = options.hostNames();
  }

  void check(RoutingContext context) {
    harden(context.response());
    HttpServerRequest request = context.request();
    requireKnownHost(request);
    requireOwnOrigin(request);
    if (changes(request.method()) && !TokenRoutes.isTokenRequest(request)) {
      requireToken(request, "changes");
    }
    context.next();
  }

  /** Nothing that a client has sent is to be taken for a page, or kept by anybody. */
  static void harden(HttpServerResponse response) {
    response
        .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private void requireKnownHost(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    String host = authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
    if (!isKnown(host)) {
      throw new Problem(
          403,
          "this server is not known as '%s'; call it by its address, or start it with --control-host-name %s"
              .formatted(host, host));
    }
  }

  private boolean isKnown(String host) {
    return hostNames.contains(host)
        || ADDRESS.matcher(host).matches()
        || (!host.isEmpty() && !host.contains(".") && !host.contains(":"))
        || PRIVATE_SUFFIXES.stream().anyMatch(host::endsWith);
  }

  private static void requireOwnOrigin(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    String own = request.scheme() + "://" + request.getHeader(HttpHeaders.HOST);
    if (origin != null && !origin.equalsIgnoreCase(own)) {
      throw new Problem(403, "a page of another origin may not call this server");
    }
    String site = request.getHeader("Sec-Fetch-Site");
    boolean link =
        request.method().equals(HttpMethod.GET)
            && "navigate".equals(request.getHeader("Sec-Fetch-Mode"));
    if (site != null && !Set.of("same-origin", "none").contains(site) && !link) {
      throw new Problem(403, "a page of another site may not call this server");
    }
  }

  private static boolean changes(HttpMethod method) {
    return !Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS).contains(method);
  }

  /** TLS secrets are for those who may change things, too: passwords can be read with them. */
  void requireTokenForSecrets(RoutingContext context) {
    requireToken(context.request(), "TLS secrets");
  }

  private void requireToken(HttpServerRequest request, String what) {
    if (token == null) {
      return;
    }
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    String given = authorization == null ? "" : SCHEME.matcher(authorization).replaceFirst("");
    if (given.equals(authorization) || !MessageDigest.isEqual(bytes(given), bytes(token))) {
      request.response().putHeader("WWW-Authenticate", "Bearer");
      throw new Problem(401, what + " need the token of this server: Authorization: Bearer TOKEN");
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

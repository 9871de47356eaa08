package io.mockexo.standalone.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mockexo.exchange.AccessTokenSpec;
import io.mockexo.exchange.TokenIssuer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens for AUTH XOAUTH2, where Microsoft Entra ID has them: below the name of a tenant,
 * which may be any. Who has a token can do nothing but send mail to this program, so everybody gets
 * one, and the key as well.
 */
final class TokenRoutes {

  private static final String TOKEN = "/oauth2/v2.0/token";
  private static final String KEYS = "/discovery/v2.0/keys";

  private final Endpoints endpoints;
  private final Answers answers;
  private final ObjectMapper mapper;

  TokenRoutes(Endpoints endpoints, Answers answers, ObjectMapper mapper) {
    this.endpoints = endpoints;
    this.answers = answers;
    this.mapper = mapper;
  }

  void addTo(Router router) {
    router.post("/:tenant" + TOKEN).handler(Query.only()).handler(this::token);
    router.get("/:tenant" + KEYS).handler(Query.only("appid")).handler(this::keySet);
    router
        .get("/:tenant/v2.0/.well-known/openid-configuration")
        .handler(Query.only("appid"))
        .handler(this::metadata);
    router.get("/token-key.pem").handler(Query.only()).handler(this::key);
  }

  /** Whether a request asks for a token: that changes nothing, though it is a POST. */
  static boolean isTokenRequest(HttpServerRequest request) {
    return request.path() != null && request.path().matches("/[^/]+" + TOKEN.replace(".", "\\."));
  }

  private void token(RoutingContext context) {
    try {
      requireForm(context);
      HttpServerRequest request = context.request();
      String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
      AccessTokenSpec spec =
          new TokenRequest(request.formAttributes(), basic(authorization)).spec();
      made(
          context, () -> issuer().issue(spec), token -> answers.json(context, answer(spec, token)));
    } catch (TokenError e) {
      answers.json(context, e.status(), e.json(mapper));
    }
  }

  private ObjectNode answer(AccessTokenSpec spec, String token) {
    long seconds = spec.lifetime().toSeconds() - 1; // the real one has 3599 for an hour
    ObjectNode node =
        mapper
            .createObjectNode()
            .put("token_type", "Bearer")
            .put("expires_in", seconds)
            .put("ext_expires_in", seconds);
    if (!spec.appOnly()) {
      node.put("scope", spec.audience() + "/" + spec.permission());
    }
    return node.put("access_token", token);
  }

  private static void requireForm(RoutingContext context) {
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null
        || !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
      throw TokenError.invalidRequest(
          "A token is asked for with 'Content-Type: application/x-www-form-urlencoded'.");
    }
  }

  private static TokenRequest.@Nullable Basic basic(@Nullable String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return null;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(6).strip());
      String text = new String(decoded, StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      if (colon > 0) {
        return new TokenRequest.Basic(text.substring(0, colon), text.substring(colon + 1));
      }
    } catch (IllegalArgumentException e) {
      // the error below says it all
    }
    throw TokenError.invalidRequest("The header 'Authorization: Basic' cannot be read.");
  }

  private void keySet(RoutingContext context) {
    made(
        context,
        () -> issuer().keySet(),
        keys ->
            context.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(keys));
  }

  private void metadata(RoutingContext context) {
    HttpServerRequest request = context.request();
    String base =
        "%s://%s/%s"
            .formatted(
                request.scheme(),
                request.getHeader(HttpHeaders.HOST),
                context.request().path().split("/", -1)[1]);
    ObjectNode node =
        mapper
            .createObjectNode()
            .put("token_endpoint", base + TOKEN)
            .put("jwks_uri", base + KEYS)
            .put("issuer", "https://sts.windows.net/" + TokenIssuer.TENANT_ID + "/");
    node.putArray("token_endpoint_auth_methods_supported")
        .add("client_secret_post")
        .add("private_key_jwt")
        .add("client_secret_basic");
    node.putArray("grant_types_supported").add("client_credentials").add("password");
    answers.json(context, node);
  }

  private void key(RoutingContext context) {
    made(
        context,
        () -> issuer().keys().getPrivate().getEncoded(),
        der ->
            context
                .response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/x-pem-file")
                .end(pem(der)));
  }

  /** RFC 7468, section 10. */
  private static String pem(byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n".formatted(lines);
  }

  private TokenIssuer issuer() {
    return endpoints.first().profile().tenant().tokenIssuer();
  }

  /** The first who needs the key waits until it is made, and nobody else. */
  private static <T> void made(RoutingContext context, Callable<T> maker, Consumer<T> taker) {
    context
        .vertx()
        .executeBlocking(maker, false)
        .onSuccess(taker::accept)
        .onFailure(failure -> context.fail(500, failure));
  }
}

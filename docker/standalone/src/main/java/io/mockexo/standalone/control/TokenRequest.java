package io.mockexo.standalone.control;

import io.mockexo.exchange.AccessTokenSpec;
import io.mockexo.exchange.TokenFlaw;
import io.mockexo.fault.DurationSyntax;
import io.mockexo.tls.NearestName;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an OAuth 2.0 client asks the token endpoint for (RFC 6749, sections 4.3 and 4.4), in the
 * form in which Microsoft Entra ID takes it. Nobody is identified: whoever asks for a token of some
 * user gets it, and a password is not looked at. Parameters that are not known are left alone, as
 * clients send many.
 */
final class TokenRequest {

  /** They are about other tokens than the access token. */
  private static final Set<String> OPENID_SCOPES =
      Set.of("openid", "profile", "email", "offline_access");

  private static final String DEFAULT_SCOPE = ".default";

  private final MultiMap form;
  private final @Nullable Basic basic;

  /** HTTP's own way to say who the client is (RFC 6749, section 2.3.1). */
  record Basic(String id, String secret) {}

  TokenRequest(MultiMap form, @Nullable Basic basic) {
    this.form = form;
    this.basic = basic;
  }

  /**
   * The token that is asked for.
   *
   * @throws TokenError that says what is missing
   */
  AccessTokenSpec spec() {
    requireOnce();
    String grant = required("grant_type");
    String client = basic == null ? required("client_id") : basic.id();
    AccessTokenSpec asked =
        switch (grant) {
          case "client_credentials" -> ofApp(client);
          case "password" -> ofUser();
          default ->
              throw new TokenError(
                  "unsupported_grant_type",
                  70003,
                  "The app requested an unsupported grant type '%s'; there are %s."
                      .formatted(grant, "client_credentials and password"));
        };
    try {
      return asked.withLifetime(lifetime()).withFlaw(flaw());
    } catch (IllegalArgumentException e) {
      throw TokenError.invalidRequest(String.valueOf(e.getMessage()));
    }
  }

  /** RFC 6749, section 3.2. */
  private void requireOnce() {
    Set<String> names = new HashSet<>();
    for (Map.Entry<String, String> field : form.entries()) {
      if (!names.add(field.getKey())) {
        throw new TokenError(
            "invalid_request",
            9000411,
            "The request is not properly formatted. The parameter '%s' is duplicated."
                .formatted(field.getKey()));
      }
    }
  }

  private AccessTokenSpec ofApp(String client) {
    boolean identified =
        basic != null
            || Stream.of("client_secret", "client_assertion").anyMatch(key -> !text(key).isEmpty());
    if (!identified) {
      throw new TokenError(
          "invalid_client",
          7000216,
          "'client_assertion', 'client_secret' or 'request' is required for the"
              + " 'client_credentials' grant type.");
    }
    Scope scope = scope();
    if (!scope.permission().equals(DEFAULT_SCOPE)) {
      throw new TokenError(
          "invalid_scope",
          1002012,
          "The provided value for scope %s is not valid. Client credential flows must have a scope"
                  .formatted(text("scope"))
              + " value with /.default suffixed to the resource identifier (application ID URI).");
    }
    String roles = text("roles");
    AccessTokenSpec token = AccessTokenSpec.forApp(client).withAudience(scope.audience());
    return roles.isEmpty() ? token : token.withPermission(roles);
  }

  private AccessTokenSpec ofUser() {
    String user = required("username");
    required("password");
    Scope scope = scope();
    AccessTokenSpec token = AccessTokenSpec.forUser(user).withAudience(scope.audience());
    return scope.permission().equals(DEFAULT_SCOPE)
        ? token
        : token.withPermission(scope.permission());
  }

  /** A resource, and what is to be permitted there, parted by spaces. */
  private record Scope(String audience, String permission) {}

  private Scope scope() {
    List<String> scopes =
        Stream.of(required("scope").split(" ", -1))
            .filter(scope -> !scope.isEmpty() && !OPENID_SCOPES.contains(scope))
            .toList();
    List<String> audiences = scopes.stream().map(TokenRequest::audience).distinct().toList();
    if (audiences.size() != 1) {
      throw new TokenError(
          "invalid_scope",
          70011,
          "The provided value for the input parameter 'scope' is not valid. It has to name one"
              + " resource, for example https://outlook.office365.com/.default.");
    }
    String permissions =
        String.join(" ", scopes.stream().map(it -> it.substring(it.lastIndexOf('/') + 1)).toList());
    return new Scope(audiences.get(0), permissions);
  }

  /** A scope that names no resource is one of Microsoft Graph. */
  private static String audience(String scope) {
    int end = scope.lastIndexOf('/');
    return end <= 0 ? "https://graph.microsoft.com" : scope.substring(0, end);
  }

  private Duration lifetime() {
    String lifetime = text("lifetime");
    return lifetime.isEmpty() ? AccessTokenSpec.USUAL_LIFETIME : DurationSyntax.parse(lifetime);
  }

  private @Nullable TokenFlaw flaw() {
    String flaw = text("flaw");
    List<String> names = Stream.of(TokenFlaw.values()).map(TokenFlaw::name).toList();
    if (flaw.isEmpty() || names.contains(flaw)) {
      return flaw.isEmpty() ? null : TokenFlaw.valueOf(flaw);
    }
    String near = NearestName.closeTo(flaw, names).map(" did you mean %s?"::formatted).orElse("");
    throw TokenError.invalidRequest(
        "flaw=%s is not known;%s it is one of %s".formatted(flaw, near, String.join(", ", names)));
  }

  private String required(String key) {
    String value = text(key);
    if (value.isEmpty()) {
      throw new TokenError(
          "invalid_request",
          900144,
          "The request body must contain the following parameter: '%s'.".formatted(key));
    }
    return value;
  }

  private String text(String key) {
    String value = form.get(key);
    return value == null ? "" : value.strip();
  }
}

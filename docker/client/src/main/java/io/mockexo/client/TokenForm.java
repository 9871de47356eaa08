package io.mockexo.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.mockexo.exchange.AccessTokenSpec;
import io.mockexo.exchange.TokenIssuer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the token endpoint of a program is asked for. */
final class TokenForm {

  private static final String PATH = TokenIssuer.TENANT_ID + "/oauth2/v2.0/token";

  private final Map<String, String> fields = new LinkedHashMap<>();

  private TokenForm() {}

  static TokenForm of(AccessTokenSpec spec) {
    TokenForm form = new TokenForm();
    String resource = spec.audience() + "/";
    if (spec.appOnly()) {
      form.fields.put("grant_type", "client_credentials");
      form.fields.put("client_id", spec.subject());
      form.fields.put("client_secret", "none");
      form.fields.put("scope", resource + ".default");
      form.fields.put("roles", spec.permission());
    } else {
      form.fields.put("grant_type", "password");
      form.fields.put("client_id", "mock-exchange-online-client");
      form.fields.put("username", spec.subject());
      form.fields.put("password", "none");
      form.fields.put(
          "scope",
          Stream.of(spec.permission().split(" ", -1))
              .map(permission -> resource + permission)
              .collect(Collectors.joining(" ")));
    }
    form.fields.put("lifetime", spec.lifetime().toString());
    if (spec.flaw() != null) {
      form.fields.put("flaw", spec.flaw().name());
    }
    return form;
  }

  /**
   * Sends it.
   *
   * @throws IllegalArgumentException if there can be no such token
   */
  String send(ControlApi api) {
    JsonNode answer = api.form(PATH, fields);
    return answer.get("access_token").asText();
  }
}

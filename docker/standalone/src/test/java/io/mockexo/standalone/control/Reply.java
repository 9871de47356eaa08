package io.mockexo.standalone.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;

/** What the control API has answered. */
record Reply(HttpResponse<String> response) {

  private static final ObjectMapper JSON = new ObjectMapper();

  int status() {
    return response.statusCode();
  }

  String text() {
    return response.body();
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  /** Without parameters. */
  String mediaType() {
    return header("Content-Type").replaceFirst(";.*", "");
  }

  JsonNode json() {
    try {
      return JSON.readTree(text());
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + text(), e);
    }
  }

  /** That it is a problem with this status and place. */
  Reply isProblem(int status, String pointer) {
    assertThat(mediaType()).as(text()).isEqualTo(Problem.MEDIA_TYPE);
    assertThat(json().path("pointer").asText("none")).as(text()).isEqualTo(pointer);
    return isProblem(status);
  }

  /** That it is a problem with this status. */
  Reply isProblem(int status) {
    assertThat(status()).as(text()).isEqualTo(status);
    assertThat(mediaType()).as(text()).isEqualTo(Problem.MEDIA_TYPE);
    assertThat(json().path("status").asInt()).isEqualTo(status);
    assertThat(json().path("title").asText()).isNotBlank();
    assertThat(detail()).isNotBlank();
    return this;
  }

  String detail() {
    return json().path("detail").asText();
  }
}

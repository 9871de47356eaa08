package io.mockexo.standalone.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mockexo.client.wire.JsonTree;
import io.mockexo.client.wire.Setting;
import io.mockexo.client.wire.SettingException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads bodies and writes answers. */
final class Answers {

  private static final Logger log = LoggerFactory.getLogger(Answers.class);

  private static final String JSON = "application/json";

  private final ObjectMapper mapper;

  Answers(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * The body of a request, which has to be JSON and to be called so: a form of a web page is not.
   */
  static Setting body(RoutingContext context) {
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    String bare = type == null ? "" : type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    if (!bare.equals(JSON) && !bare.equals("application/merge-patch+json")) {
      throw new Problem(415, "the body has to be JSON, with 'Content-Type: application/json'");
    }
    Buffer body = context.body().buffer();
    return Setting.root("body", JsonTree.parse(body == null ? "" : text(body)));
  }

  private static String text(Buffer body) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(body.getBytes()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Problem(400, "the body is not text in UTF-8");
    }
  }

  void json(RoutingContext context, Object value) {
    json(context, 200, JSON, value);
  }

  void json(RoutingContext context, int status, Object value) {
    json(context, status, JSON, value);
  }

  private void json(RoutingContext context, int status, String type, Object value) {
    try {
      context
          .response()
          .setStatusCode(status)
          .putHeader(HttpHeaders.CONTENT_TYPE, type)
          .end(Buffer.buffer(mapper.writeValueAsBytes(value)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  static void text(RoutingContext context, String text) {
    context.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8").end(text);
  }

  static void nothing(RoutingContext context) {
    context.response().setStatusCode(204).end();
  }

  /** Answers a request that has failed. */
  void failed(RoutingContext context) {
    if (context.response().headWritten()) {
      context.request().connection().close(); // an answer that breaks off is not taken for whole
      return;
    }
    problem(context, problem(context.failure(), context.statusCode()));
  }

  void problem(RoutingContext context, Problem problem) {
    problem(context, problem, problem.json(mapper));
  }

  void problem(RoutingContext context, Problem problem, ObjectNode body) {
    json(context, problem.status(), Problem.MEDIA_TYPE, body);
  }

  private static Problem problem(Throwable failure, int status) {
    if (failure instanceof Problem problem) {
      return problem;
    } else if (failure instanceof SettingException e) {
      return Problem.of(e);
    } else if (failure instanceof IllegalArgumentException e) {
      return new Problem(400, String.valueOf(e.getMessage()));
    } else if (failure != null && status == 500) {
      log.error("the control API failed", failure);
      return new Problem(500, "this is our fault; the log of the program has more");
    }
    return new Problem(
        status,
        switch (status) {
          case 404 -> "there is nothing here; /openapi.yaml lists what there is";
          case 405 -> "this method is not for this path; /openapi.yaml lists those that are";
          case 413 -> "the body is larger than %d bytes".formatted(ControlServer.MAX_BODY_BYTES);
          default -> "this request cannot be answered";
        });
  }
}

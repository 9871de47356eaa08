package io.mockexo.standalone.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mockexo.client.wire.JsonTree;
import io.mockexo.client.wire.Setting;
import io.mockexo.client.wire.SettingException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads bodies and writes answers. */
final class Answers {

  private static final Logger log = LoggerFactory.getLogger(Answers.class);

  private static final String JSON = "application/json";

  private static final long LINGER_MILLIS = 2_000;

  private static final long LINGER_BYTES = 16 * ControlServer.MAX_BODY_BYTES;

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

  /**
   * Answers a request that has failed.
   *
   * @param otherwise the status, unless the context knows a better one
   */
  void failed(RoutingContext context, int otherwise) {
    if (context.response().closed()) {
      return; // who has gone needs no answer
    } else if (context.response().headWritten()) {
      context.request().connection().close(); // an answer that breaks off is not taken for whole
      return;
    }
    Throwable failure = context.failure();
    int status = failure instanceof HttpException e ? e.getStatusCode() : context.statusCode();
    if (hasBody(context.request()) && !context.request().isEnded()) {
      linger(context);
    }
    if (isUnreadableForm(failure, status) && TokenRoutes.isTokenRequest(context.request())) {
      TokenError error = TokenError.invalidRequest("The form in the body cannot be read.");
      json(context, error.status(), error.json(mapper));
      return;
    }
    problem(context, problem(failure, status < 400 ? otherwise : status));
  }

  /** Without a body nothing is on the way, and the connection is good for the next request. */
  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }

  /**
   * Whoever is in the middle of a body goes on with it for a while and is not listened to: to close
   * at once would be a reset, which takes the answer away from who has not read it yet.
   */
  private static void linger(RoutingContext context) {
    HttpServerRequest request = context.request();
    context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    long timer = context.vertx().setTimer(LINGER_MILLIS, late -> request.connection().close());
    AtomicLong left = new AtomicLong(LINGER_BYTES);
    request.handler(
        more -> {
          if (left.addAndGet(-more.length()) < 0) {
            request.connection().close();
          }
        });
    request.endHandler(
        whole -> {
          context.vertx().cancelTimer(timer);
          request.connection().close();
        });
    request.resume();
  }

  /** Ends a request whose body does not come; who was answered already is told no more. */
  void tooSlow(RoutingContext context, Duration patience) {
    if (!context.response().headWritten()) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      String time = patience.toString().substring(2).toLowerCase(Locale.ROOT);
      problem(context, new Problem(408, "the body has not come whole within " + time));
    }
    context.request().connection().close();
  }

  /** Answers what is not HTTP, or more of it than there is room for. */
  void invalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Problem problem =
        cause instanceof TooLongHttpLineException
            ? new Problem(414, "the address of this request is too long")
            : cause instanceof TooLongHttpHeaderException
                ? new Problem(431, "the headers of this request are too long")
                : new Problem(400, "this is not a request of HTTP/1.1");
    HttpServerResponse response = request.response();
    Guard.harden(response);
    response
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .endHandler(ended -> request.connection().close())
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .end(problem.json(mapper).toString());
  }

  void problem(RoutingContext context, Problem problem) {
    problem(context, problem, problem.json(mapper));
  }

  void problem(RoutingContext context, Problem problem, ObjectNode body) {
    json(context, problem.status(), Problem.MEDIA_TYPE, body);
  }

  /** As the reader of bodies has it: with an escape that is none, or a field that is too large. */
  private static boolean isUnreadableForm(Throwable failure, int status) {
    return status == 400 && (failure instanceof DecoderException || failure instanceof IOException);
  }

  private static Problem problem(Throwable failure, int status) {
    if (failure instanceof Problem problem) {
      return problem;
    } else if (failure instanceof SettingException e) {
      return Problem.of(e);
    } else if (failure instanceof IllegalArgumentException e) {
      return new Problem(400, String.valueOf(e.getMessage()));
    } else if (isUnreadableForm(failure, status)) {
      return new Problem(400, "the form in the body cannot be read");
    } else if (status == 500) {
      log.error("the control API failed", failure);
      return new Problem(500, "this is our fault; the log of the program has more");
    }
    return new Problem(
        status,
        switch (status) {
          case 400 -> "the address of this request, or its Host, cannot be read";
          case 404 -> "there is nothing here; /openapi.yaml lists what there is";
          case 405 -> "this method is not for this path; /openapi.yaml lists those that are";
          case 413 -> "the body is larger than %d bytes".formatted(ControlServer.MAX_BODY_BYTES);
          default -> "this request cannot be answered";
        });
  }
}

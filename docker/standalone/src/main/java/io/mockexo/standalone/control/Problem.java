package io.mockexo.standalone.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mockexo.client.wire.SettingException;
import io.mockexo.fault.Connections;
import io.mockexo.tls.NearestName;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A request that cannot be answered as it was meant (RFC 9457). */
final class Problem extends RuntimeException {

  static final String MEDIA_TYPE = "application/problem+json";

  private final int status;
  private final @Nullable String pointer;

  /**
   * A problem.
   *
   * @param status of HTTP
   * @param detail what is wrong, and what was expected
   */
  Problem(int status, String detail) {
    this(status, detail, null);
  }

  /**
   * A problem with a value in the body.
   *
   * @param pointer where it stands (RFC 6901)
   */
  Problem(int status, String detail, @Nullable String pointer) {
    super(detail, null, false, false);
    this.status = status;
    this.pointer = pointer;
  }

  /** A value in the body that cannot be used. */
  static Problem of(SettingException e) {
    return new Problem(400, e.problem(), e.pointer());
  }

  /** A name that is none of {@code known}. */
  static Problem unknown(String what, String name, Collection<String> known) {
    Optional<String> near = NearestName.closeTo(name, known);
    return new Problem(
        404,
        "there is no %s '%s';%s there are %s"
            .formatted(
                what,
                name,
                near.map(" did you mean '%s'?"::formatted).orElse(""),
                String.join(", ", new TreeSet<>(known))));
  }

  /**
   * Refuses what is for connections that have all come already.
   *
   * @param listed the connections of each element of the body
   * @param accepted how many have been accepted
   */
  static void requireToCome(List<Connections> listed, int accepted) {
    for (int i = 0; i < listed.size(); i++) {
      Connections on = listed.get(i);
      try {
        on.requireToCome(accepted);
      } catch (IllegalArgumentException e) {
        throw new Problem(409, String.valueOf(e.getMessage()), "/%d/%s".formatted(i, on.counted()));
      }
    }
  }

  int status() {
    return status;
  }

  /** The body. */
  ObjectNode json(ObjectMapper mapper) {
    ObjectNode node =
        mapper
            .createObjectNode()
            .put("type", "about:blank")
            .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
            .put("status", status)
            .put("detail", getMessage());
    if (pointer != null) {
      node.put("pointer", pointer);
    }
    return node;
  }
}

package io.mockexo.standalone.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/** A token that is not given (RFC 6749, section 5.2), in the form of Microsoft Entra ID. */
final class TokenError extends RuntimeException {

  private static final long serialVersionUID = 1;

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final String error;
  private final int code;

  /**
   * An error.
   *
   * @param error its name in RFC 6749
   * @param code the number behind AADSTS
   */
  TokenError(String error, int code, String description) {
    super(description, null, false, false);
    this.error = error;
    this.code = code;
  }

  /** A mistake that Microsoft Entra ID cannot know of. */
  static TokenError invalidRequest(String description) {
    return new TokenError("invalid_request", 90014, description);
  }

  int status() {
    return error.equals("invalid_client") ? 401 : 400;
  }

  ObjectNode json(ObjectMapper mapper) {
    String trace = UUID.randomUUID().toString();
    String correlation = UUID.randomUUID().toString();
    String timestamp = TIMESTAMP.format(Instant.now());
    ObjectNode node =
        mapper
            .createObjectNode()
            .put("error", error)
            .put(
                "error_description",
                "AADSTS%d: %s Trace ID: %s Correlation ID: %s Timestamp: %s"
                    .formatted(code, getMessage(), trace, correlation, timestamp));
    node.putArray("error_codes").add(code);
    return node.put("timestamp", timestamp)
        .put("trace_id", trace)
        .put("correlation_id", correlation);
  }
}

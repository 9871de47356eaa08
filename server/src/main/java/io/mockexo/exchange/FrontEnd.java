package io.mockexo.exchange;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name of the front-end server that a client meets, in the shapes that Exchange Online uses
 * since 2023 (facts 1.2).
 *
 * @param server the server, for example {@code AM6PEPF0001A2B3}
 * @param forest what follows it in error replies, for example {@code eurprd05.prod.outlook.com}
 * @since 0.1
 */
public record FrontEnd(String server, String forest) {

  private static final Pattern LABELS = Pattern.compile("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*");

  public FrontEnd {
    requireLabels("server", server);
    requireLabels("forest", forest);
  }

  /** The one that is used unless another is configured: always the same, so that logs compare. */
  public static FrontEnd defaultFor(Endpoint endpoint) {
    return switch (endpoint) {
      case MX -> new FrontEnd("AM6PEPF0001A2B3", "eurprd05.prod.outlook.com");
      case CLIENT_SUBMISSION -> new FrontEnd("AM6PR05CA0042", "eurprd05.prod.outlook.com");
    };
  }

  /** The name in greeting and EHLO reply. */
  public String greetingName(Endpoint endpoint) {
    return server + "." + endpoint.greetingDomain();
  }

  /** The name in the bracket at the end of error replies. */
  public String errorName() {
    return server + "." + forest;
  }

  private static void requireLabels(String what, String value) {
    Objects.requireNonNull(value);
    if (!LABELS.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "%s '%s' is not a host name of letters, digits, '-' and '.'".formatted(what, value));
    }
  }
}

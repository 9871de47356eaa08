package io.mockexo.exchange;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name of the front-end server that a client meets, in one of the shapes of facts 1.2.
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

  /** The name in greeting and EHLO reply. */
  public String greetingName(Endpoint endpoint) {
    return endpoint == Endpoint.ON_PREMISES
        ? errorName()
        : server + "." + endpoint.greetingDomain();
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

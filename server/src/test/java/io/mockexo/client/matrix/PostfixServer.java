package io.mockexo.client.matrix;

import io.mockexo.client.Postfix;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Postfix: {@code may}, {@code encrypt} and {@code secure} by the receiver. */
final class PostfixServer extends MailServer {

  private static final Pattern STATUS =
      Pattern.compile(
          "to=<([^>]*)>.* status=(sent|deferred|bounced) (\\(.*\\))$", Pattern.MULTILINE);

  @Override
  Running start(Map<Cell, Route> routes, Path ca) {
    String transports = table(routes, (cell, route) -> cell.domain() + " = smtp:" + nextHop(route));
    String policies = table(routes, (cell, route) -> nextHop(route) + " = " + policy(cell));
    return new Queue(
        Postfix.start(
            9,
            "default_transport = error:there is no other way",
            "transport_maps = inline:{" + transports + "}",
            "smtp_tls_policy_maps = inline:{" + policies + "}",
            "smtp_tls_CAfile = " + ca,
            // A message that is younger does not fall back, and on a busy machine it can have been
            // in the queue for a second before the first try.
            "minimal_backoff_time = 4s",
            "maximal_backoff_time = 4s",
            "smtp_starttls_timeout = " + PATIENCE + "s"));
  }

  private interface Entry {
    String of(Cell cell, Route route);
  }

  private static String table(Map<Cell, Route> routes, Entry entry) {
    return routes.entrySet().stream()
        .map(route -> "{ " + entry.of(route.getKey(), route.getValue()) + " }")
        .collect(Collectors.joining(", "));
  }

  private static String nextHop(Route route) {
    return "[%s]:%d".formatted(route.host(), route.port());
  }

  private static String policy(Cell cell) {
    return level(cell.mode()) + (cell.isOld() ? " protocols=<=TLSv1.2" : "");
  }

  private static String level(Mode mode) {
    return switch (mode) {
      case OFF -> "none";
      case OPPORTUNISTIC -> "may";
      case REQUIRED -> "encrypt";
      case VERIFIED -> "secure match=contoso-com.mail.protection.outlook.com";
    };
  }

  private record Queue(Postfix postfix) implements Running {

    @Override
    public void submit(Cell cell) {
      postfix.submit("app@" + HOST_NAME, cell.recipient(), OneShot.MESSAGE);
    }

    @Override
    public List<String> log(Cell cell) {
      return STATUS
          .matcher(postfix.log())
          .results()
          .filter(status -> status.group(1).equals(cell.recipient()))
          .map(status -> status.group(2) + " " + Plain.text(status.group(3)))
          .toList();
    }

    @Override
    public void close() {
      postfix.close();
    }
  }
}

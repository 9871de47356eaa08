package io.mockexo.client.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OpenSMTPD, with an action for each cell. It tries again after 400 seconds at the earliest, and
 * that cannot be set; so it is told every second to do it now. Nor can the versions of TLS that it
 * offers: for those there is a second one, whose OpenSSL knows no more.
 */
final class OpenSmtpdServer extends MailServer {

  @Override
  Running start(Map<Cell, Route> routes, Path ca) {
    Map<Cell, Route> old = new LinkedHashMap<>(routes);
    Map<Cell, Route> usual = new LinkedHashMap<>(routes);
    old.keySet().removeIf(cell -> !cell.isOld());
    usual.keySet().removeAll(old.keySet());
    if (old.isEmpty()) {
      return start(Root.of("opensmtpd"), usual, ca);
    }
    Running second = start(Root.of("opensmtpd-tls12"), old, ca);
    try {
      return usual.isEmpty() ? second : new Two(start(Root.of("opensmtpd"), usual, ca), second);
    } catch (RuntimeException | AssertionError e) {
      second.close();
      throw e;
    }
  }

  private static Running start(Root root, Map<Cell, Route> routes, Path ca) {
    StringBuilder configuration = new StringBuilder("listen on socket\n");
    routes.forEach((cell, route) -> configuration.append(action(cell, route)));
    root.write("etc/smtpd.conf", configuration.toString());
    root.clear("var/spool/smtpd", "711", "root");
    root.clear("run", "755", "root");
    try {
      root.write("etc/ssl/certs/ca-certificates.crt", Files.readString(ca));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    root.run("", "/usr/sbin/smtpd", "-n");
    Process daemon = root.start("run/output", "/usr/sbin/smtpd", "-d");
    Waiting.until(() -> Files.exists(root.file("run/smtpd.sock")), () -> root.read("run/output"));
    ScheduledExecutorService impatience = Executors.newSingleThreadScheduledExecutor();
    Queue queue = new Queue(root, daemon, impatience, routes);
    impatience.scheduleWithFixedDelay(queue::runQueue, 1, 1, TimeUnit.SECONDS);
    return queue;
  }

  private static String action(Cell cell, Route route) {
    String relay =
        switch (cell.mode()) {
          case OFF -> "smtp+notls://%s:%d\"";
          case OPPORTUNISTIC -> "smtp://%s:%d\"";
          case REQUIRED -> "smtp+tls://%s:%d\" tls no-verify";
          case VERIFIED -> "smtp+tls://%s:%d\"";
        };
    return """
        action "%s" relay host "%s helo %s
        match from local for domain "%s" action "%s"
        """
        .formatted(
            cell.number(),
            relay.formatted(route.host(), route.port()),
            HOST_NAME,
            cell.domain(),
            cell.number());
  }

  /** The usual one, and the one with the older OpenSSL. */
  private record Two(Running usual, Running old) implements Running {

    private Running of(Cell cell) {
      return cell.isOld() ? old : usual;
    }

    @Override
    public void submit(Cell cell) {
      of(cell).submit(cell);
    }

    @Override
    public List<String> log(Cell cell) {
      return of(cell).log(cell);
    }

    @Override
    public void close() {
      usual.close();
      old.close();
    }
  }

  private record Queue(
      Root root, Process daemon, ScheduledExecutorService impatience, Map<Cell, Route> routes)
      implements Running {

    private static final Pattern DELIVERY =
        Pattern.compile("to=<([^>]*)>.* result=\"(\\w+)\" stat=\"(.*)\"$");

    private static final Pattern CONNECTING =
        Pattern.compile("^(\\w+) mta connecting address=\\S*//(\\S+) ");

    /** Its control socket breaks connections when there are several. */
    private synchronized void control(String input, String... command) {
      root.run(input, command);
    }

    private void runQueue() {
      control("", "/usr/sbin/smtpctl", "schedule", "all");
    }

    @Override
    public void submit(Cell cell) {
      control(OneShot.MESSAGE, "/usr/sbin/sendmail", "-f", "app@" + HOST_NAME, cell.recipient());
    }

    @Override
    public List<String> log(Cell cell) {
      Route route = routes.get(cell);
      String address = route.host() + ":" + route.port();
      Set<String> sessions = new HashSet<>();
      List<String> told = new ArrayList<>();
      for (String line : root.read("run/output").lines().toList()) {
        Matcher connecting = CONNECTING.matcher(line);
        Matcher delivery = DELIVERY.matcher(line);
        if (connecting.find()) {
          if (connecting.group(2).equals(address)) {
            sessions.add(connecting.group(1));
          }
        } else if (delivery.find()) {
          if (delivery.group(1).equals(cell.recipient())) {
            told.add(result(delivery.group(2)) + " (" + Plain.text(delivery.group(3)) + ")");
          }
        } else if (line.startsWith("smtp-out: Error on session ")) {
          String[] words = line.substring("smtp-out: Error on session ".length()).split(": ", 2);
          if (sessions.contains(words[0])) {
            told.add(Plain.text(words[1]));
          }
        }
      }
      return told;
    }

    private static String result(String word) {
      return switch (word) {
        case "Ok" -> "sent";
        case "PermFail" -> "bounced";
        default -> "deferred";
      };
    }

    @Override
    public void close() {
      impatience.shutdown();
      Root.end(daemon);
    }
  }
}

package io.mockexo.client.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Exim, with a router and a transport for each mode. */
final class EximServer extends MailServer {

  private static final String OPTIONS =
      """
      primary_hostname = sender.example
      qualify_domain = sender.example
      spool_directory = /var/spool/exim4
      log_file_path = /var/log/exim4/%slog
      log_selector = +received_recipients
      keep_environment =
      never_users =
      host_lookup =
      rfc1413_hosts =
      tls_advertise_hosts =
      queue_only
      """;

  private static final String ROUTER =
      """
      MODE:
        driver = manualroute
        domains = lsearch;/etc/MODE
        route_data = ${lookup{$domain}lsearch{/etc/MODE}}
        transport = MODE
        self = send
      """;

  private static final String TRANSPORT =
      """
      MODE:
        driver = smtp
        hosts_try_dane =
        command_timeout = PATIENCEs
        tls_require_ciphers = ${lookup{$host_address}lsearch{/etc/old}{NORMAL:-VERS-TLS1.3}{NORMAL}}
      """;

  private static String more(Mode mode) {
    return switch (mode) {
      case OFF -> "  hosts_avoid_tls = *\n";
      case OPPORTUNISTIC -> "  tls_verify_certificates =\n";
      case REQUIRED -> "  hosts_require_tls = *\n  tls_verify_certificates =\n";
      case VERIFIED ->
          "  hosts_require_tls = *\n  tls_verify_certificates = /etc/ca.pem\n"
              + "  tls_verify_hosts = *\n";
    };
  }

  @Override
  Running start(Map<Cell, Route> routes, Path ca) {
    Root root = Root.of("exim");
    String routers = "";
    String transports = "";
    for (Mode mode : modes()) {
      routers += ROUTER.replace("MODE", mode.toString());
      transports += TRANSPORT.replace("MODE", mode.toString()) + more(mode);
      root.write("etc/" + mode, table(routes, mode));
    }
    root.write("etc/old", old(routes));
    root.write(
        "etc/exim4/exim4.conf",
        OPTIONS
            + "begin routers\n"
            + routers
            + "begin transports\n"
            + transports.replace("PATIENCE", Integer.toString(PATIENCE))
            + "begin retry\n* * F,4d,1s\n");
    root.clear("var/spool/exim4", "755", "Debian-exim");
    root.clear("var/log/exim4", "755", "Debian-exim");
    root.clear("run/exim4", "755", "Debian-exim");
    try {
      root.write("etc/ca.pem", Files.readString(ca));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String listen = "127.0.0.1." + freePort(); // it cannot run its queue without listening
    return new Queue(
        root, root.start("var/log/exim4/output", "/usr/sbin/exim4", "-bdf", "-q1s", "-oX", listen));
  }

  private static String table(Map<Cell, Route> routes, Mode mode) {
    return routes.entrySet().stream()
        .filter(route -> route.getKey().mode() == mode)
        .map(
            route ->
                "%s: %s::%d\n"
                    .formatted(
                        route.getKey().domain(), route.getValue().host(), route.getValue().port()))
        .collect(Collectors.joining());
  }

  /** The addresses of those who are offered TLS 1.2 at most. */
  private static String old(Map<Cell, Route> routes) {
    return routes.entrySet().stream()
        .filter(route -> route.getKey().isOld())
        .map(route -> route.getValue().host() + ":\n")
        .collect(Collectors.joining());
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Queue(Root root, Process daemon) implements Running {

    private static final Pattern LINE =
        Pattern.compile("^\\S+ \\S+ (\\w{6}-\\w{6,11}-\\w{2,4}) (.*)$", Pattern.MULTILINE);

    private static final Pattern SENT =
        Pattern.compile("=> .*?H=\\S+ \\[\\S+ (X=(TLS[0-9.]+)\\S*)?.*C=\"(.*)\"");

    @Override
    public void submit(Cell cell) {
      root.run(
          OneShot.MESSAGE, "/usr/sbin/exim4", "-f", "app@" + HOST_NAME, "-i", cell.recipient());
    }

    @Override
    public List<String> log(Cell cell) {
      List<String> told = new ArrayList<>();
      String id = "";
      Matcher line = LINE.matcher(root.read("var/log/exim4/mainlog"));
      while (line.find()) {
        String text = line.group(2);
        if (text.startsWith("<=") && text.endsWith(" for " + cell.recipient())) {
          id = line.group(1);
        } else if (line.group(1).equals(id)) {
          told.addAll(told(text));
        }
      }
      return told;
    }

    private static List<String> told(String text) {
      if (text.startsWith("=>")) {
        Matcher sent = SENT.matcher(text);
        return List.of("sent (" + (sent.find() ? Plain.text(sent.group(3)) : text) + ")");
      }
      if (text.startsWith("**")) {
        return List.of("bounced " + reason(text));
      }
      if (text.startsWith("==")) {
        return text.contains("retry time not reached")
            ? List.of()
            : List.of("deferred " + reason(text));
      }
      return text.contains("TLS")
          ? List.of(Plain.text(text.replaceFirst(" \\(", " (")))
          : List.of();
    }

    /** Behind what Exim knows of the way. */
    private static String reason(String text) {
      return "("
          + Plain.text(text.replaceFirst("^.*?(DT=\\S+|T=\\S+|R=\\S+)(?!.* (DT|T|R)=)[^:]*: ", ""))
          + ")";
    }

    @Override
    public void close() {
      Root.end(daemon);
    }
  }
}

package io.mockexo.standalone.evidence.log;

import static io.mockexo.fault.Fault.at;

import io.mockexo.fault.Drop;
import io.mockexo.fault.Fault;
import io.mockexo.fault.Stage;
import io.mockexo.scenario.Scenarios;
import io.mockexo.server.MockExchangeOnlineServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What real clients said to the same failures: {@code client-matrix.md}, which a test writes. */
final class Matrix {

  private static final Path FILE = Path.of("..", "..", "server", "client-matrix.md");

  private Matrix() {}

  /** What Postfix logged first; an asterisk of the table stands for anything. */
  static String ofPostfix(String failure, String mode) throws IOException {
    List<String> lines = Files.readAllLines(FILE);
    int heading =
        lines.indexOf("## " + Character.toUpperCase(failure.charAt(0)) + failure.substring(1));
    String row =
        lines.subList(heading, lines.size()).stream()
            .filter(line -> line.startsWith("| Postfix | " + mode + " |"))
            .findFirst()
            .orElseThrow();
    String said = row.replaceFirst(".*\\| `", "").replaceFirst("(, then .*)?` \\|$", "");
    String literal = Pattern.quote("status=" + said);
    return literal.replace("*", "\\E.*\\Q");
  }

  /** The words for such a session, of a client that does what it can to it. */
  static SenderWords session(String failure) {
    try (MockExchangeOnlineServer exchange = server(failure)) {
      Talk talk = Talk.to(exchange).say("EHLO client.example");
      switch (failure) {
        case "STARTTLS not offered" -> talk.quit();
        case "454" -> talk.say("STARTTLS").quit();
        case "blocklisted" ->
            talk.say("MAIL FROM:<a@client.example>", "RCPT TO:<b@contoso.com>").quit();
        default -> talk.offerTlsInVain();
      }
      return SenderWords.of(exchange.awaitSessions(1).only());
    }
  }

  private static MockExchangeOnlineServer server(String failure) {
    MockExchangeOnlineServer server =
        switch (failure) {
          case "FIN at ClientHello" -> with(at(Stage.CLIENT_HELLO).drop(Drop.FIN));
          case "RST at ClientHello" -> with(at(Stage.CLIENT_HELLO).drop(Drop.RST));
          case "stall after the 220" -> with(at(Stage.STARTTLS_REPLIED).stall());
          case "454" ->
              with(at(Stage.STARTTLS).reply("454 4.7.0 TLS not available due to temporary reason"));
          default -> MockExchangeOnlineServer.mx().start();
        };
    if (failure.equals("STARTTLS not offered")) {
      server.apply(Scenarios.named("starttls-stripped"));
    } else if (failure.equals("blocklisted")) {
      server.apply(Scenarios.named("blocklisted"));
    }
    return server;
  }

  private static MockExchangeOnlineServer with(Fault fault) {
    return MockExchangeOnlineServer.mx().onEveryConnection(fault).start();
  }
}

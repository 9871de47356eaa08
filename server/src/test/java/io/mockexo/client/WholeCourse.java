package io.mockexo.client;

import static io.mockexo.fault.Fault.at;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mockexo.fault.Drop;
import io.mockexo.fault.Fault;
import io.mockexo.fault.Stage;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.server.MockExchangeOnlineServerBuilder;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.stream.Stream;

/** A client that takes a connection through every stage there is, or as far as it gets. */
public final class WholeCourse {

  private static final String USER = "alice@contoso.com";
  private static final String PASSWORD = "s3cret";
  private static final int BODY = 100;

  private WholeCourse() {}

  /** A server that such a client can go through, with a fault on each of its first connections. */
  public static MockExchangeOnlineServer server(Fault... faults) {
    return builder(faults).start();
  }

  /** The same, not started yet. */
  public static MockExchangeOnlineServerBuilder builder(Fault... faults) {
    MockExchangeOnlineServerBuilder builder =
        MockExchangeOnlineServer.clientSubmission().account(USER, PASSWORD);
    for (int i = 0; i < faults.length; i++) {
      builder.onConnection(i + 1, faults[i]);
    }
    return builder;
  }

  /** A fault at every stage. */
  public static Stream<Fault> drops(Drop how) {
    return Stream.of(Stage.values())
        .map(stage -> stage == Stage.BODY ? at(stage, BODY).drop(how) : at(stage).drop(how));
  }

  /**
   * Goes as far as it is let.
   *
   * @return whether it came to the end
   */
  public static boolean run(MockExchangeOnlineServer exchange) {
    try (SmtpTestClient client = SmtpTestClient.connect(exchange)) {
      return run(exchange, client);
    }
  }

  /** Goes as far as it is let, and leaves as soon as the fault has fired. */
  public static void runImpatiently(MockExchangeOnlineServer exchange) {
    SmtpTestClient client = SmtpTestClient.connect(exchange);
    Thread walk = new Thread(() -> run(exchange, client));
    walk.start();
    try {
      while (!exchange.unfiredFaults().isEmpty() && walk.isAlive()) {
        Thread.sleep(5);
      }
      client.leave();
      walk.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean run(MockExchangeOnlineServer exchange, SmtpTestClient client) {
    try {
      client.reply();
      client.command("EHLO client.example");
      client.command("STARTTLS");
      client.startTls(exchange.clientSslContext());
      client.command("EHLO client.example");
      client.command("AUTH LOGIN " + base64(USER));
      client.command(base64(PASSWORD));
      client.command("MAIL FROM:<" + USER + ">");
      client.command("RCPT TO:<bob@contoso.com>");
      client.command("DATA");
      client.send("Message-ID: <1@client.example>\r\n\r\n" + "x".repeat(BODY) + "\r\n");
      client.command(".");
      client.command("QUIT");
      return client.isAtEnd();
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(US_ASCII));
  }
}

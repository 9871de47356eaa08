package io.mockexo.internal.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.internal.smtp.Step.Next;
import io.mockexo.journal.MailTransaction;
import io.mockexo.tls.ClientIdentity;
import io.mockexo.tls.ClientVerdict;
import io.mockexo.tls.TlsVersion;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plays the client's side of a script and compares all that the dialogue did with it.
 *
 * <pre>
 * C: line                 the client sends a line: command, AUTH line or line of DATA, as is due
 * D: octets               ... the octets of a chunk; \r and \n are escapes
 * >> TLS, >> old TLS      the handshake is done, above or below the floor
 * >> TLS 1.1              it is done with TLS 1.1, above the floor
 * >> TLS as NAME, VERDICT  the same with a certificate for NAME
 * >> idle, lost, too long the client is silent, gone, or sends a line without end
 * >> 1500 ms              time passes
 * >> connect              the client is greeted
 * S: line                 the server answers; S~ where the reply is to be held back
 * -- ...                  what else the step brought: transaction, authentication, close
 * </pre>
 *
 * <p>{@code <E>} stands for the bracket at the end of errors.
 */
final class Script {

  static final String SESSION_ID = "08DE8A01A0B45E1B";

  /** The beginning of many scripts. */
  static final String HELLO_ON_MX =
      """
      C: HELO client.example
      S: 250 AM6PEPF0001A2B3.mail.protection.outlook.com Hello [192.0.2.1]
      """;

  static final String ONE_RECIPIENT_ON_MX =
      HELLO_ON_MX
          + """
          C: MAIL FROM:<a@client.example>
          S: 250 2.1.0 Sender OK
          C: RCPT TO:<b@contoso.com>
          S: 250 2.1.5 Recipient OK
          """;

  /** What MX says of the first message of the session, between its Message-ID and its size. */
  static final String STORED_AS =
      "[InternalId=26930617364481, Hostname=AM6PR05MB4201.eurprd05.prod.outlook.com]";

  private final SmtpDialogue dialogue;
  private final ManualClock clock;
  private final String host;
  private final List<MailTransaction> transactions = new ArrayList<>();
  private final StringBuilder actual = new StringBuilder();
  private Next next = new Next.Command();
  private @Nullable DotUnstuffer unstuffer;
  private long octetsDue;

  private Script(
      ExchangeProfile profile, String client, ManualClock manualClock, SharedLimits limits) {
    host = profile.frontEnd().errorName();
    clock = manualClock;
    dialogue =
        new SmtpDialogue(
            profile,
            address(client),
            SESSION_ID,
            clock,
            TestBudget.unlimited(),
            limits.of(profile, address(client)));
  }

  /** A clock that stands at the beginning of a script. */
  static ManualClock clock() {
    return new ManualClock("2026-03-27T17:08:50.123Z");
  }

  /** Plays {@code script} as a client at 192.0.2.1; the transactions that ended. */
  static List<MailTransaction> play(ExchangeProfile profile, String script) {
    return play(profile, "192.0.2.1", script);
  }

  static List<MailTransaction> play(ExchangeProfile profile, String client, String script) {
    ManualClock clock = clock();
    return play(profile, client, clock, new SharedLimits(clock), script);
  }

  /** The same beside what others do, within limits that they share. */
  static List<MailTransaction> play(
      ExchangeProfile profile,
      String client,
      ManualClock clock,
      SharedLimits limits,
      String script) {
    Script player = new Script(profile, client, clock, limits);
    script.lines().forEach(player::act);
    assertThat(player.actual).hasToString(script);
    return player.transactions;
  }

  static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private void act(String line) {
    boolean client = line.startsWith("C: ") || line.startsWith("D: ") || line.startsWith(">> ");
    if (!client) {
      return;
    }
    actual.append(line).append('\n');
    String content = line.substring(3);
    if (line.startsWith("C: ")) {
      clientLine(content.getBytes(StandardCharsets.UTF_8));
    } else if (line.startsWith("D: ")) {
      octets(content.replace("\\r", "\r").replace("\\n", "\n").getBytes(StandardCharsets.UTF_8));
    } else {
      event(content);
    }
  }

  private void clientLine(byte[] line) {
    if (next instanceof Next.Data data) {
      byte[] wire =
          (new String(line, StandardCharsets.UTF_8) + "\r\n").getBytes(StandardCharsets.UTF_8);
      if (unstuffer.feed(wire, 0, wire.length) == wire.length) {
        tell(dialogue.dataReceived(data.into()));
      }
    } else if (next instanceof Next.AuthLine) {
      tell(dialogue.authLine(line));
    } else {
      assertThat(next).as("what is due").isEqualTo(new Next.Command());
      tell(dialogue.on(SmtpCommandParser.parse(line)));
    }
  }

  private void octets(byte[] octets) {
    assertThat(next).as("what is due").isInstanceOf(Next.Chunk.class);
    Next.Chunk chunk = (Next.Chunk) next;
    octetsDue -= octets.length;
    if (chunk.into() != null) {
      chunk.into().add(octets, 0, octets.length);
    }
    if (octetsDue == 0) {
      tell(dialogue.chunkReceived(chunk));
    }
  }

  private void event(String name) {
    if (name.startsWith("TLS as ")) {
      String commonName = name.substring("TLS as ".length(), name.indexOf(','));
      ClientVerdict verdict = ClientVerdict.valueOf(name.substring(name.indexOf(',') + 2));
      dialogue.tlsEstablished(
          TlsVersion.TLS_1_3,
          false,
          new ClientIdentity("CN=" + commonName, commonName, List.of(), verdict));
      next = new Next.Command();
      return;
    }
    switch (name) {
      case "TLS 1.1" -> {
        dialogue.tlsEstablished(TlsVersion.TLS_1_1, false, null);
        next = new Next.Command();
      }
      case "TLS", "old TLS" -> {
        assertThat(next).as("what is due").isEqualTo(new Next.StartTls());
        boolean old = name.startsWith("old");
        dialogue.tlsEstablished(old ? TlsVersion.TLS_1_1 : TlsVersion.TLS_1_3, old, null);
        next = new Next.Command();
      }
      case "connect" -> tell(dialogue.greet());
      case "idle" -> tell(dialogue.idle());
      case "too long" -> tell(dialogue.lineTooLong());
      case "lost" -> tellEnd(dialogue.connectionLost());
      default -> clock.advance(Duration.ofMillis(Long.parseLong(name.replace(" ms", ""))));
    }
  }

  private void tell(Step step) {
    if (step.reached() != null) {
      Step.Reached reached = step.reached();
      actual.append(
          "-- %s of %s, %d ms\n"
              .formatted(reached.limit(), reached.whose(), reached.waiting().toMillis()));
    }
    if (step.reply() != null) {
      String wire = new String(step.reply().toWire(), StandardCharsets.UTF_8);
      assertThat(wire).endsWith("\r\n");
      String bracket = "[%s %s %s]".formatted(host, clock.instant(), SESSION_ID);
      String mark = step.tarpit() ? "S~ " : "S: ";
      wire.lines()
          .forEach(line -> actual.append(mark).append(line.replace(bracket, "<E>")).append('\n'));
    }
    if (step.authentication() != null) {
      Step.Authentication end = step.authentication();
      actual
          .append("-- AUTH %s by %s ".formatted(end.mechanism(), end.user()))
          .append(end.succeeded() ? "succeeded" : "failed")
          .append(end.reason() == null ? "\n" : ", " + end.reason() + "\n");
    }
    tellEnd(step.ended());
    next = step.next();
    if (next instanceof Next.Close) {
      actual.append("-- closed\n");
    } else if (next instanceof Next.Data data) {
      unstuffer = new DotUnstuffer(data.into());
    } else if (next instanceof Next.Chunk chunk) {
      octetsDue = chunk.octets();
      octets(new byte[0]);
    }
  }

  private void tellEnd(@Nullable MailTransaction transaction) {
    if (transaction != null) {
      transactions.add(transaction);
      String recipients =
          transaction.recipients().stream()
              .map(r -> r.forwardPath() + "=" + r.replyCode())
              .collect(Collectors.joining(", "));
      actual.append(
          String.format(
              Locale.ROOT,
              "-- %s %d, from <%s> to [%s], %d bytes\n",
              transaction.outcome(),
              transaction.replyCode(),
              transaction.reversePath(),
              recipients,
              transaction.size()));
    }
  }
}

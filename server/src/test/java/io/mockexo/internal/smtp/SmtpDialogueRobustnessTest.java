package io.mockexo.internal.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.internal.smtp.SmtpCommand.Problem;
import io.mockexo.internal.smtp.Step.Next;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.tls.TlsVersion;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SmtpDialogueRobustnessTest {

  private static final List<SmtpCommand> ONE_OF_EACH =
      List.of(
          new SmtpCommand.Ehlo("client.example"),
          new SmtpCommand.Helo("client.example"),
          new SmtpCommand.Mail("a@client.example", Map.of()),
          new SmtpCommand.Rcpt("b@contoso.com", Map.of()),
          new SmtpCommand.Data(),
          new SmtpCommand.Bdat(3, true),
          new SmtpCommand.Rset(),
          new SmtpCommand.Noop(),
          new SmtpCommand.Vrfy(),
          new SmtpCommand.Expn(),
          new SmtpCommand.Help(),
          new SmtpCommand.Quit(),
          new SmtpCommand.StartTls(),
          new SmtpCommand.Auth("LOGIN", null),
          new SmtpCommand.Unknown("FOO"),
          new SmtpCommand.Malformed("RCPT", Problem.INVALID_FORWARD_PATH));

  private static final String[] LINES = {
    "EHLO x",
    "HELO",
    "EHLO ..",
    "MAIL FROM:<a@b>",
    "MAIL FROM:<a@b> BODY=BINARYMIME",
    "MAIL FROM:<a@b> SIZE=99",
    "MAIL FROM:a",
    "RCPT TO:<a@b>",
    "RCPT TO:<a@b>",
    "RCPT TO:a",
    "DATA",
    "BDAT 3",
    "BDAT 0",
    "BDAT 3 LAST",
    "BDAT 20",
    "RSET",
    "NOOP",
    "STARTTLS",
    "AUTH LOGIN YQ==",
    "AUTH XOAUTH2",
    "AUTH PLAIN AA==",
    "AUTH",
    "",
    "FOO",
    "VRFY",
    "EXPN",
    "HELP",
    "DATA x"
  };

  @Test
  void has_an_answer_to_every_command() {
    Set<Class<?>> commands =
        Stream.of(SmtpCommand.class.getPermittedSubclasses())
            .filter(Class::isRecord)
            .collect(Collectors.toSet());
    assertThat(ONE_OF_EACH.stream().map(Object::getClass)).hasSameElementsAs(commands);

    for (SmtpCommand command : ONE_OF_EACH) {
      Step step = dialogue(Profiles.MX).on(command);
      assertThat(step.reply() != null || step.next() instanceof Next.Chunk)
          .as("%s", command)
          .isTrue();
    }
  }

  static Stream<ExchangeProfile> profiles() {
    return Stream.of(Profiles.MX, Profiles.SUBMISSION)
        .map(profile -> profile.toBuilder().maxMessageSize(10).maxRecipients(2).build());
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void stays_consistent_whatever_a_client_does(ExchangeProfile profile) {
    for (int seed = 0; seed < 500; seed++) {
      new Walk(profile, seed).run();
    }
  }

  private static SmtpDialogue dialogue(ExchangeProfile profile) {
    return new SmtpDialogue(
        profile,
        Script.address("192.0.2.1"),
        Script.SESSION_ID,
        new ManualClock("2026-03-27T17:08:50Z"),
        TestBudget.unlimited());
  }

  /** A client that does anything that a client can do, in any order. */
  private static final class Walk {
    private final ExchangeProfile profile;
    private final SmtpDialogue dialogue;
    private final int seed;
    private final Random random;
    private Next next = new Next.Command();
    private int accepted;
    private int ended;

    Walk(ExchangeProfile profile, int seed) {
      this.profile = profile;
      this.dialogue = dialogue(profile);
      this.seed = seed;
      this.random = new Random(seed);
    }

    void run() {
      for (int i = 0; i < 200 && !(next instanceof Next.Close); i++) {
        act();
      }
      MailTransaction last = dialogue.connectionLost();
      ended += last == null ? 0 : 1;
      assertThat(ended).as("transactions that ended, seed %d", seed).isEqualTo(accepted);
      assertThat(dialogue.connectionLost()).isNull();
    }

    private void act() {
      byte[] octets = "0123456789abcdefghij".getBytes(US_ASCII);
      if (next instanceof Next.Command) {
        String line = LINES[random.nextInt(LINES.length)];
        check(
            random.nextInt(50) == 0
                ? dialogue.lineTooLong()
                : dialogue.on(SmtpCommandParser.parse(line.getBytes(US_ASCII))));
      } else if (next instanceof Next.AuthLine) {
        String line =
            new String[] {"*", "!", "QWxpY2VAY29udG9zby5jb20=", "czNjcmV0"}[random.nextInt(4)];
        check(dialogue.authLine(line.getBytes(US_ASCII)));
      } else if (next instanceof Next.StartTls) {
        dialogue.tlsEstablished(TlsVersion.TLS_1_2, random.nextInt(10) == 0, null);
        next = new Next.Command();
      } else if (next instanceof Next.Data data) {
        data.into().add(octets, 0, random.nextInt(octets.length));
        check(dialogue.dataReceived(data.into()));
      } else if (next instanceof Next.Chunk chunk) {
        if (chunk.into() != null) {
          chunk.into().add(octets, 0, (int) chunk.octets());
        }
        check(dialogue.chunkReceived(chunk));
      }
    }

    private void check(Step step) {
      next = step.next();
      SmtpReply reply = step.reply();
      assertThat(reply == null).as("no reply, seed %d", seed).isEqualTo(next instanceof Next.Chunk);
      if (reply == null) {
        return;
      }
      String bracket =
          " [%s 2026-03-27T17:08:50.000Z %s]"
              .formatted(profile.frontEnd().errorName(), Script.SESSION_ID);
      assertThat(reply.text().endsWith(bracket)).as(reply.text()).isEqualTo(!reply.isPositive());
      if (reply.text().equals("2.1.0 Sender OK")) {
        accepted++;
      }
      MailTransaction transaction = step.ended();
      if (transaction != null) {
        boolean neverBegun = wasRefusedAtMail(transaction, reply);
        ended += neverBegun ? 0 : 1;
        assertThat(transaction.isDelivered()).isEqualTo(transaction.content() != null);
      }
    }

    /** A refused MAIL is a transaction of its own, which has begun and ended with one reply. */
    private static boolean wasRefusedAtMail(MailTransaction transaction, SmtpReply reply) {
      return transaction.outcome() == Outcome.REFUSED
          && transaction.recipients().isEmpty()
          && transaction.replyText().equals(reply.text());
    }
  }
}

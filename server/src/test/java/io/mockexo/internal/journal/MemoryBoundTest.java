package io.mockexo.internal.journal;

import static io.mockexo.internal.journal.Recording.finish;
import static io.mockexo.internal.journal.Recording.journal;
import static io.mockexo.internal.journal.Recording.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.internal.smtp.SmtpCommandParser;
import io.mockexo.internal.smtp.SmtpDialogue;
import io.mockexo.internal.smtp.SmtpReply;
import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.TransactionFailed;
import io.mockexo.journal.SmtpSession;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever clients do, the journal keeps no more than its limit and the promised overdraft. */
class MemoryBoundTest {

  private static final int CONNECTIONS = 40;

  @ParameterizedTest
  @ValueSource(longs = {1, 50_000, 1_000_000})
  void hostile_clients_cannot_bloat_the_journal(long maxBytes) {
    Journal journal = journal(new JournalLimits(100, maxBytes, 10_000));
    Random random = new Random(maxBytes);
    AnyEvent events = new AnyEvent(random, 1000);
    List<SessionRecorder> open = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      if (open.size() < CONNECTIONS) {
        open.add(open(journal));
      }
      act(open.get(random.nextInt(open.size())), events, random);
      if (random.nextInt(500) == 0) {
        finish(open.remove(random.nextInt(open.size())));
      }
      assertThat(journal.usedBytes())
          .isBetween(0L, maxBytes + open.size() * SessionMemory.OVERDRAFT);
      if (i % 500 == 0) {
        assertThat(retained(journal)).isLessThan(journal.usedBytes());
      }
    }

    open.forEach(Recording::finish);
    assertThat(journal.usedBytes()).isLessThanOrEqualTo(maxBytes);
    journal.remove();
    assertThat(journal.usedBytes()).isZero();
  }

  private static void act(SessionRecorder client, AnyEvent events, Random random) {
    if (random.nextBoolean()) {
      client.budget().reserveFor(new MailTransaction.Recipient("x".repeat(500), 250, "ok"));
    } else {
      SessionEvent event = events.next();
      if (!(event instanceof Closed)) {
        client.add(event);
      }
    }
  }

  private static long retained(Journal journal) {
    return RetainedText.bytes(
        journal.everything().stream().map(SmtpSession::events).map(ArrayList::new).toList());
  }

  @Test
  void recipients_of_open_transactions_are_counted_and_refused_without_room() throws Exception {
    long maxBytes = 200_000;
    Journal journal = journal(new JournalLimits(100, maxBytes, 10_000));
    ExchangeProfile profile =
        ExchangeProfile.builder(Endpoint.MX).maxRecipients(Integer.MAX_VALUE).build();
    int refused = 0;
    for (int i = 0; i < CONNECTIONS; i++) {
      SmtpDialogue dialogue = dialogue(profile, open(journal));
      say(dialogue, "HELO client.example");
      say(dialogue, "MAIL FROM:<>");
      assertThat(say(dialogue, "RCPT TO:<first@contoso.com>").code()).isEqualTo(250);
      for (int n = 0; n < 1000; n++) {
        refused += say(dialogue, "RCPT TO:<user" + n + "@contoso.com>").code() == 452 ? 1 : 0;
      }
    }

    assertThat(refused).isGreaterThan(CONNECTIONS * 900);
    assertThat(journal.usedBytes())
        .isLessThanOrEqualTo(maxBytes + CONNECTIONS * SessionMemory.OVERDRAFT);
  }

  @Test
  void a_message_is_told_with_all_recipients_that_were_accepted_even_if_there_is_no_room() {
    Journal journal = journal(new JournalLimits(100, 300_000, 10_000));
    SessionRecorder mail = open(journal);
    List<MailTransaction.Recipient> accepted = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      var recipient = new MailTransaction.Recipient("user" + i + "@contoso.com", 250, "2.1.5 OK");
      assertThat(mail.budget().reserveFor(recipient)).isTrue();
      accepted.add(recipient);
    }
    SessionRecorder other = open(journal);
    for (long part = 1000; part > 0; part /= 10) {
      while (other.budget().reserve(part)) {
        // takes all
      }
    }
    mail.add(Recording.message(accepted));

    assertThat(
            journal.waits().awaitMessages(1, Duration.ZERO).deliveredMessages().get(0).recipients())
        .isEqualTo(accepted);
  }

  @Test
  void what_recipients_took_comes_back_with_the_end_of_their_transaction_or_session() {
    Journal journal = journal(new JournalLimits(100, 1_000_000, 1));
    SessionRecorder ends = open(journal);
    SessionRecorder breaksOff = open(journal);
    var recipient = new MailTransaction.Recipient("x".repeat(500), 250, "2.1.5 Recipient OK");
    for (int i = 0; i < 100; i++) {
      assertThat(ends.budget().reserveFor(recipient)).isTrue();
      assertThat(breaksOff.budget().reserveFor(recipient)).isTrue();
    }
    assertThat(journal.usedBytes()).isGreaterThan(100_000);
    ends.add(Recording.command("MAIL FROM:<>"));
    ends.add(
        new TransactionFailed(
            Duration.ZERO, Recording.transaction(Outcome.ABORTED, List.of(recipient))));
    finish(breaksOff);

    assertThat(journal.openSessions().get(0).eventsDropped()).isEqualTo(1);
    assertThat(journal.usedBytes()).isLessThan(2 * (EventSize.SESSION + SessionMemory.SLAB));
  }

  @Test
  void sums_do_not_overflow_without_limits() {
    Journal journal =
        journal(new JournalLimits(Integer.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE));
    for (int i = 0; i < 4; i++) {
      SessionRecorder recorder = open(journal);
      assertThat(recorder.budget().reserve(Long.MAX_VALUE)).isFalse();
      assertThat(recorder.budget().reserve(Long.MAX_VALUE / 2 - 100_000)).isTrue();
      recorder.add(Recording.message());
      finish(recorder);
    }

    assertThat(journal.sessions()).extracting(SmtpSession::number).containsExactly(4);
    assertThat(journal.usedBytes()).isPositive();
  }

  private static SmtpDialogue dialogue(ExchangeProfile profile, SessionRecorder recorder) {
    return new SmtpDialogue(
        profile,
        InetAddress.getLoopbackAddress(),
        "08DE8A01A0B45E1B",
        Clock.systemUTC(),
        recorder.budget());
  }

  private static SmtpReply say(SmtpDialogue dialogue, String line) {
    return dialogue.on(SmtpCommandParser.parse(line.getBytes(StandardCharsets.US_ASCII))).reply();
  }
}

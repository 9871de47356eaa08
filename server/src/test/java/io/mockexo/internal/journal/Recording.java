package io.mockexo.internal.journal;

import io.mockexo.exchange.Endpoint;
import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MailTransaction.Outcome;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.MessageAccepted;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** What the tests of the journal record. */
final class Recording {

  static final Closed JUST_CLOSED =
      new Closed(Duration.ofMillis(9), Closed.Side.CLIENT, Closed.End.FIN);

  private Recording() {}

  static Journal journal(JournalLimits limits) {
    return new Journal(limits, InstantSource.system());
  }

  static SessionRecorder open(Journal journal) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return journal.open(
        Endpoint.MX, new InetSocketAddress(loopback, 40000), new InetSocketAddress(loopback, 2525));
  }

  static void finish(SessionRecorder recorder) {
    recorder.close(JUST_CLOSED);
  }

  static SessionEvent command(String line) {
    return new CommandReceived(Duration.ofMillis(1), false, "", line, false);
  }

  static SessionEvent message() {
    return message(List.of(new MailTransaction.Recipient("c@d", 250, "2.1.5 Recipient OK")));
  }

  static SessionEvent message(List<MailTransaction.Recipient> recipients) {
    return new MessageAccepted(Duration.ofMillis(2), transaction(Outcome.DELIVERED, recipients));
  }

  static MailTransaction transaction(Outcome outcome, List<MailTransaction.Recipient> recipients) {
    return new MailTransaction(
        "a@b",
        Map.of(),
        recipients,
        false,
        null,
        outcome,
        250,
        "2.6.0 Queued mail for delivery",
        "<1@b>",
        null,
        10,
        null);
  }
}

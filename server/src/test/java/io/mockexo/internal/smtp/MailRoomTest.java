package io.mockexo.internal.smtp;

import static io.mockexo.internal.smtp.Profiles.MX;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.journal.MailTransaction;
import org.junit.jupiter.api.Test;

/** What a mail transaction may take, and what becomes of it when there is no room. */
class MailRoomTest {

  @Test
  void refuses_recipients_without_room_and_goes_on_with_the_others() {
    TestBudget budget = new TestBudget(2);
    SmtpDialogue dialogue = dialogue(MX, budget);
    dialogue.on(new SmtpCommand.Helo("client.example"));
    String refusal =
        "4.3.1 Insufficient system resources [%s 2026-03-27T17:08:50.123Z %s]"
            .formatted(MX.frontEnd().errorName(), Script.SESSION_ID);

    assertThat(say(dialogue, "MAIL FROM:<a@client.example>").code()).isEqualTo(250);
    assertThat(say(dialogue, "RCPT TO:<b@contoso.com>").code()).isEqualTo(250);
    assertThat(say(dialogue, "RCPT TO:<c@contoso.com>").code()).isEqualTo(250);
    assertThat(say(dialogue, "RCPT TO:<d@contoso.com>")).isEqualTo(SmtpReply.of(452, refusal));
    assertThat(say(dialogue, "DATA").code()).isEqualTo(354);
    MailTransaction transaction = dialogue.connectionLost();
    assertThat(transaction.acceptedRecipients()).containsExactly("b@contoso.com", "c@contoso.com");

    assertThat(say(dialogue, "MAIL FROM:<a@client.example>").code()).isEqualTo(250);
    assertThat(say(dialogue, "RCPT TO:<d@contoso.com>").code()).isEqualTo(452);
    assertThat(say(dialogue, "DATA").code()).isEqualTo(503);
    assertThat(dialogue.connectionLost().replyCode()).isEqualTo(452);
  }

  @Test
  void puts_back_what_an_unfinished_message_took() {
    TestBudget budget = new TestBudget(10_000);
    SmtpDialogue dialogue = dialogue(MX, budget);
    dialogue.on(new SmtpCommand.Helo("client.example"));
    say(dialogue, "MAIL FROM:<a@client.example>");
    say(dialogue, "RCPT TO:<b@contoso.com>");
    Step data = dialogue.on(SmtpCommandParser.parse("DATA".getBytes(US_ASCII)));
    ((Step.Next.Data) data.next()).into().add(new byte[5000], 0, 5000);
    assertThat(budget.left()).isLessThan(5000);
    dialogue.connectionLost();

    assertThat(budget.left()).isEqualTo(10_000 - 1);
  }

  @Test
  void keeps_a_bounded_number_of_refused_recipients() {
    SmtpDialogue dialogue =
        dialogue(MX.toBuilder().maxRecipients(1).build(), TestBudget.unlimited());
    dialogue.on(new SmtpCommand.Helo("client.example"));
    dialogue.on(SmtpCommandParser.parse("MAIL FROM:<>".getBytes(US_ASCII)));
    SmtpCommand rcpt = SmtpCommandParser.parse("RCPT TO:<b@contoso.com>".getBytes(US_ASCII));
    for (int i = 0; i < 5000; i++) {
      dialogue.on(rcpt);
    }

    assertThat(dialogue.connectionLost().recipients()).hasSize(1001);
  }

  private static SmtpDialogue dialogue(ExchangeProfile profile, ByteBudget budget) {
    return new SmtpDialogue(
        profile,
        Script.address("192.0.2.1"),
        Script.SESSION_ID,
        new ManualClock("2026-03-27T17:08:50.123Z"),
        budget);
  }

  private static SmtpReply say(SmtpDialogue dialogue, String line) {
    return dialogue.on(SmtpCommandParser.parse(line.getBytes(US_ASCII))).reply();
  }
}

package io.mockexo.internal.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.SmugglingVariant;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.internal.journal.Journal;
import io.mockexo.journal.JournalLimits;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SmtpSession;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No second message can be hidden within a first one, however the end of that is written. */
class SmugglingTest {

  private static final ExchangeProfile PROFILE = ExchangeProfile.builder(Endpoint.MX).build();

  private static final String ENVELOPE =
      "MAIL FROM:<%s@client.example>\r\nRCPT TO:<b@contoso.com>\r\nDATA\r\n";

  private static final String HIDDEN = ENVELOPE.formatted("evil") + "hidden\r\n";

  private final Journal journal = new Journal(JournalLimits.defaults(), InstantSource.system());

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void within_a_message_it_is_content_unless_it_is_end_of_data(SmugglingVariant variant) {
    assertTold(variant, "Subject: a\r\n\r\nbefore");
  }

  /** The CRLF of the DATA command is no part of the message, and nothing is before the variant. */
  @ParameterizedTest(name = "{0}")
  @EnumSource
  void at_the_beginning_of_a_message_it_is_no_different(SmugglingVariant variant) {
    assertTold(variant, "");
  }

  private void assertTold(SmugglingVariant variant, String before) {
    String wire = new String(variant.wire(), ISO_8859_1);
    String stored = before + new String(variant.stored(), ISO_8859_1);
    String begun = "EHLO client.example\r\n" + ENVELOPE.formatted("a");
    byte[] input = (begun + before + wire + HIDDEN + ".\r\n").getBytes(ISO_8859_1);
    List<String> messages =
        variant.endsData() ? List.of(stored, "hidden\r\n") : List.of(stored + HIDDEN);
    int first = begun.length() - "\r\n".length();
    for (int cut = first; cut <= (begun + before + wire).length(); cut++) {
      SmtpSession session = sessionOf(input, cut);
      assertThat(session.transactions())
          .as("cut at %d", cut)
          .allMatch(MailTransaction::isDelivered)
          .extracting(mail -> new String(mail.content().toByteArray(), ISO_8859_1))
          .isEqualTo(messages);
      assertThat(session.events(CommandReceived.class))
          .filteredOn(command -> command.verb().equals("MAIL"))
          .hasSameSizeAs(messages);
      journal.reset();
    }
  }

  private SmtpSession sessionOf(byte[] input, int cut) {
    VirtualConnection connection =
        new VirtualConnection(journal, PROFILE, new CompletableFuture<>());
    connection.receive(input, 0, cut).receive(input, cut, input.length - cut);
    connection.end();
    return journal.sessions().only();
  }
}

package io.mockexo.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.SmtpTestClient;
import io.mockexo.client.SmugglingVariant;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.MessageContent;
import io.mockexo.journal.SmtpSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All variants of end-of-data over a socket, with and without TLS, and in chunks. */
class SmugglingWireTest {

  private static final String HIDDEN =
      "MAIL FROM:<evil@client.example>\r\nRCPT TO:<b@contoso.com>\r\nDATA\r\nhidden\r\n";

  private static final byte[] END_OF_DATA = ".\r\n".getBytes(ISO_8859_1);

  private static void beginMail(SmtpTestClient client) {
    assertThat(client.command("MAIL FROM:<a@client.example>")).startsWith("250 2.1.0 ");
    assertThat(client.command("RCPT TO:<b@contoso.com>")).startsWith("250 2.1.5 ");
  }

  private static List<String> contents(SmtpSession session) {
    return session.transactions().stream()
        .map(MailTransaction::content)
        .map(MessageContent::toByteArray)
        .map(bytes -> new String(bytes, ISO_8859_1))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_message_ends_where_it_should_and_nothing_hidden_in_it_is_carried_out(boolean insideTls) {
    List<String> messages = new ArrayList<>();
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start();
        SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      if (insideTls) {
        client.command("STARTTLS");
        client.startTls(exchange.clientSslContext());
        client.command("EHLO client.example");
      }
      for (SmugglingVariant variant : SmugglingVariant.values()) {
        beginMail(client);
        assertThat(client.command("DATA")).startsWith("354 ");
        client.send("before").send(variant.wire()).send(HIDDEN).send(END_OF_DATA);
        assertThat(client.reply()).as("%s", variant).startsWith("250 2.6.0 ");
        messages.add("before" + new String(variant.stored(), ISO_8859_1));
        if (variant.endsData()) {
          assertThat(client.reply()).startsWith("250 2.1.0 ");
          assertThat(client.reply()).startsWith("250 2.1.5 ");
          assertThat(client.reply()).startsWith("354 ");
          assertThat(client.reply()).startsWith("250 2.6.0 ");
          messages.add("hidden\r\n");
        } else {
          messages.set(messages.size() - 1, messages.get(messages.size() - 1) + HIDDEN);
        }
      }
      assertThat(client.command("QUIT")).startsWith("221 ");

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(contents(session)).isEqualTo(messages);
      assertThat(session.transactions()).allMatch(mail -> mail.insideTls() == insideTls);
    }
  }

  /** RFC 3030, section 2: octets are counted, not looked at. */
  @Test
  void in_a_chunk_every_variant_is_content_as_it_was_sent() {
    List<String> messages = new ArrayList<>();
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start();
        SmtpTestClient client = SmtpTestClient.hello(exchange)) {
      for (SmugglingVariant variant : SmugglingVariant.values()) {
        beginMail(client);
        client.send("BDAT " + variant.wire().length + " LAST\r\n").send(variant.wire());
        assertThat(client.reply()).as("%s", variant).startsWith("250 2.6.0 ");
        messages.add(new String(variant.wire(), ISO_8859_1));
      }
      client.command("QUIT");

      assertThat(contents(exchange.awaitSessions(1).only())).isEqualTo(messages);
    }
  }
}

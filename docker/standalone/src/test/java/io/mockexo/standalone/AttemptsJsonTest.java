package io.mockexo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mockexo.journal.Sessions;
import io.mockexo.server.MockExchangeOnlineServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AttemptsJsonTest {

  private static final String MAIL =
      "MAIL FROM:<a@client.example>\r\nRCPT TO:<b@contoso.com>\r\nDATA\r\n";

  private static String message(String id) {
    return "EHLO client.example\r\n"
        + MAIL
        + "Message-ID: <"
        + id
        + ">\r\n\r\nhello\r\n.\r\nQUIT\r\n";
  }

  /** STARTTLS, and then no ClientHello but the end. */
  private static final String BROKEN_TLS = "EHLO client.example\r\nSTARTTLS\r\n";

  /** Speaks on a connection for each, one after the other. */
  private static List<JsonNode> verdictsAfter(String... dialogues) throws IOException {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      for (int i = 0; i < dialogues.length; i++) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), exchange.port())) {
          socket.getOutputStream().write(dialogues[i].getBytes(StandardCharsets.US_ASCII));
          socket.shutdownOutput();
          socket.getInputStream().readAllBytes();
        }
        exchange.awaitSessions(i + 1);
      }
      Sessions sessions = exchange.awaitSessions(dialogues.length);
      List<JsonNode> verdicts = new ArrayList<>();
      for (String line : new SessionJson().verdicts("lab", sessions.attempts())) {
        verdicts.add(new ObjectMapper().readTree(line));
      }
      return verdicts;
    }
  }

  @Test
  void a_message_is_told_with_its_attempts_and_what_they_mean_together() throws Exception {
    JsonNode told = verdictsAfter(BROKEN_TLS, message("1@client.example")).get(0);

    assertThat(told.get("event").asText()).isEqualTo("attempts");
    assertThat(told.get("name").asText()).isEqualTo("lab");
    assertThat(told.at("/message/messageId").asText()).isEqualTo("<1@client.example>");
    assertThat(told.at("/recipients/0").asText()).isEqualTo("b@contoso.com");
    JsonNode first = told.at("/attempts/0");
    assertThat(first.get("session").asInt()).isEqualTo(1);
    assertThat(first.get("outcome").asText()).isEqualTo("NO_MAIL");
    assertThat(first.get("mailOver").asText()).isEqualTo("NONE");
    assertThat(first.get("failedTls").asBoolean()).isTrue();
    JsonNode second = told.at("/attempts/1");
    assertThat(second.get("session").asInt()).isEqualTo(2);
    assertThat(second.get("outcome").asText()).isEqualTo("DELIVERED");
    assertThat(second.get("mailOver").asText()).isEqualTo("CLEARTEXT");
    assertThat(second.get("cleartextReason").asText()).isEqualTo("FELL_BACK");
    JsonNode later = told.at("/laterTries/0");
    assertThat(later.get("attempt").asInt()).isEqualTo(2);
    assertThat(later.get("previous").asInt()).isEqualTo(1);
    assertThat(later.get("kind").asText()).isEqualTo("FALLBACK_TO_CLEARTEXT");
    assertThat(later.get("gap").isNumber()).isTrue();
    assertThat(told.get("fellBackToCleartext").asBoolean()).isTrue();
    assertThat(told.get("retried").asBoolean()).isFalse();
    assertThat(told.get("delivered").asBoolean()).isTrue();
  }

  @Test
  void retries_and_duplicates_are_told() throws Exception {
    JsonNode told = verdictsAfter(message("1@client.example"), message("1@client.example")).get(0);

    assertThat(told.get("retried").asBoolean()).isTrue();
    assertThat(told.get("retriedAfterTlsFailure").asBoolean()).isFalse();
    assertThat(told.get("fellBackToCleartext").asBoolean()).isFalse();
    assertThat(told.at("/duplicatedRecipients/0").asText()).isEqualTo("b@contoso.com");
  }

  @Test
  void attempts_that_fit_several_messages_are_told_apart() throws Exception {
    String twoMessages =
        message("1@client.example").replace("QUIT\r\n", "")
            + message("2@client.example").replace("EHLO client.example\r\n", "");

    List<JsonNode> told = verdictsAfter(BROKEN_TLS, twoMessages);

    assertThat(told)
        .extracting(line -> line.get("event").asText())
        .containsExactly("attempts", "attempts", "ambiguous");
    assertThat(told.get(2).at("/attempts/0/session").asInt()).isEqualTo(1);
    assertThat(told.get(2).get("fellBackToCleartext").asBoolean()).isTrue();
    assertThat(told.get(2).get("retriedAfterTlsFailure").asBoolean()).isFalse();
  }

  @Test
  void of_very_many_attempts_the_first_are_only_counted() throws Exception {
    String[] dialogues = new String[53];
    Arrays.fill(dialogues, BROKEN_TLS);

    JsonNode told = verdictsAfter(dialogues).get(0);

    assertThat(told.get("message").isNull()).isTrue();
    assertThat(told.get("earlierAttempts").asInt()).isEqualTo(3);
    assertThat(told.get("attempts")).hasSize(50);
    assertThat(told.at("/attempts/0/session").asInt()).isEqualTo(4);
    assertThat(told.get("laterTries")).hasSize(50);
  }
}

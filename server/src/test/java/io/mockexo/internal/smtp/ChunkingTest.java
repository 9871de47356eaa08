package io.mockexo.internal.smtp;

import static io.mockexo.internal.smtp.Profiles.MX;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.MailTransaction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** BDAT (RFC 3030). */
class ChunkingTest {

  @Test
  void puts_chunks_together() {
    List<MailTransaction> ended =
        Script.play(
            MX,
            Script.ONE_RECIPIENT_ON_MX
                + """
                C: BDAT 20
                D: Message-
                D: ID: <1@x>\\r\\n\\r
                S: 250 2.6.0 CHUNK received OK, 20 octets
                C: BDAT 0
                S: 250 2.6.0 CHUNK received OK, 0 octets
                C: NOOP
                S: 250 2.0.0 OK
                C: bdat 5 last
                D: \\n.\\r\\n.
                S: 250 2.6.0 <1@x> %s 25 bytes in 0.001, 24.414 KB/sec Queued mail for delivery
                -- DELIVERED 250, from <a@client.example> to [b@contoso.com=250], 25 bytes
                """
                    .formatted(Script.STORED_AS));

    assertThat(ended.get(0).content().toByteArray())
        .asString(US_ASCII)
        .isEqualTo("Message-ID: <1@x>\r\n\r\n.\r\n.");
  }

  @Test
  void ends_a_message_with_an_empty_last_chunk() {
    Script.play(
        MX,
        Script.ONE_RECIPIENT_ON_MX
            + """
            C: BDAT 19
            D: Message-ID: <1@x>\\r\\n
            S: 250 2.6.0 CHUNK received OK, 19 octets
            C: BDAT 0 LAST
            S: 250 2.6.0 <1@x> %s 19 bytes in 0.001, 18.555 KB/sec Queued mail for delivery
            -- DELIVERED 250, from <a@client.example> to [b@contoso.com=250], 19 bytes
            C: BDAT 0 LAST
            S: 503 5.5.2 Need mail command <E>
            """
                .formatted(Script.STORED_AS));
  }

  @Test
  void consumes_the_octets_of_chunks_that_it_refuses() {
    Script.play(
        MX,
        """
        C: BDAT 6 LAST
        D: QUIT\\r\\n
        S: 503 5.5.2 Send hello first <E>
        C: HELO client.example
        S: 250 AM6PEPF0001A2B3.mail.protection.outlook.com Hello [192.0.2.1]
        C: BDAT 6 LAST
        D: QUIT\\r\\n
        S: 503 5.5.2 Need mail command <E>
        C: MAIL FROM:<a@client.example>
        S: 250 2.1.0 Sender OK
        C: BDAT 6 LAST
        D: QUIT\\r\\n
        S: 503 5.5.2 Need rcpt command <E>
        C: RCPT TO:<b@contoso.com>
        S: 250 2.1.5 Recipient OK
        """);
  }

  @Test
  void refuses_chunks_from_the_one_on_that_is_too_much() {
    Script.play(
        MX.toBuilder().maxMessageSize(10).build(),
        Script.ONE_RECIPIENT_ON_MX
            + """
            C: BDAT 10
            D: 0123456789
            S: 250 2.6.0 CHUNK received OK, 10 octets
            C: BDAT 1
            D: x
            S: 552 5.3.4 Message size exceeds fixed maximum message size <E>
            -- REFUSED 552, from <a@client.example> to [b@contoso.com=250], 11 bytes
            C: BDAT 1 LAST
            D: x
            S: 503 5.5.2 Need mail command <E>
            """);
  }

  @Test
  void mixes_neither_data_nor_rcpt_with_chunks_and_resets_them() {
    Script.play(
        MX,
        Script.ONE_RECIPIENT_ON_MX
            + """
            C: BDAT 1
            D: x
            S: 250 2.6.0 CHUNK received OK, 1 octets
            C: DATA
            S: 503 5.5.1 Bad sequence of commands <E>
            C: RCPT TO:<c@contoso.com>
            S: 503 5.5.1 Bad sequence of commands <E>
            C: RSET
            S: 250 2.0.0 Resetting
            -- ABORTED 0, from <a@client.example> to [b@contoso.com=250], 1 bytes
            C: BDAT 1 LAST
            D: x
            S: 503 5.5.2 Need mail command <E>
            C: MAIL FROM:<a@client.example> BODY=BINARYMIME
            S: 250 2.1.0 Sender OK
            C: RCPT TO:<b@contoso.com>
            S: 250 2.1.5 Recipient OK
            C: DATA
            S: 503 5.5.1 Bad sequence of commands <E>
            C: BDAT 19 LAST
            D: Message-ID: <1@x>\\r\\n
            S: 250 2.6.0 <1@x> %s 19 bytes in 0.001, 18.555 KB/sec Queued mail for delivery
            -- DELIVERED 250, from <a@client.example> to [b@contoso.com=250], 19 bytes
            """
                .formatted(Script.STORED_AS));
  }

  @Test
  void closes_when_the_size_of_a_chunk_cannot_be_told() {
    for (String bdat :
        List.of("BDAT", "BDAT -1", "BDAT 99999999999999999999", "BDAT 5 FIRST", "BDAT 1O")) {
      Script.play(
          MX,
          Script.ONE_RECIPIENT_ON_MX
              + """
              C: %s
              S: 501 5.5.4 Invalid arguments <E>
              -- ABORTED 0, from <a@client.example> to [b@contoso.com=250], 0 bytes
              -- closed
              """
                  .formatted(bdat));
    }
  }
}

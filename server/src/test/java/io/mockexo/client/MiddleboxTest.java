package io.mockexo.client;

import static io.mockexo.exchange.Middlebox.COMMAND_FILTER;
import static io.mockexo.exchange.Middlebox.MASKS_GREETING;
import static io.mockexo.exchange.Middlebox.MASKS_STARTTLS;
import static io.mockexo.exchange.Middlebox.STRIPS_STARTTLS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mockexo.exchange.Middlebox;
import io.mockexo.fault.Fault;
import io.mockexo.fault.Stage;
import io.mockexo.journal.SessionEvent.MiddleboxActed;
import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients say to middleboxes, and what the journal says of both. */
class MiddleboxTest {

  private static MockExchangeOnlineServer behind(Middlebox... boxes) {
    return MockExchangeOnlineServer.mx().middleboxes(boxes).start();
  }

  private static Tool.Run swaks(MockExchangeOnlineServer exchange, String... options) {
    String[] all = new String[options.length + 6];
    String[] common = {
      "--server",
      exchange.host(),
      "--port",
      Integer.toString(exchange.port()),
      "--to",
      "b@contoso.com"
    };
    System.arraycopy(common, 0, all, 0, common.length);
    System.arraycopy(options, 0, all, common.length, options.length);
    return Tool.SWAKS.run("", all);
  }

  /** OpenSSL tries STARTTLS "anyway", and shakes hands whatever it hears. */
  @ParameterizedTest
  @EnumSource(names = {"MASKS_STARTTLS", "STRIPS_STARTTLS"})
  void openssl_does_not_find_starttls_and_gets_500_when_it_tries(Middlebox box) {
    try (MockExchangeOnlineServer exchange = behind(box)) {
      Tool.Run run = OpenSsl.sClient(exchange, "");

      assertThat(run.output()).contains("Didn't find STARTTLS in server response, trying anyway");
      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.startTlsOffered()).isFalse();
      assertThat(session.startTlsReply().orElseThrow().code()).isEqualTo(500);
      assertThat(session.transcript())
          .contains(
              "-- middlebox %s, Exchange said: STARTTLS".formatted(box),
              "C: STARTTLS",
              "-- middlebox %s answers, Exchange never got the command".formatted(box),
              "S: 500 Command unrecognized");
    }
  }

  @Test
  void swaks_sees_a_masked_greeting_and_a_masked_keyword() {
    try (MockExchangeOnlineServer exchange = behind(MASKS_GREETING, MASKS_STARTTLS)) {
      Tool.Run run = swaks(exchange, "--quit-after", "EHLO");

      assertThat(run.output())
          .containsPattern("<-  220 [*20 ]{100,}\n")
          .contains("<-  250-XXXXXXXA")
          .doesNotContain("ready at", "STARTTLS");
      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.transcript())
          .containsPattern("-- middlebox MASKS_GREETING, Exchange said: \\w+\\..* ready at ");
      assertThat(session.events(MiddleboxActed.class))
          .extracting(MiddleboxActed::middlebox)
          .containsExactly(MASKS_GREETING, MASKS_STARTTLS);
    }
  }

  @Test
  void behind_a_command_filter_swaks_gets_through_with_helo_only() {
    try (MockExchangeOnlineServer exchange = behind(MASKS_GREETING, COMMAND_FILTER)) {
      Tool.Run run = swaks(exchange, "--protocol", "SMTP");
      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(exchange.awaitSessions(1).only().deliveredMessages()).hasSize(1);

      assertThat(swaks(exchange, "--protocol", "ESMTP").output())
          .contains("<** 500 Command unrecognized");
    }
  }

  /** It cannot see what is inside TLS, nor what a fault says in its stead. */
  @Test
  void a_fault_that_offers_starttls_is_said_as_it_is_and_tls_is_not_looked_into() {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx()
            .middleboxes(MASKS_STARTTLS)
            .onEveryConnection(
                Fault.at(Stage.EHLO).reply("250 STARTTLS"),
                Fault.at(Stage.STARTTLS).reply("220 go ahead"))
            .start()) {
      Tool.Run run = OpenSsl.sClient(exchange, "EHLO inside.example\nQUIT\n", "-crlf");

      assertThat(run.output()).contains("250 SMTPUTF8", "221 2.0.0");
      assertThat(exchange.awaitSessions(1).only().events(MiddleboxActed.class)).isEmpty();
    }
  }

  @Test
  void two_that_hide_starttls_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> behind(STRIPS_STARTTLS, MASKS_GREETING, COMMAND_FILTER))
        .withMessageContaining("STRIPS_STARTTLS and COMMAND_FILTER each keep clients");
  }
}

package io.mockexo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.SmtpTestClient;
import io.mockexo.client.WholeCourse;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Fault;
import io.mockexo.fault.Stage;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.SessionEvent.Closed;
import io.mockexo.journal.SmtpSession;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A connection is dropped at every stage, and the journal knows where. */
class DropTest {

  private static final Set<Stage> AFTER_TLS = EnumSet.range(Stage.HANDSHAKE_DONE, Stage.QUIT);

  static Stream<Fault> drops() {
    return Stream.of(Drop.values()).flatMap(WholeCourse::drops);
  }

  @ParameterizedTest
  @MethodSource("drops")
  void at_its_stage_the_connection_ends_as_asked_for(Fault fault) {
    try (MockExchangeOnlineServer exchange = WholeCourse.server(fault)) {
      assertThat(WholeCourse.run(exchange)).as("came to the end").isFalse();

      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.faults()).singleElement().extracting("fault").isEqualTo(fault);
      Closed end = session.closed().orElseThrow();
      assertThat(end.by()).isEqualTo(Closed.Side.SERVER);
      assertThat(end.how())
          .isEqualTo(fault.toString().contains("RST") ? Closed.End.RST : Closed.End.FIN);
      assertThat(session.tls().isPresent()).isEqualTo(AFTER_TLS.contains(fault.stage()));
      assertThat(session.deliveredMessages())
          .hasSize(fault.stage().compareTo(Stage.END_OF_DATA) > 0 ? 1 : 0);
      assertThat(exchange.unfiredFaults()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("drops")
  void the_next_connection_is_served(Fault fault) {
    try (MockExchangeOnlineServer exchange = WholeCourse.server(fault)) {
      WholeCourse.run(exchange);
      assertThat(WholeCourse.run(exchange)).as("came to the end").isTrue();

      assertThat(exchange.awaitSessions(2).last().deliveredMessages()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Drop.class)
  void what_is_pipelined_behind_it_is_not_carried_out(Drop how) {
    try (MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().onConnection(1, Fault.at(Stage.BODY, 5).drop(how)).start()) {
      try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
        client.send(
            "MAIL FROM:<a@client.example>\r\nRCPT TO:<b@contoso.com>\r\nBDAT 10 LAST\r\n"
                + "0123456789MAIL FROM:<c@client.example>\r\nQUIT\r\n");
        client.awaitEnd();
      }
      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.deliveredMessages()).isEmpty();
      assertThat(session.transactions())
          .extracting(MailTransaction::outcome)
          .containsExactly(MailTransaction.Outcome.ABORTED);
    }
  }

  @Test
  void before_the_reply_to_end_of_data_the_message_is_unacknowledged_and_comes_twice() {
    try (MockExchangeOnlineServer exchange =
        WholeCourse.server(Fault.at(Stage.END_OF_DATA).drop(Drop.RST))) {
      WholeCourse.run(exchange);
      WholeCourse.run(exchange);

      List<SmtpSession> sessions = exchange.awaitSessions(2).list();
      assertThat(sessions.get(0).transactions())
          .singleElement()
          .extracting(MailTransaction::outcome)
          .isEqualTo(MailTransaction.Outcome.UNACKNOWLEDGED);
      assertThat(exchange.sessions().attempts().messages())
          .singleElement()
          .satisfies(m -> assertThat(m.duplicatedRecipients()).containsExactly("bob@contoso.com"));
    }
  }
}

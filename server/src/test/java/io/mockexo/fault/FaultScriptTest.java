package io.mockexo.fault;

import static io.mockexo.fault.Connections.attempt;
import static io.mockexo.fault.Connections.connection;
import static io.mockexo.fault.Connections.connections;
import static io.mockexo.fault.Connections.every;
import static io.mockexo.fault.Drop.FIN;
import static io.mockexo.fault.Drop.RST;
import static io.mockexo.fault.Fault.at;
import static io.mockexo.fault.Stage.BODY;
import static io.mockexo.fault.Stage.CLIENT_HELLO;
import static io.mockexo.fault.Stage.DATA;
import static io.mockexo.fault.Stage.GREETING;
import static io.mockexo.fault.Stage.MAIL;
import static io.mockexo.fault.Stage.RCPT;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mockexo.tls.AlertDescription;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultScriptTest {

  private static final Fault BUSY = at(RCPT).reply("451 4.7.500 Server busy");

  private static final Fault BUSY_AT_MAIL = at(MAIL).reply("451 4.7.500 Server busy");

  private static void refused(Connections on, Fault first, Connections alsoOn, Fault second) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FaultScript.empty().and(on, first).and(alsoOn, second))
        .withMessageStartingWith(
            "%s can never fire, since %s comes before it",
            new ScriptedFault(alsoOn, second), new ScriptedFault(on, first));
  }

  private static void possible(Connections on, Fault first, Connections alsoOn, Fault second) {
    assertThatCode(() -> FaultScript.empty().and(on, first).and(alsoOn, second))
        .doesNotThrowAnyException();
  }

  @Test
  void what_comes_after_the_end_of_a_connection_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> FaultScript.empty().and(connection(1), at(MAIL).drop(RST), at(MAIL).stall()))
        .withMessage(
            "onConnection: 1, at(MAIL).stall() can never fire, since onConnection: 1,"
                + " at(MAIL).drop(RST) comes before it, and leaves nothing to it; leave one of them"
                + " out, or give it another connection");
    refused(connection(1), at(MAIL).drop(FIN), connection(1), at(MAIL).drop(FIN));
    refused(attempt(1), at(MAIL).stall(), attempt(1), BUSY_AT_MAIL);
    refused(every(), at(MAIL).stopReading(), every(), at(MAIL).delay(Duration.ofSeconds(1)));
    refused(connections(2, 5), at(MAIL).drop(RST), connections(3, 4), at(MAIL).stall());
    refused(connection(1), BUSY.thenClose(), connection(1), BUSY.everyTime());
    refused(connection(1), at(RCPT).reply("421 4.3.2 Closing"), connection(1), BUSY);
    refused(connection(1), at(BODY, 10).drop(RST), connection(1), at(BODY, 10).stall());
    refused(connection(1), at(MAIL).drop(RST), connection(1), at(MAIL).stall().onMessage(2));
    refused(
        connection(1),
        at(MAIL).drop(RST).onMessage(2),
        connection(1),
        at(MAIL).stall().onMessage(2));
  }

  @Test
  void what_comes_after_a_stage_that_is_met_once_or_taken_each_time_is_refused() {
    refused(connection(1), at(GREETING).garbage(8), connection(1), at(GREETING).drop(RST));
    refused(
        connection(1),
        at(CLIENT_HELLO).alert(AlertDescription.HANDSHAKE_FAILURE),
        connection(1),
        at(CLIENT_HELLO).garbage(8));
    refused(connection(1), BUSY.everyTime(), connection(1), at(RCPT).drop(RST));
  }

  @Test
  void what_can_fire_in_some_way_is_possible() {
    possible(connection(1), BUSY, connection(1), at(RCPT).drop(RST));
    possible(connection(1), at(DATA).garbage(8), connection(1), at(DATA).drop(RST));
    possible(connection(1), at(MAIL).drop(RST), connection(1), at(RCPT).drop(RST));
    possible(connection(1), at(MAIL).drop(RST), connection(2), at(MAIL).drop(RST));
    possible(connection(1), at(MAIL).drop(RST), attempt(1), at(MAIL).drop(RST));
    possible(connection(1), at(MAIL).drop(RST), every(), at(MAIL).drop(RST));
    possible(every(), at(MAIL).drop(RST), connection(1), at(MAIL).drop(RST));
    possible(connections(2, 5), at(MAIL).drop(RST), connections(4, 6), at(MAIL).drop(RST));
    possible(connection(1), at(BODY, 10).drop(RST), connection(1), at(BODY, 5).drop(RST));
    possible(
        connection(1), at(MAIL).delay(Duration.ofSeconds(1)), connection(1), at(MAIL).drop(RST));
    possible(connection(1), at(MAIL).drop(RST).onMessage(2), connection(1), at(MAIL).drop(RST));
    possible(
        connection(1),
        at(MAIL).drop(RST).onMessage(2),
        connection(1),
        at(MAIL).drop(RST).onMessage(3));
  }
}

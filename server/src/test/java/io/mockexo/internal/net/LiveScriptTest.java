package io.mockexo.internal.net;

import static io.mockexo.fault.Fault.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mockexo.fault.Connections;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Fault;
import io.mockexo.fault.FaultScript;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.fault.Stage;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which faults fire where, and when. */
class LiveScriptTest {

  private static final Fault RESET = at(Stage.MAIL).drop(Drop.RST);
  private static final Fault CLOSE = at(Stage.MAIL).drop(Drop.FIN);
  private static final Fault BUSY = at(Stage.MAIL).reply("451 4.7.500 Server busy");
  private static final Fault STALL = at(Stage.MAIL).stall();
  private static final Fault DELAY = at(Stage.MAIL).delay(Duration.ofSeconds(1));

  @Test
  void the_exact_beats_the_range_and_that_every_one_whatever_their_order() {
    LiveScript script =
        script(
            FaultScript.empty()
                .and(Connections.every(), STALL)
                .and(Connections.connections(2, 3), CLOSE)
                .and(Connections.connection(3), RESET));

    assertThat(met(script.faultsFor(1))).containsExactly(STALL);
    assertThat(met(script.faultsFor(2))).containsExactly(CLOSE);
    assertThat(met(script.faultsFor(3))).containsExactly(RESET);
  }

  @Test
  void delays_add_up_and_the_first_other_effect_wins() {
    LiveScript script =
        script(
            FaultScript.empty()
                .and(Connections.every(), DELAY, CLOSE)
                .and(Connections.connections(1, 3), RESET)
                .and(Connections.connection(1), DELAY, DELAY));

    assertThat(met(script.faultsFor(1))).containsExactly(DELAY, DELAY, RESET);
    assertThat(met(script.faultsFor(4))).containsExactly(DELAY, CLOSE);
  }

  @Test
  void a_fault_fires_once_per_connection_unless_it_says_every_time() {
    Fault everyTime = at(Stage.RCPT).reply("451 4.7.1 no").everyTime();
    LiveScript script = script(FaultScript.empty().and(Connections.every(), CLOSE, everyTime));
    ConnectionFaults first = script.faultsFor(1);

    assertThat(fire(first, Stage.MAIL)).containsExactly(CLOSE);
    assertThat(fire(first, Stage.MAIL)).isEmpty();
    assertThat(fire(first, Stage.RCPT)).containsExactly(everyTime);
    assertThat(fire(first, Stage.RCPT)).containsExactly(everyTime);
    assertThat(fire(script.faultsFor(2), Stage.MAIL)).containsExactly(CLOSE);
  }

  @Test
  void a_fault_can_be_for_the_nth_message() {
    ConnectionFaults faults =
        script(FaultScript.empty().and(Connections.every(), CLOSE.onMessage(2))).faultsFor(1);

    faults.nextMessage();
    assertThat(met(faults)).isEmpty();
    faults.nextMessage();
    assertThat(met(faults)).hasSize(1);
    faults.nextMessage();
    assertThat(met(faults)).isEmpty();
  }

  @Test
  void attempts_are_counted_by_ehlo_over_all_connections() {
    LiveScript script = script(FaultScript.empty().and(Connections.attempt(2), CLOSE));
    ConnectionFaults probe = script.faultsFor(1);
    ConnectionFaults early = script.faultsFor(2);
    ConnectionFaults late = script.faultsFor(3);
    late.saidHello();
    early.saidHello();
    early.saidHello();

    assertThat(met(probe)).isEmpty();
    assertThat(met(late)).isEmpty();
    assertThat(met(early)).containsExactly(CLOSE);
  }

  @Test
  void what_has_not_fired_can_be_asked_for_and_a_range_has_fired_when_any_connection_met_it() {
    LiveScript script =
        script(
            FaultScript.empty()
                .and(Connections.connections(1, 3), CLOSE)
                .and(Connections.connection(4), BUSY, CLOSE));

    assertThat(script.unfired()).hasSize(3);
    fire(script.faultsFor(2), Stage.MAIL);
    assertThat(script.unfired()).hasSize(2);
    fire(script.faultsFor(4), Stage.MAIL);
    assertThat(script.unfired()).hasSize(1);
  }

  @Test
  void a_script_grows_for_connections_accepted_later() {
    LiveScript script = script(FaultScript.empty());
    ConnectionFaults before = script.faultsFor(1);
    script.add(onEvery(BUSY, STALL), 0);

    assertThat(met(before)).isEmpty();
    assertThat(met(script.faultsFor(2))).containsExactly(BUSY);
    assertThat(script.script().faults()).hasSize(2);
    assertThatIllegalArgumentException().isThrownBy(() -> script.add(onEvery(CLOSE), 0));
    assertThat(script.script().faults()).hasSize(2);
  }

  @Test
  void a_script_that_is_restarted_has_not_fired_and_counts_attempts_from_one() {
    FaultScript built = FaultScript.empty().and(Connections.attempt(1), CLOSE);
    LiveScript script = script(built);
    ConnectionFaults first = script.faultsFor(1);
    first.saidHello();
    fire(first, Stage.MAIL);
    script.add(onEvery(STALL), 0);
    script.restart(built);
    ConnectionFaults again = script.faultsFor(1);
    again.saidHello();

    assertThat(script.script()).isEqualTo(built);
    assertThat(script.unfired()).hasSize(1);
    assertThat(fire(again, Stage.MAIL)).containsExactly(CLOSE);
  }

  @Test
  void body_faults_come_in_the_order_of_their_bytes() {
    ConnectionFaults faults =
        script(
                FaultScript.empty()
                    .and(
                        Connections.every(),
                        at(Stage.BODY, 500).drop(Drop.FIN),
                        at(Stage.BODY, 100).delay(Duration.ofSeconds(1))))
            .faultsFor(1);

    assertThat(faults.nextBodyFault(0)).isEqualTo(100);
    assertThat(faults.at(Stage.BODY, 100)).hasSize(1);
    assertThat(faults.nextBodyFault(100)).isEqualTo(500);
    assertThat(faults.nextBodyFault(500)).isNull();
    assertThat(ConnectionFaults.none().nextBodyFault(0)).isNull();
  }

  private static LiveScript script(FaultScript script) {
    return new LiveScript(script);
  }

  private static List<Fault> met(ConnectionFaults faults) {
    return faults.at(Stage.MAIL).stream().map(entry -> entry.scripted().fault()).toList();
  }

  private static List<Fault> fire(ConnectionFaults faults, Stage stage) {
    List<LiveScript.Entry> met = faults.at(stage);
    met.forEach(faults::fired);
    return met.stream().map(entry -> entry.scripted().fault()).toList();
  }

  private static List<ScriptedFault> onEvery(Fault... faults) {
    return Stream.of(faults).map(fault -> new ScriptedFault(Connections.every(), fault)).toList();
  }
}

package io.mockexo.standalone.config;

import static io.mockexo.fault.Fault.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mockexo.fault.Connections;
import io.mockexo.fault.Connections.Counted;
import io.mockexo.fault.Drop;
import io.mockexo.fault.Fault;
import io.mockexo.fault.FaultScript;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.fault.Stage;
import io.mockexo.tls.AlertDescription;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults are read from a configuration. */
class FaultSettingsTest {

  private static FaultScript read(String faults) {
    String text =
        "endpoints:\n  mx:\n    endpoint: MX\n    port: 0\n    faults:\n" + faults.indent(6);
    return ConfigurationReader.parse("c.yaml", text).endpoints().get(0).faults();
  }

  private static ScriptedFault on(int number, Fault fault) {
    return new ScriptedFault(Connections.connection(number), fault);
  }

  @Test
  void one_that_can_never_fire_is_refused_with_the_place_of_the_list() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () ->
                read(
                    """
                     - {onConnection: 1, at: MAIL, drop: RST}
                     - {onConnection: 1, at: MAIL, stall: true}
                     """))
        .withMessageStartingWith(
            "c.yaml:6:7: endpoints.mx.faults: onConnection: 1, at(MAIL).stall() can never fire");
  }

  @Test
  void without_them_nothing_goes_wrong() {
    assertThat(Configuration.defaults().endpoints())
        .allSatisfy(endpoint -> assertThat(endpoint.faults()).isEqualTo(FaultScript.empty()));
    assertThat(read("[]")).isEqualTo(FaultScript.empty());
  }

  @Test
  void every_effect_is_read_in_order() {
    assertThat(
            read("""
                    - {onConnection: 1, at: CLIENT_HELLO, drop: RST}
                    - {onConnection: 2, at: server_flight, drop: fin}
                    - {onConnection: 3, at: GREETING, stall: true}
                    - {onConnection: 4, at: DATA, stopReading: true}
                    - {onConnection: 5, at: EHLO, delay: 5s}
                    - {onConnection: 6, at: CONNECT, drip: {bytes: 1, interval: 200ms}}
                    - {onConnection: 7, at: STARTTLS_REPLIED, garbage: 64}
                    - {onConnection: 8, at: MAIL, reply: 451 4.7.500 Server busy, thenClose: true}
                    - {onConnection: 9, at: HANDSHAKE_DONE, alert: HANDSHAKE_FAILURE}
                    - {onConnection: 10, at: BODY, afterBytes: 1KiB, drop: RST}
                    """)
                .faults())
        .containsExactly(
            on(1, at(Stage.CLIENT_HELLO).drop(Drop.RST)),
            on(2, at(Stage.SERVER_FLIGHT).drop(Drop.FIN)),
            on(3, at(Stage.GREETING).stall()),
            on(4, at(Stage.DATA).stopReading()),
            on(5, at(Stage.EHLO).delay(Duration.ofSeconds(5))),
            on(6, at(Stage.CONNECT).drip(1, Duration.ofMillis(200))),
            on(7, at(Stage.STARTTLS_REPLIED).garbage(64)),
            on(8, at(Stage.MAIL).reply(451, "4.7.500", "Server busy").thenClose()),
            on(9, at(Stage.HANDSHAKE_DONE).alert(AlertDescription.HANDSHAKE_FAILURE)),
            on(10, at(Stage.BODY, 1024).drop(Drop.RST)));
  }

  @Test
  void connections_are_a_number_a_range_or_every_and_messages_are_numbered() {
    Fault fault = at(Stage.MAIL).drop(Drop.FIN);
    assertThat(
            read("""
                    - {onConnection: 2-5, at: MAIL, drop: FIN}
                    - {onConnection: 3-, at: MAIL, drop: FIN, onMessage: 2}
                    - {onConnection: every, at: MAIL, drop: FIN, everyTime: true}
                    - {onAttempt: 1, at: MAIL, drop: FIN, everyTime: false}
                    - {onAttempt: 2-3, at: MAIL, drop: FIN}
                    """)
                .faults())
        .containsExactly(
            new ScriptedFault(Connections.connections(2, 5), fault),
            new ScriptedFault(Connections.connections(3, Connections.NO_END), fault.onMessage(2)),
            new ScriptedFault(Connections.every(), fault.everyTime()),
            new ScriptedFault(Connections.attempt(1), fault),
            new ScriptedFault(new Connections(Counted.ATTEMPT, 2, 3), fault));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {at: MAIL, drop: RST}                      | 1: a fault has either onConnection or onAttempt, for example onConnection: 1
          {onConnection: 1, onAttempt: 2, at: MAIL, drop: RST} | 19.onAttempt: a fault has only one of these, and this one has 'onConnection' already
          {onConnection: 0, at: MAIL, drop: RST}     | 16.onConnection: connections are numbered from 1, not 0
          {onConnection: 5-2, at: MAIL, drop: RST}   | 16.onConnection: the last connection, 2, is before the first, 5
          {onConnection: all, at: MAIL, drop: RST}   | 16.onConnection: expected a number from 1, a range such as 2-5, 2- or 1-/2, or every, but this is 'all'
          {onConnection: 1, drop: RST}               | 1: the key 'at' is missing; it says when, for example CLIENT_HELLO
          {onConnection: 1, at: CLIENT_HALLO, drop: RST} | 23.at: 'CLIENT_HALLO' is not known; did you mean CLIENT_HELLO? it is one of CONNECT,
          {onConnection: 1, at: BODY}                | 1: the key 'afterBytes' is missing; BODY is reached after so many
          {onConnection: 1, at: BODY, afterBytes: 0, drop: RST} | 41.afterBytes: expected at least 1 byte, found '0'
          {onConnection: 1, at: MAIL, afterBytes: 9, drop: RST} | 29.afterBytes: this has a meaning only at BODY, not at MAIL
          {onConnection: 1, at: CONNECT}             | 1: nothing happens here; a fault has one of drop, stall, stopReading, delay, drip
          {onConnection: 1, at: MAIL, drop: RST, delay: 5s} | 40.delay: a fault has only one of these, and this one has 'drop' already
          {onConnection: 1, at: CONNECT, reply: 250 OK} | 39.reply: at CONNECT reply is impossible; possible are drop, stall, stopReading, delay, drip
          {onConnection: 1, at: MAIL, drop: RTS}     | 35.drop: 'RTS' is not known; did you mean RST? it is one of FIN, RST
          {onConnection: 1, at: MAIL, droop: RST}    | 29.droop: there is no such key; did you mean 'drop'? keys here are afterBytes, alert,
          {onConnection: 1, at: MAIL, stall: false}  | 36.stall: expected true, found 'false'
          {onConnection: 1, at: MAIL, delay: soon}   | 36.delay: expected a length of time, for example 500ms
          {onConnection: 1, at: MAIL, delay: 0s}     | 36.delay: a delay must be longer than nothing
          {onConnection: 1, at: MAIL, drip: {bytes: 1}} | 35.drip: a drip has bytes and an interval, for example {bytes: 1, interval: 200ms}
          {onConnection: 1, at: MAIL, garbage: 0}    | 38.garbage: expected a whole number from 1 to 1048576, found '0'
          {onConnection: 1, at: MAIL, reply: 99 no}  | 36.reply: a reply begins with a code from 200 to 599
          {onConnection: 1, at: MAIL, reply: 451 2.7.3 no} | 36.reply: the enhanced status code 2.7.3 does not go with the reply code 451
          {onConnection: 1, at: MAIL, drop: RST, thenClose: true} | 40.thenClose: only a reply can be followed by a close
          {onConnection: 1, at: QUIT, drop: RST, onMessage: 1} | 51.onMessage: QUIT belongs to no message
          {onConnection: 1, at: MAIL, drop: RST, onMessage: 1, everyTime: true} | 54.everyTime: a fault is either for one message or for every time
          {onAttempt: 1, at: GREETING, drop: RST}    | 13.onAttempt: at GREETING nobody knows which attempt it is
          """)
  void a_mistake_is_told_with_its_place_and_what_was_expected(String fault, String message) {
    int column = Integer.parseInt(message.split("[.:]", 2)[0]) + 8;
    String rest = message.replaceFirst("^\\d+", "");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> read("- " + fault))
        .withMessageStartingWith("c.yaml:6:%d: endpoints.mx.faults[0]%s".formatted(column, rest));
  }
}

package io.mockexo.fault;

import static io.mockexo.fault.Fault.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mockexo.tls.AlertDescription;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {

  private static final List<Effect> ONE_OF_EACH =
      List.of(
          new Effect.Close(),
          new Effect.Reset(),
          new Effect.Stall(),
          new Effect.StopReading(),
          new Effect.Delay(Duration.ofSeconds(1)),
          new Effect.Drip(1, Duration.ofMillis(10)),
          new Effect.Garbage(16),
          new Effect.Reply(451, List.of("4.7.500 Server busy"), false),
          new Effect.Refusal(ExchangeError.SERVER_BUSY, false),
          new Effect.Alert(AlertDescription.HANDSHAKE_FAILURE));

  @Test
  void there_is_an_example_of_every_effect() {
    assertThat(ONE_OF_EACH.stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Effect.class, Effect.Answer.class)
                .flatMap(effect -> Stream.of(effect.getPermittedSubclasses()))
                .filter(effect -> !effect.isInterface())
                .toList());
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void a_stage_takes_what_it_lists_and_refuses_the_rest_with_that_list(Stage stage) {
    long afterBytes = stage == Stage.BODY ? 1 : 0;
    for (Effect effect : ONE_OF_EACH) {
      if (stage.possibleEffects().contains(effect.kind())) {
        assertThat(at(stage, afterBytes).with(effect).effect()).isEqualTo(effect);
      } else {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> at(stage, afterBytes).with(effect))
            .withMessageStartingWith(
                "at %s %s is impossible; possible are drop, ", stage, effect.kind());
      }
    }
  }

  @Test
  void a_message_that_has_come_cannot_be_asked_for_more() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> at(Stage.END_OF_DATA).reply("354 go on"))
        .withMessage(
            "at END_OF_DATA the message is there, so that a reply is 2xx, 4xx or 5xx, not 354");
  }

  @Test
  void a_connection_can_be_dropped_or_silenced_everywhere() {
    assertThat(Stage.values())
        .allSatisfy(
            stage ->
                assertThat(stage.possibleEffects())
                    .contains(
                        Effect.Kind.DROP,
                        Effect.Kind.STALL,
                        Effect.Kind.STOP_READING,
                        Effect.Kind.DELAY));
  }

  @Test
  void a_reply_is_possible_only_where_one_is_due_and_an_alert_only_where_tls_is() {
    assertThat(stagesWith(Effect.Kind.REPLY))
        .containsExactly(
            Stage.GREETING,
            Stage.EHLO,
            Stage.STARTTLS,
            Stage.EHLO_AFTER_TLS,
            Stage.AUTH,
            Stage.MAIL,
            Stage.RCPT,
            Stage.DATA,
            Stage.END_OF_DATA,
            Stage.QUIT);
    assertThat(stagesWith(Effect.Kind.ALERT))
        .containsExactly(
            Stage.CLIENT_HELLO, Stage.SERVER_FLIGHT, Stage.HANDSHAKE_DONE, Stage.EHLO_AFTER_TLS);
  }

  private static List<Stage> stagesWith(Effect.Kind kind) {
    return Stream.of(Stage.values())
        .filter(stage -> stage.possibleEffects().contains(kind))
        .toList();
  }

  @Test
  void a_fault_reads_as_it_is_written() {
    assertThat(at(Stage.CLIENT_HELLO).drop(Drop.RST)).hasToString("at(CLIENT_HELLO).drop(RST)");
    assertThat(at(Stage.BODY, 1000).drop(Drop.FIN)).hasToString("at(BODY, 1000).drop(FIN)");
    assertThat(at(Stage.EHLO).delay(Duration.ofSeconds(5)).everyTime())
        .hasToString("at(EHLO).delay(PT5S).everyTime()");
    assertThat(at(Stage.RCPT).stall().onMessage(2)).hasToString("at(RCPT).stall().onMessage(2)");
    assertThat(at(Stage.MAIL).reply(421, "4.3.2", "Service not available").thenClose())
        .hasToString("at(MAIL).reply(421, \"4.3.2 Service not available\").thenClose()");
    assertThat(at(Stage.GREETING).drip(1, Duration.ofMillis(200)))
        .hasToString("at(GREETING).drip(1, PT0.2S)");
    assertThat(at(Stage.CLIENT_HELLO).alert(AlertDescription.HANDSHAKE_FAILURE))
        .hasToString("at(CLIENT_HELLO).alert(handshake_failure)");
    assertThat(at(Stage.EHLO).stopReading()).hasToString("at(EHLO).stopReading()");
    assertThat(at(Stage.EHLO).garbage(9)).hasToString("at(EHLO).garbage(9)");
  }

  @Test
  void a_reply_can_be_given_in_parts_or_as_it_is_on_the_wire() {
    Effect.Reply parts =
        (Effect.Reply) at(Stage.MAIL).reply(451, "4.7.500", "Server busy", "Try later").effect();
    Effect.Reply wire =
        (Effect.Reply)
            at(Stage.MAIL).reply("451-4.7.500 Server busy\n451 4.7.500 Try later").effect();

    assertThat(wire).isEqualTo(parts);
    assertThat(parts.lines()).containsExactly("4.7.500 Server busy", "4.7.500 Try later");
    assertThat(at(Stage.MAIL).reply("550").effect())
        .isEqualTo(new Effect.Reply(550, List.of(""), false));
    assertThat(at(Stage.EHLO).reply("250-mx.example Hello\nSIZE 1000\r\n250 8BITMIME").effect())
        .isEqualTo(
            new Effect.Reply(250, List.of("mx.example Hello", "SIZE 1000", "8BITMIME"), false));
  }

  @Test
  void a_reply_can_be_an_error_of_exchange_by_name() {
    Fault named = at(Stage.RCPT).reply("SERVER_BUSY");

    assertThat(named).isEqualTo(at(Stage.RCPT).reply(ExchangeError.SERVER_BUSY));
    assertThat(named).isEqualTo(ExchangeError.SERVER_BUSY.fault());
    assertThat(named.thenClose()).hasToString("at(RCPT).reply(SERVER_BUSY).thenClose()");
    assertThat(at(Stage.MAIL).reply("SERVICE_NOT_ACTIVE").effect().endsConnection()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> at(Stage.RCPT).reply("SERVER_BUSSY"))
        .withMessage("'SERVER_BUSSY' is no error of Exchange; did you mean SERVER_BUSY?");
  }

  @Test
  void a_reply_may_mix_for_now_and_for_ever_as_exchange_does() {
    assertThat(at(Stage.MAIL).reply("451 5.7.3 STARTTLS is required to send mail").effect())
        .isEqualTo(
            new Effect.Reply(451, List.of("5.7.3 STARTTLS is required to send mail"), false));
  }

  @ParameterizedTest
  @EnumSource(ExchangeError.class)
  void an_error_of_exchange_is_possible_where_exchange_says_it(ExchangeError error) {
    assertThat(error.fault().stage()).isEqualTo(error.stage());
    assertThat(ExchangeError.named(error.name())).isEqualTo(error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "busy", "45 busy", "199 no", "600 no", "4510 no", "451busy"})
  void what_is_no_reply_is_refused_with_an_example(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> at(Stage.MAIL).reply(text))
        .withMessageContaining("for example '451 4.7.500 Server busy'")
        .withMessageContaining("'" + text + "'");
  }

  @Test
  void a_reply_that_no_server_could_send_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> at(Stage.MAIL).reply(451, "2.0.0", "no"))
        .withMessageContaining("2.0.0 does not go with the reply code 451");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> at(Stage.MAIL).reply(451, "4.7.1", "a\r\n250 b"))
        .withMessageContaining("printable US-ASCII");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> at(Stage.MAIL).reply(451, "4.7.1", "x".repeat(501)))
        .withMessageContaining("at most 506 characters, but this has 507");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Effect.Reply(100, List.of("x"), false))
        .withMessageContaining("one of 200 to 599, not 100");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Effect.Reply(250, List.of(), false))
        .withMessageContaining("at least one line");
  }

  @Test
  void times_and_sizes_are_bounded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> at(Stage.EHLO).delay(Duration.ZERO))
        .withMessageContaining("longer than nothing and at most PT24H, but is PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> at(Stage.EHLO).drip(1, Duration.ofDays(2)))
        .withMessageContaining("the interval of a drip");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> at(Stage.EHLO).drip(0, Duration.ofSeconds(1)))
        .withMessageContaining("a drip must have 1 to 1048576 bytes, but has 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> at(Stage.EHLO).garbage(2_000_000))
        .withMessageContaining("garbage must have 1 to 1048576 bytes");
  }

  @Test
  void only_the_body_is_counted_in_bytes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> at(Stage.BODY).drop(Drop.FIN))
        .withMessageContaining("at BODY it must be said after how many bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> at(Stage.DATA, 5).drop(Drop.FIN))
        .withMessageContaining("afterBytes has a meaning only at BODY, not at DATA");
  }

  @Test
  void only_what_belongs_to_a_message_can_be_for_the_nth_message() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> at(Stage.EHLO).stall().onMessage(1))
        .withMessageContaining("EHLO belongs to no message");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> at(Stage.MAIL).stall().onMessage(0))
        .withMessageContaining("numbered from 1, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Fault(Stage.MAIL, 0, new Effect.Stall(), 1, true))
        .withMessageContaining("either for one message or for every time");
  }

  @Test
  void only_a_reply_can_be_followed_by_a_close() {
    assertThatIllegalStateException()
        .isThrownBy(() -> at(Stage.EHLO).stall().thenClose())
        .withMessageContaining("only a reply can be followed by a close, not stall()");
  }
}

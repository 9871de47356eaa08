package io.mockexo.fault;

import static io.mockexo.fault.Connections.Counted.ATTEMPT;
import static io.mockexo.fault.Connections.Counted.CONNECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsTest {

  @ParameterizedTest
  @ValueSource(strings = {"3", "2-5", "2-", "every", "1-/2", "2-8/3"})
  void numbers_are_read_and_written_alike(String text) {
    assertThat(Connections.parse(CONNECTION, text).numbers()).isEqualTo(text);
  }

  @Test
  void numbers_are_those_that_stand_there() {
    assertThat(Connections.parse(CONNECTION, " 2 - 5 ")).isEqualTo(Connections.connections(2, 5));
    assertThat(Connections.parse(CONNECTION, "every")).isEqualTo(Connections.every());
    assertThat(Connections.parse(ATTEMPT, "3")).isEqualTo(Connections.attempt(3));
    assertThat(Connections.connections(2, 5).contains(1)).isFalse();
    assertThat(Connections.connections(2, 5).contains(2)).isTrue();
    assertThat(Connections.connections(2, 5).contains(5)).isTrue();
    assertThat(Connections.connections(2, 5).contains(6)).isFalse();
  }

  @Test
  void a_step_leads_from_the_first_on() {
    assertThat(Connections.parse(CONNECTION, "1 - / 2")).isEqualTo(Connections.every().each(2));
    assertThat(IntStream.rangeClosed(1, 9).filter(Connections.every().each(2)::contains))
        .containsExactly(1, 3, 5, 7, 9);
    assertThat(IntStream.rangeClosed(1, 9).filter(Connections.connections(2, 7).each(3)::contains))
        .containsExactly(2, 5);
    assertThat(Connections.connections(2, 7).each(3)).hasToString("onConnection: 2-5/3");
    assertThat(Connections.every().each(2).each(2))
        .isEqualTo(Connections.parse(CONNECTION, "1-/4"));
  }

  @Test
  void a_step_that_leads_nowhere_is_refused() {
    for (String text : List.of("2-5/4", "2-5/0")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Connections.parse(CONNECTION, text))
          .withMessageContaining("leads from connection 2 to no other");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1-/2, 3, true", "1-/2, 4, false", "1-/2, 1-/4, true", "1-/4, 1-/2, false", "1-/2, 2-/2, false",
    "1-/2, 1-, false", "every, 2-/3, true", "3-, 1-, false", "2-5, 2-4, true", "1-9/2, 3-7/4, true"
  })
  void some_cover_others(String some, String others, boolean covers) {
    assertThat(Connections.parse(CONNECTION, some).covers(Connections.parse(CONNECTION, others)))
        .isEqualTo(covers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "one", "-1", "1,2", "1-2-3", "99999999999", "1..3", "1/2", "every/2", "1-/"})
  void anything_else_is_refused_with_what_is_expected(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Connections.parse(CONNECTION, text))
        .withMessage(
            "expected a number from 1, a range such as 2-5, 2- or 1-/2, or every, but this is '%s'",
            text);
  }

  @Test
  void numbers_that_no_connection_has_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Connections.connection(0))
        .withMessage("connections are numbered from 1, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Connections.parse(CONNECTION, "5-2"))
        .withMessage("the last connection, 2, is before the first, 5");
  }

  @Test
  void the_exact_comes_before_the_range_and_that_before_every() {
    assertThat(
            Stream.of("every", "2-", "1-/2", "1-9", "4", "1")
                .map(text -> Connections.parse(CONNECTION, text))
                .sorted(Connections.exactFirst())
                .map(Connections::numbers))
        .containsExactly("4", "1", "2-", "1-/2", "1-9", "every");
  }

  @Test
  void an_attempt_cannot_be_numbered_before_its_ehlo() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ScriptedFault(Connections.attempt(1), Fault.at(Stage.GREETING).drop(Drop.FIN)))
        .withMessageContaining("at GREETING nobody knows which attempt it is");
    assertThat(new ScriptedFault(Connections.attempt(1), Fault.at(Stage.EHLO).drop(Drop.FIN)))
        .hasToString("onAttempt: 1, at(EHLO).drop(FIN)");
  }
}

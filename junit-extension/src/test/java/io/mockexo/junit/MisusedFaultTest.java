package io.mockexo.junit;

import static io.mockexo.fault.Drop.FIN;
import static io.mockexo.fault.Drop.RST;
import static io.mockexo.fault.Fault.at;
import static io.mockexo.fault.Stage.BODY;
import static io.mockexo.fault.Stage.CLIENT_HELLO;
import static io.mockexo.fault.Stage.GREETING;
import static io.mockexo.fault.Stage.MAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mockexo.server.MockExchange;
import io.mockexo.server.MockExchangeOnlineServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is told to somebody who wants a fault that cannot be. */
@SuppressWarnings("unused")
class MisusedFaultTest {

  static class NoServer {
    @Test
    @InjectFault(onConnection = 1, at = MAIL, drop = RST)
    void test() {}
  }

  static class UnknownServer {
    @MockExchangeOnline MockExchange primary;

    @Test
    @InjectFault(onConnection = 1, at = MAIL, drop = RST, server = "primarry")
    void test() {}
  }

  static class SameName {
    @MockExchangeOnline(name = "mx")
    MockExchange primary;

    @MockExchangeOnline(name = "mx")
    MockExchange secondary;

    @BeforeEach
    void before() {}

    @Test
    @InjectFault(onConnection = 1, at = MAIL, drop = RST)
    void test() {}
  }

  abstract static class BaseWithField {
    @MockExchangeOnline MockExchange exchange;
  }

  static class InheritsTwice extends BaseWithField {
    @Nested
    class Inner extends BaseWithField {
      @Test
      @InjectFault(onConnection = 1, at = MAIL, stall = true)
      void test() {}
    }
  }

  abstract static class WithExchange {
    @MockExchangeOnline MockExchange exchange;
  }

  static class TwoEffects extends WithExchange {
    @Test
    @InjectFault(onConnection = 1, at = CLIENT_HELLO, drop = RST, stall = true)
    void test() {}
  }

  static class OnBeforeEach extends WithExchange {
    @BeforeEach
    @InjectFault(onConnection = 1, at = MAIL, stall = true)
    @InjectFault(onConnection = 2, at = MAIL, stall = true)
    void before() {}

    @Test
    void test() {}
  }

  abstract static class WithReset extends WithExchange {
    @BeforeEach
    void reset() {
      exchange.reset();
    }
  }

  static class ResetBeforeMethod extends WithReset {
    @Test
    @InjectFault(onConnection = 1, at = MAIL, stall = true)
    void test() {}
  }

  static class ResetBeforeRepetition extends WithReset {
    @RepeatedTest(1)
    @InjectFault(onConnection = 1, at = MAIL, stall = true)
    void test() {}
  }

  static class ResetBeforeFactory extends WithReset {
    @TestFactory
    @InjectFault(onConnection = 1, at = MAIL, stall = true)
    Stream<DynamicTest> test() {
      return Stream.of();
    }
  }

  static class TwoDrops extends WithExchange {
    @Test
    @InjectFault(
        onConnection = 1,
        at = MAIL,
        drop = {FIN, RST})
    void test() {}
  }

  static class NoEffect extends WithExchange {
    @Test
    @InjectFault(onConnection = 1, at = BODY, afterBytes = 1)
    void test() {}
  }

  static class NoConnection extends WithExchange {
    @Test
    @InjectFault(at = MAIL, drop = RST)
    void test() {}
  }

  static class TwoConnections extends WithExchange {
    @Test
    @InjectFault(onConnection = 1, onAttempts = "every", at = MAIL, drop = RST)
    void test() {}
  }

  static class ConnectionZero extends WithExchange {
    @Test
    @InjectFault(onConnection = 0, at = MAIL, drop = RST)
    void test() {}
  }

  static class ImpossibleEffect extends WithExchange {
    @Test
    @InjectFault(onConnection = 1, at = CLIENT_HELLO, reply = "451 4.7.500 Server busy")
    void test() {}
  }

  static class AttemptBeforeEhlo extends WithExchange {
    @Test
    @InjectFault(onAttempt = 1, at = GREETING, drop = RST)
    void test() {}
  }

  static class OddDelay extends WithExchange {
    @Test
    @InjectFault(onConnection = 1, at = MAIL, delay = "soon")
    void test() {}
  }

  static class CloseAfterDrop extends WithExchange {
    @Test
    @InjectFault(onConnection = 1, at = MAIL, drop = RST, thenClose = true)
    void test() {}
  }

  static class EveryTimeOnMessage extends WithExchange {
    @Test
    @InjectFault(onConnection = 1, at = MAIL, drop = RST, everyTime = true, onMessage = 2)
    void test() {}
  }

  static class SamePlace extends WithExchange {
    @Test
    @InjectFault(onConnection = 1, at = MAIL, drop = RST)
    @InjectFault(onConnection = 1, at = MAIL, stall = true)
    void test() {}
  }

  static class SamePlaceAsBuiltIn {
    @MockExchangeOnline
    final MockExchangeOnlineServer exchange =
        MockExchangeOnlineServer.mx().onConnection(1, at(MAIL).drop(RST)).build();

    @Test
    @InjectFault(onConnection = 1, at = MAIL, stall = true, optional = true)
    void test() {}
  }

  static Stream<Arguments> misuse() {
    return Stream.of(
        arguments(
            NoServer.class,
            "@InjectFault on NoServer.test: NoServer.test has no server that could fail; put"
                + " @MockExchangeOnline on a field or a parameter of type MockExchangeOnlineServer"),
        arguments(
            UnknownServer.class,
            "@InjectFault on UnknownServer.test: UnknownServer.test has no server named 'primarry';"
                + " did you mean 'primary'? it has primary"),
        arguments(
            SameName.class,
            "SameName.test has two servers named 'mx', the field primary of SameName and the field"
                + " secondary of SameName; tell them apart with @MockExchangeOnline(name = ...)"),
        arguments(
            InheritsTwice.class,
            "Inner.test has two servers named 'exchange', the field exchange of BaseWithField, which"
                + " its class and one around it both inherit; let only one of them do so, or say in"
                + " the test which one is to fail: exchange.onConnection(1,"
                + " at(CLIENT_HELLO).drop(RST))"),
        arguments(
            TwoEffects.class,
            "@InjectFault on TwoEffects.test: it has 2 effects, drop = RST and stall = true;"
                + " a fault has exactly one of drop, stall, stopReading, delay, drip, garbage, alert"
                + " at CLIENT_HELLO. Several at one stage are several @InjectFault, of which delay"
                + " and drip add to the others"),
        arguments(
            OnBeforeEach.class,
            "@InjectFault on OnBeforeEach.before: it is no test, so that nothing would come of it."
                + " Put it on the tests that it is for, or on their class"),
        arguments(ResetBeforeMethod.class, wasReset("ResetBeforeMethod")),
        arguments(ResetBeforeRepetition.class, wasReset("ResetBeforeRepetition")),
        arguments(ResetBeforeFactory.class, wasReset("ResetBeforeFactory")),
        arguments(
            TwoDrops.class,
            "@InjectFault on TwoDrops.test: it has 2 effects, drop = FIN and drop = RST; a"
                + " fault has exactly one of drop, stall, stopReading, delay, drip, garbage, reply at"
                + " MAIL. Several at one stage are several @InjectFault, of which delay and drip add"
                + " to the others"),
        arguments(
            NoEffect.class,
            "@InjectFault on NoEffect.test: it has no effect; a fault has exactly one of drop, stall,"
                + " stopReading, delay at BODY"),
        arguments(
            NoConnection.class,
            "@InjectFault on NoConnection.test: it must be said exactly once which connections it is"
                + " for, and it is said nowhere; write onConnection = 1, onConnections = \"2-5\" (or"
                + " \"every\"), onAttempt = 1 or onAttempts = \"2-5\""),
        arguments(
            TwoConnections.class,
            "@InjectFault on TwoConnections.test: it must be said exactly once which connections it"
                + " is for, and it is said 2 times; write onConnection = 1, onConnections = \"2-5\""
                + " (or \"every\"), onAttempt = 1 or onAttempts = \"2-5\""),
        arguments(
            ConnectionZero.class,
            "@InjectFault on ConnectionZero.test: connections are numbered from 1, not 0"),
        arguments(
            ImpossibleEffect.class,
            "@InjectFault on ImpossibleEffect.test: at CLIENT_HELLO reply is impossible; possible"
                + " are drop, stall, stopReading, delay, drip, garbage, alert"),
        arguments(
            AttemptBeforeEhlo.class,
            "@InjectFault on AttemptBeforeEhlo.test: at GREETING nobody knows which attempt it is,"
                + " since attempts are counted at EHLO; number the connection instead"),
        arguments(
            OddDelay.class,
            "@InjectFault on OddDelay.test: expected a length of time, for example 500ms, 5s, 2m or"
                + " PT5S, found 'soon'"),
        arguments(
            CloseAfterDrop.class,
            "@InjectFault on CloseAfterDrop.test: only a reply can be followed by a close, not"
                + " drop(RST)"),
        arguments(
            SamePlace.class,
            "@InjectFault on SamePlace.test: onConnection: 1, at(MAIL).stall() can never fire, since"
                + " onConnection: 1, at(MAIL).drop(RST) comes before it, and leaves nothing to it;"
                + " leave one of them out, or give it another connection"),
        arguments(
            SamePlaceAsBuiltIn.class,
            "@InjectFault on SamePlaceAsBuiltIn.test: onConnection: 1, at(MAIL).stall() can never"
                + " fire, since onConnection: 1, at(MAIL).drop(RST) comes before it, and leaves"
                + " nothing to it; leave one of them out, or give it another connection"),
        arguments(
            EveryTimeOnMessage.class,
            "@InjectFault on EveryTimeOnMessage.test: a fault is either for one message or for every"
                + " time"));
  }

  private static String wasReset(String testClass) {
    return ("@InjectFault on %s.test: exchange.reset() has taken it out of the script before the test"
            + " began. Leave the reset() out, which is done before each test; or, if it is for what"
            + " came before the test, add the fault after it: exchange.onConnection(1,"
            + " at(CLIENT_HELLO).drop(RST))")
        .formatted(testClass);
  }

  @ParameterizedTest
  @MethodSource("misuse")
  void misuse_is_told_with_its_place_and_the_line_to_write(Class<?> testClass, String message) {
    assertThat(Cases.run(testClass).configurationError()).hasMessage(message);
  }
}

package io.mockexo.junit;

import static io.mockexo.fault.Drop.FIN;
import static io.mockexo.fault.Drop.RST;
import static io.mockexo.fault.Fault.at;
import static io.mockexo.fault.Stage.BODY;
import static io.mockexo.fault.Stage.CLIENT_HELLO;
import static io.mockexo.fault.Stage.EHLO;
import static io.mockexo.fault.Stage.GREETING;
import static io.mockexo.fault.Stage.MAIL;
import static io.mockexo.fault.Stage.QUIT;
import static io.mockexo.fault.Stage.RCPT;
import static io.mockexo.fault.Stage.STARTTLS;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.fault.ScriptedFault;
import io.mockexo.server.MockExchange;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.tls.AlertDescription;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Faults of a test: where they go, and that they must fire. */
class InjectFaultTest {

  private static final String BUSY = "451 4.7.500 Server busy";

  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE, ElementType.METHOD})
  @InjectFault(onConnection = 1, at = EHLO, reply = BUSY, thenClose = true)
  @interface Busy {}

  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.FIELD, ElementType.PARAMETER})
  @MockExchangeOnline
  @interface Exchange {}

  private static void busy(MockExchange exchange) {
    assertThat(Client.visit(exchange)).isEqualTo(BUSY);
  }

  private static void fine(MockExchange exchange) {
    assertThat(Client.visit(exchange)).startsWith("221 ");
  }

  private static Cases passes(Class<?> testClass) {
    Cases cases = Cases.run(testClass);
    assertThat(cases.failures()).isEmpty();
    return cases;
  }

  static class OnMethods {
    @Exchange static MockExchangeOnlineServer shared;
    @Exchange MockExchangeOnlineServer own;

    @Test
    @InjectFault(onConnection = 1, at = EHLO, reply = BUSY, thenClose = true, server = "shared")
    void the_shared_one() {
      busy(shared);
      fine(shared);
    }

    @Test
    void without_faults() {
      fine(shared);
      fine(own);
    }

    @Test
    @Busy
    @Deprecated
    void too_many() {}
  }

  static class OnClass {
    @Busy
    static class Outer {
      @Exchange MockExchangeOnlineServer exchange;

      @Test
      void outer() {
        busy(exchange);
        fine(exchange);
      }

      @Nested
      @InjectFault(onConnections = "2-3", at = EHLO, reply = BUSY, thenClose = true)
      class Inner {
        @Test
        @InjectFault(onConnection = 4, at = EHLO, reply = BUSY, thenClose = true)
        void inner() {
          busy(exchange);
          busy(exchange);
          busy(exchange);
          busy(exchange);
          fine(exchange);
        }
      }
    }

    static class Inherits extends Outer {}
  }

  @Test
  void faults_of_a_class_are_for_all_its_tests_and_those_of_its_nested_classes() {
    passes(OnClass.Outer.class).tests().assertStatistics(s -> s.succeeded(2));
  }

  static class OnParameter {
    @Test
    @Busy
    void one(@Exchange MockExchange exchange) {
      busy(exchange);
    }

    @Test
    @InjectFault(onAttempt = 2, at = EHLO, reply = BUSY, thenClose = true, server = "second")
    void two(
        @MockExchangeOnline(name = "first") MockExchange a,
        @MockExchangeOnline(name = "second") MockExchange b) {
      fine(a);
      fine(b);
      busy(b);
    }
  }

  @Test
  void a_fault_finds_its_server_by_name_if_there_are_several() {
    passes(OnParameter.class);

    Cases cases = Cases.run(OnMethods.class);
    assertThat(cases.failure())
        .isEqualTo(
            "@InjectFault on OnMethods.too_many: OnMethods.too_many has several servers, so that it"
                + " must be said which one is meant: write server = one of own, shared");
    cases.tests().assertStatistics(statistics -> statistics.succeeded(2).failed(1));
  }

  static class Grammar {
    @Exchange MockExchange exchange;

    @Test
    @InjectFault(onConnection = 1, at = CLIENT_HELLO, drop = RST, optional = true)
    @InjectFault(onConnections = "every", at = GREETING, delay = "1ms")
    @InjectFault(onConnections = "2-", at = EHLO, stall = true)
    @InjectFault(onAttempts = "2-5", at = MAIL, stopReading = true, onMessage = 2)
    @InjectFault(
        onAttempt = 1,
        at = RCPT,
        drip = @InjectFault.Drip(bytes = 1, interval = "20ms"),
        everyTime = true)
    @InjectFault(onConnection = 3, at = STARTTLS, garbage = 64)
    @InjectFault(onConnection = 3, at = CLIENT_HELLO, alert = AlertDescription.HANDSHAKE_FAILURE)
    @InjectFault(onConnection = 3, at = BODY, afterBytes = 100, drop = FIN)
    @InjectFault(onConnection = 3, at = QUIT, reply = "221 2.0.0 Bye", thenClose = true)
    void all_words() {
      assertThat(exchange.script().faults())
          .extracting(ScriptedFault::toString)
          .containsExactly(
              "onConnection: 1, " + at(CLIENT_HELLO).drop(RST),
              "onConnection: every, at(GREETING).delay(PT0.001S)",
              "onConnection: 2-, at(EHLO).stall()",
              "onAttempt: 2-5, at(MAIL).stopReading().onMessage(2)",
              "onAttempt: 1, at(RCPT).drip(1, PT0.02S).everyTime()",
              "onConnection: 3, at(STARTTLS).garbage(64)",
              "onConnection: 3, at(CLIENT_HELLO).alert(handshake_failure)",
              "onConnection: 3, at(BODY, 100).drop(FIN)",
              "onConnection: 3, at(QUIT).reply(221, \"2.0.0 Bye\").thenClose()");
    }
  }

  @Test
  void every_word_of_the_grammar_is_there() {
    passes(Grammar.class);
  }
}

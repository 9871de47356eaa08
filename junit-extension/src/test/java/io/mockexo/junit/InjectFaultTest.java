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
import org.junit.jupiter.api.Assumptions;
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

  static class Unfired {
    @Exchange MockExchange exchange;

    @Test
    @InjectFault(onConnection = 1, at = EHLO, reply = BUSY, thenClose = true)
    @InjectFault(onConnection = 2, at = EHLO, drop = RST)
    @InjectFault(onConnection = 3, at = EHLO, drop = RST, optional = true)
    void never_comes_again() {
      busy(exchange);
    }
  }

  @Test
  void a_fault_that_never_fired_fails_a_test_that_passed() {
    assertThat(Cases.run(Unfired.class).failure())
        .startsWith(
            """
            Expecting
              every fault of 'exchange' to fire, since a test in which nothing went wrong proves nothing
            but this one did not
              onConnection: 2, at(EHLO).drop(RST)
            If the test may pass without, say so: @InjectFault(..., optional = true)

            Sessions of 'exchange':

            session 1 (MX) from 127.0.0.1:\
            """)
        .contains("C: EHLO client.example\n", "S: 451 4.7.500 Server busy\n");
  }

  static class AddedLater {
    @Exchange MockExchange exchange;

    @Test
    @InjectFault(onConnection = 2, at = EHLO, drop = RST)
    void adds_another() {
      exchange.onConnection(3, at(EHLO).drop(RST));
      fine(exchange);
    }
  }

  @Test
  void each_fault_that_did_not_fire_is_told_with_its_own_way_out() {
    assertThat(Cases.run(AddedLater.class).failure())
        .contains(
            """
            but these did not
              onConnection: 2, at(EHLO).drop(RST)
              onConnection: 3, at(EHLO).drop(RST)
            If the test may pass without, say so: @InjectFault(..., optional = true)
            If the test may pass without, have it from the annotation that can say so: \
            @InjectFault(..., optional = true)

            """);
  }

  static class NotCounted {
    @Exchange MockExchange exchange;

    @Test
    @Busy
    void without_a_client() {}

    @Test
    @Busy
    void aborted() {
      Client.visit(exchange);
      exchange.onConnection(2, at(EHLO).stall());
      Assumptions.abort("no reason");
    }

    @Test
    @InjectFault(onConnection = 2, at = EHLO, drop = RST)
    void failed() {
      Client.visit(exchange);
      throw new IllegalStateException("of its own");
    }
  }

  @Test
  void it_is_not_counted_where_no_client_came_and_where_the_test_failed_anyway() {
    Cases cases = Cases.run(NotCounted.class);
    cases.tests().assertStatistics(s -> s.succeeded(1).aborted(1).failed(1));
    assertThat(cases.failures())
        .extracting(Throwable::getMessage)
        .noneMatch(message -> message.contains("proves nothing"));
  }

  static class BuiltIn {
    @MockExchangeOnline
    final MockExchangeOnlineServer strict =
        MockExchangeOnlineServer.mx().onConnection(2, at(EHLO).drop(RST)).build();

    @MockExchangeOnline(optionalFaults = true)
    final MockExchangeOnlineServer lenient =
        MockExchangeOnlineServer.mx().onConnection(2, at(EHLO).drop(RST)).build();

    @Test
    void uses_the_lenient_one() {
      fine(lenient);
    }

    @Test
    void uses_the_strict_one() {
      fine(strict);
    }

    @Test
    @InjectFault(onConnection = 3, at = EHLO, drop = RST, server = "lenient")
    void has_one_of_its_own() {
      fine(lenient);
    }
  }

  @Test
  void faults_of_an_adopted_server_count_unless_it_says_otherwise() {
    Cases cases = Cases.run(BuiltIn.class);
    cases.tests().assertStatistics(s -> s.succeeded(1).failed(2));
    assertThat(cases.failures())
        .extracting(Throwable::getMessage)
        .anySatisfy(
            m ->
                assertThat(m)
                    .contains("'strict'", "onConnection: 2, at(EHLO).drop(RST)")
                    .contains(
                        "If the test may pass without, say so where the server is:"
                            + " @MockExchangeOnline(optionalFaults = true) on field strict of"
                            + " BuiltIn\n\n")
                    .doesNotContain("@InjectFault"))
        .anySatisfy(
            m ->
                assertThat(m)
                    .contains("'lenient'", "onConnection: 3, at(EHLO).drop(RST)")
                    .contains("say so: @InjectFault(..., optional = true)\n")
                    .doesNotContain("onConnection: 2"));
  }
}

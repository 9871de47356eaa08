package io.mockexo.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.server.MockExchange;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.junit.jupiter.InjectSoftAssertions;
import org.assertj.core.api.junit.jupiter.SoftAssertionsExtension;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.MultipleFailuresError;

/** What becomes of the objects that a test throws, for whoever handles them. */
class FailureTypesTest {

  abstract static class WithExchange {
    @MockExchangeOnline MockExchange exchange;

    void visit() {
      Client.visit(exchange);
      exchange.awaitSessions(1);
    }
  }

  private static String printed(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  static class Throws extends WithExchange {
    @Test
    void test() throws IOException {
      visit();
      throw new IOException("no route");
    }
  }

  @Test
  void an_exception_stays_the_object_that_it_is_and_has_the_transcripts_beside_it() {
    assertThat(Cases.run(Throws.class).failures())
        .singleElement()
        .isInstanceOfSatisfying(
            IOException.class,
            failure -> {
              assertThat(failure).hasMessage("no route").hasNoCause();
              assertThat(failure.getSuppressed())
                  .singleElement()
                  .asString()
                  .startsWith(
                      "io.mockexo.junit.SessionTranscripts: \nSessions of 'exchange':\n\nsession 1")
                  .contains("C: EHLO client.example\n");
              assertThat(printed(failure)).containsOnlyOnce("C: EHLO client.example");
            });
  }

  static class OfItsOwnKind extends WithExchange {
    static final class Mismatch extends AssertionError {
      private static final long serialVersionUID = 1L;

      Mismatch(String message) {
        super(message);
      }
    }

    @Test
    void test() {
      visit();
      throw new Mismatch("of its own");
    }
  }

  @Test
  void so_does_an_assertion_error_of_another_kind() {
    assertThat(Cases.run(OfItsOwnKind.class).failures())
        .singleElement()
        .isInstanceOf(OfItsOwnKind.Mismatch.class)
        .satisfies(failure -> assertThat(printed(failure)).containsOnlyOnce("C: EHLO"));
  }

  static class Asserts extends WithExchange {
    @Test
    void plain() {
      visit();
      AssertionError failure = new AssertionError("plain", new IOException("its cause"));
      failure.addSuppressed(new IOException("beside it"));
      throw failure;
    }

    @Test
    void of_junit() {
      visit();
      throw new AssertionFailedError("of JUnit", new IOException("its cause"));
    }
  }

  @Test
  void a_failed_assertion_keeps_its_type_and_cause_and_says_nothing_twice() {
    assertThat(Cases.run(Asserts.class).failures())
        .hasSize(2)
        .allSatisfy(
            failure -> {
              assertThat(failure).hasMessageContaining("C: EHLO").cause().hasMessage("its cause");
              assertThat(printed(failure)).containsOnlyOnce("C: EHLO");
            })
        .anySatisfy(
            failure -> {
              assertThat(failure).isExactlyInstanceOf(AssertionError.class);
              assertThat(failure.getSuppressed()).hasSize(1);
            })
        .anySatisfy(failure -> assertThat(failure).isExactlyInstanceOf(AssertionFailedError.class));
  }

  static final class Forgiving implements TestExecutionExceptionHandler {
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
        throws Throwable {
      if (!(failure instanceof IOException)) {
        throw failure;
      }
    }
  }

  @ExtendWith(Forgiving.class)
  static class HandledBefore extends Throws {}

  static class HandledAfter extends WithExchange {
    @Test
    @ExtendWith(Forgiving.class)
    void test() throws IOException {
      throw new IOException("no route");
    }
  }

  @Test
  void an_exception_handler_of_the_user_sees_the_original_whichever_comes_first() {
    assertThat(Cases.run(HandledBefore.class, HandledAfter.class).failures()).isEmpty();
  }

  @ExtendWith(SoftAssertionsExtension.class)
  static class Softly extends WithExchange {
    @InjectSoftAssertions SoftAssertions softly;

    @Test
    void test() {
      visit();
      softly.assertThat(exchange.sessions().size()).isEqualTo(2);
    }
  }

  @Test
  void what_another_extension_throws_has_the_transcripts_beside_it() {
    Cases cases = Cases.run(Softly.class);

    assertThat(cases.failures())
        .singleElement()
        .isInstanceOf(MultipleFailuresError.class)
        .satisfies(failure -> assertThat(printed(failure)).containsOnlyOnce("C: EHLO client"));
    assertThat(cases.reports()).hasSize(1);
  }

  static final class ThrowsAfterEach implements AfterEachCallback {
    @Override
    public void afterEach(ExtensionContext context) {
      throw new IllegalStateException("after each");
    }
  }

  static class RegisteredLater {
    @Order(1)
    @MockExchangeOnline
    MockExchange exchange;

    @Order(2)
    @RegisterExtension
    ThrowsAfterEach callback = new ThrowsAfterEach();

    @Test
    void test() {}
  }

  @ExtendWith(ThrowsAfterEach.class)
  static class RegisteredBefore extends WithExchange {
    @Test
    void test() {}
  }

  @Test
  void of_callbacks_after_each_test_only_those_registered_later_are_seen() {
    assertThat(Cases.run(RegisteredLater.class).failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    assertThat(Cases.run(RegisteredBefore.class).failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure).hasNoSuppressedExceptions());
  }

  static class FailsInConstructor {
    FailsInConstructor(@MockExchangeOnline MockExchange exchange) {
      Client.visit(exchange);
      exchange.awaitSessions(1);
      throw new IllegalStateException("no instance");
    }

    @Test
    void test() {}
  }

  @Test
  void a_constructor_that_throws_is_told_as_well() {
    Cases cases = Cases.run(FailsInConstructor.class);

    assertThat(cases.failures())
        .singleElement()
        .isInstanceOf(IllegalStateException.class)
        .satisfies(failure -> assertThat(printed(failure)).containsOnlyOnce("C: EHLO client"));
    assertThat(cases.reports()).singleElement().asString().contains("C: EHLO client.example\n");
  }

  static class Misused extends WithExchange {
    @Test
    @InjectFault(onConnection = 0, at = io.mockexo.fault.Stage.MAIL, stall = true)
    void test() {}
  }

  @Test
  void what_junit_says_has_nothing_to_do_with_clients() {
    assertThat(Cases.run(Misused.class).failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure).hasNoSuppressedExceptions());
  }
}

package io.mockexo.assertj;

import static io.mockexo.assertj.BddExchangeOnlineAssertions.then;
import static io.mockexo.assertj.Snapshots.overTls;
import static io.mockexo.assertj.Snapshots.quiet;
import static io.mockexo.assertj.Snapshots.tlsRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.Sessions;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.TlsVersion;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractAssert;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Soft assertions and those in the words of behavior-driven development. */
class SoftAssertionsTest {

  @Test
  void soft_assertions_collect_all_that_failed() {
    Sessions sessions = quiet(tlsRefused(1), overTls(2));

    assertThatThrownBy(
            () ->
                ExchangeOnlineSoftAssertions.assertSoftly(
                    softly -> {
                      softly.assertThat(sessions).deliveredNothing().fellBackToCleartext();
                      softly.assertThat(sessions.first()).usedTls().failedTls();
                      softly
                          .assertThat(sessions.last())
                          .deliveredMessage(mail -> mail.hasRecipients("x@y"));
                      softly.assertThat(sessions.deliveredMessages().get(0)).hasReversePath("x@y");
                      softly
                          .assertThat(sessions)
                          .satisfiesInOrder(
                              first -> ExchangeOnlineAssertions.assertThat(first).usedTls(),
                              second -> ExchangeOnlineAssertions.assertThat(second).failedTls());
                      softly.assertThat("of AssertJ itself").isEmpty();
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(
            "(7 failures)",
            "to deliver nothing",
            "to fall back to cleartext",
            "to use TLS",
            "to deliver a message as required",
            "to be from <x@y>",
            "session 2 did not satisfy requirement 2",
            "of AssertJ itself");
  }

  @Test
  void soft_assertions_that_hold_are_silent() {
    ExchangeOnlineSoftAssertions softly = new ExchangeOnlineSoftAssertions();
    softly.assertThat(quiet(tlsRefused(1), overTls(2))).deliveredOnce().retriedAfterTlsFailure();
    softly.assertAll();

    BddExchangeOnlineSoftAssertions.thenSoftly(
        bdd -> bdd.then(overTls(1)).usedTls().deliveredMessage(mail -> mail.wasSentOverTls()));
  }

  @Test
  void then_is_another_word() {
    Sessions sessions = quiet(tlsRefused(1), overTls(2));

    then(sessions).retriedAfterTlsFailure().neverFellBackToCleartext();
    then(sessions.last()).usedTlsAtLeast(TlsVersion.TLS_1_2).deliveredMessage();
    then(sessions.deliveredMessages().get(0)).wasSentOverTls();
    then("of AssertJ itself").isNotEmpty();
    assertThatThrownBy(
            () ->
                BddExchangeOnlineSoftAssertions.thenSoftly(
                    softly -> {
                      softly.then(sessions).deliveredNothing();
                      softly.then(sessions.last()).failedTls();
                      softly.then(sessions.deliveredMessages().get(0)).wasSentInCleartext();
                      softly.then(1).isEqualTo(2);
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("(4 failures)");
  }

  /** Each assertion, with arguments of which none holds for nobody's sessions. */
  @TestFactory
  Stream<DynamicTest> every_assertion_can_be_soft() {
    return Stream.of(SessionsAssert.class, SessionAssert.class, MessageAssert.class)
        .flatMap(type -> assertions(type).stream())
        .map(
            method ->
                DynamicTest.dynamicTest(
                    method.getDeclaringClass().getSimpleName() + "." + method.getName(),
                    () -> {
                      ExchangeOnlineSoftAssertions softly = new ExchangeOnlineSoftAssertions();
                      Object assertion = nobody(softly, method.getDeclaringClass());
                      Object returned = method.invoke(assertion, arguments(method));

                      assertThat(returned).isSameAs(assertion);
                      assertThat(softly.errorsCollected()).hasSize(1);
                    }));
  }

  private static List<Method> assertions(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> AbstractAssert.class.isAssignableFrom(method.getReturnType()))
        .filter(method -> method.getDeclaringClass().getPackageName().equals("io.mockexo.assertj"))
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .toList();
  }

  private static Object nobody(ExchangeOnlineSoftAssertions softly, Class<?> type) {
    if (type == SessionsAssert.class) {
      return softly.assertThat((Sessions) null);
    }
    return type == SessionAssert.class
        ? softly.assertThat((SmtpSession) null)
        : softly.assertThat((MailTransaction) null);
  }

  private static Object[] arguments(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(
            type -> {
              if (type == int.class) {
                return 1;
              } else if (type == Duration.class) {
                return Duration.ofSeconds(1);
              } else if (type == String.class) {
                return method.getName().equals("usedCipherSuite") ? "TLS_AES_128_GCM_SHA256" : "X";
              } else if (type == String[].class) {
                return new String[] {
                  method.getName().startsWith("offered") ? "TLS_AES_128_GCM_SHA256" : "X"
                };
              } else if (type == byte[].class) {
                return new byte[1];
              } else if (type == Consumer.class) {
                Consumer<Object> nothing = x -> {};
                return nothing;
              } else if (type == Consumer[].class) {
                return new Consumer<?>[] {x -> {}};
              } else if (type.isEnum()) {
                return type.getEnumConstants()[0];
              } else if (type == CipherSuite.class) {
                return CipherSuite.ofCode(0x1301);
              }
              return new CipherSuite[] {CipherSuite.ofCode(0x1301)};
            })
        .toArray();
  }
}

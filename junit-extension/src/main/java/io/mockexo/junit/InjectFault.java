package io.mockexo.junit;

import io.mockexo.fault.Drop;
import io.mockexo.fault.Effect;
import io.mockexo.fault.Fault;
import io.mockexo.fault.Stage;
import io.mockexo.tls.AlertDescription;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Something that goes wrong in a test, with the words of {@link Fault}:
 *
 * <pre>{@code
 * @Test
 * @InjectFault(onConnection = 1, at = CLIENT_HELLO, drop = RST)
 * @InjectFault(onConnection = 2, at = RCPT, reply = "451 4.7.500 Server busy")
 * void retries(@MockExchangeOnline MockExchangeOnlineServer exchange) {
 *   mailer.send(exchange.host(), exchange.port(), message);
 *   assertThat(exchange.awaitQuiet(ofSeconds(1))).retriedAfterTlsFailure().deliveredOnce();
 * }
 * }</pre>
 *
 * <p>On a class it is for all tests of it, those of nested classes included, and comes before what
 * a method has; which of several wins at one stage is told by {@link io.mockexo.fault.FaultScript},
 * and one that could never fire is refused. Exactly one of {@link #onConnection}, {@link
 * #onConnections}, {@link #onAttempt} and {@link #onAttempts} is given, and exactly one effect.
 * Several faults at one stage are several annotations: {@link #delay} and {@link #drip} add to
 * other effects.
 *
 * <p>A {@code reset()} of the server takes it out of the script. Before a test that is done without
 * being asked for, and in a {@code @BeforeEach} method it is an error.
 *
 * <p>It can stand on an annotation of your own, and is then used through that.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Repeatable(InjectFaults.class)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MockExchangeOnlineExtension.class)
public @interface InjectFault {

  /** The number of the connection, from 1. */
  int onConnection() default NOT_GIVEN;

  /** Several connections: {@code "2-5"}, {@code "2-"} or {@code "every"}. */
  String onConnections() default "";

  /** As {@link #onConnection}, counting only connections that reach EHLO or HELO. */
  int onAttempt() default NOT_GIVEN;

  /** As {@link #onConnections}, counting only connections that reach EHLO or HELO. */
  String onAttempts() default "";

  /** When it happens. */
  Stage at();

  /** At {@link Stage#BODY}, and only there: after how many bytes of the message, at least 1. */
  long afterBytes() default 0;

  /** Effect: the connection ends with FIN or RST. */
  Drop[] drop() default {};

  /** Effect: nothing is answered any more. */
  boolean stall() default false;

  /** Effect: nothing is answered and nothing is read any more. */
  boolean stopReading() default false;

  /** Effect: everything waits for so long, for example {@code "500ms"}, then goes on. */
  String delay() default "";

  /** Effect: from here on everything comes in small pieces. */
  Drip[] drip() default {};

  /** Effect: so many bytes without meaning. */
  int garbage() default 0;

  /** Effect: this reply, for example {@code "451 4.7.500 Server busy"}. */
  String reply() default "";

  /** Effect: this fatal TLS alert, then FIN. */
  AlertDescription[] alert() default {};

  /** Whether the connection is closed after the {@link #reply}. */
  boolean thenClose() default false;

  /** At which message of a connection that carries several, from 1. Default: the first to come. */
  int onMessage() default 0;

  /** Whether it fires whenever its stage is met, not once for each connection. */
  boolean everyTime() default false;

  /** Whether the test may pass without it having fired. */
  boolean optional() default false;

  /** The name of the server, where a test has several: see {@link MockExchangeOnline#name}. */
  String server() default "";

  /** No number of a connection. */
  int NOT_GIVEN = Integer.MIN_VALUE;

  /**
   * Everything that the server sends comes in pieces ({@link Effect.Drip}).
   *
   * @since 0.1
   */
  @Documented
  @Target({})
  @Retention(RetentionPolicy.RUNTIME)
  @interface Drip {

    /** How many bytes at a time. */
    int bytes();

    /** The pause after each piece, for example {@code "200ms"}. */
    String interval();
  }
}

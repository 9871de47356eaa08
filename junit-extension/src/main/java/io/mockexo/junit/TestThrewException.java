package io.mockexo.junit;

/**
 * The test threw something that was no failed assertion. That is the cause; this has its message,
 * and what happened on the servers.
 *
 * @since 0.1
 */
public final class TestThrewException extends RuntimeException {

  TestThrewException(String message, Throwable cause) {
    super(message, cause);
  }
}

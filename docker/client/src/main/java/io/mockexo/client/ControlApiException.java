package io.mockexo.client;

import org.jspecify.annotations.Nullable;

/**
 * The control API could not be reached, or did not do what it was asked for. The message says what
 * was asked, of whom, and what the answer was.
 *
 * @since 0.1
 */
public final class ControlApiException extends RuntimeException {

  private final int status;
  private final String pointer;

  ControlApiException(String message, int status, String pointer) {
    super(message);
    this.status = status;
    this.pointer = pointer;
  }

  ControlApiException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.status = 0;
    this.pointer = "";
  }

  /** The status of HTTP; 0 if there was no answer. */
  public int status() {
    return status;
  }

  /** Where in the request the mistake is, as a JSON pointer (RFC 6901); empty if it is nowhere. */
  public String pointer() {
    return pointer;
  }
}

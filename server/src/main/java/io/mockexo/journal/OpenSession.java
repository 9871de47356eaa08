package io.mockexo.journal;

import java.util.Optional;

/**
 * A connection that goes on: always the same object for the same connection, so that who is told
 * often can look seldom. Thread-safe. It holds nothing of a connection that has ended.
 *
 * @since 0.1
 */
public interface OpenSession {

  /** The number of the connection, from 1. */
  int number();

  /** Whether it goes on: false once it has ended, or a reset has forgotten it. */
  boolean isOpen();

  /** As far as it has come; empty once it goes on no more. */
  Optional<SmtpSession> soFar();
}

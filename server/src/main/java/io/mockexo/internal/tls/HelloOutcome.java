package io.mockexo.internal.tls;

import io.mockexo.tls.AlertDescription;
import io.mockexo.tls.ClientHello;

/** What the first bytes of a client turned out to be. */
sealed interface HelloOutcome {

  /** Nothing that can be told yet. */
  record Incomplete() implements HelloOutcome {}

  /** A whole ClientHello. */
  record Complete(ClientHello hello) implements HelloOutcome {}

  /** A whole CLIENT-HELLO of SSL 2.0. */
  record Sslv2(int version, int cipherSpecs) implements HelloOutcome {}

  /** No TLS. */
  record NotTls() implements HelloOutcome {}

  /** An alert in place of a ClientHello, or between two of its records. */
  record Alert(boolean fatal, int code) implements HelloOutcome {}

  /** TLS, but against its rules: to be answered with {@code alert}. */
  record Violation(AlertDescription alert, String reason) implements HelloOutcome {}
}

package io.mockexo.exchange;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The receive connector of {@link Endpoint#ON_PREMISES}, in the words of {@code
 * Set-ReceiveConnector} (facts 2.1 and 8). Immutable; the defaults are those of "Default Frontend".
 *
 * @param authMechanisms what EHLO offers; default all of them
 * @param requireTls whether MAIL needs TLS ({@code RequireTLS}); default false
 * @param maxProtocolErrors how many errors a client may make, after which the next one is answered
 *     with {@code 421 4.7.0} and the connection closed ({@code MaxProtocolErrors}); default 5
 * @param maxLogonFailures the same for refused AUTH ({@code MaxLogonFailures}); default 3
 * @since 0.1
 */
public record ReceiveConnector(
    Set<AuthMechanism> authMechanisms,
    boolean requireTls,
    int maxProtocolErrors,
    int maxLogonFailures) {

  private static final ReceiveConnector DEFAULT_FRONTEND =
      new ReceiveConnector(EnumSet.allOf(AuthMechanism.class), false, 5, 3);

  /**
   * A connector.
   *
   * @throws IllegalArgumentException if a number is negative, or TLS is required and not on offer
   */
  public ReceiveConnector {
    EnumSet<AuthMechanism> copy = EnumSet.noneOf(AuthMechanism.class);
    copy.addAll(authMechanisms);
    authMechanisms = Collections.unmodifiableSet(copy);
    requireNotNegative("maxProtocolErrors", maxProtocolErrors);
    requireNotNegative("maxLogonFailures", maxLogonFailures);
    if (requireTls && !authMechanisms.contains(AuthMechanism.TLS)) {
      throw new IllegalArgumentException(
          "requireTls needs TLS among the authMechanisms; without it no client could send mail");
    }
  }

  /** The connector that Exchange Server sets up for mail from anywhere. */
  public static ReceiveConnector defaultFrontend() {
    return DEFAULT_FRONTEND;
  }

  /** With these on offer. */
  public ReceiveConnector withAuthMechanisms(Set<AuthMechanism> offered) {
    return new ReceiveConnector(offered, requireTls, maxProtocolErrors, maxLogonFailures);
  }

  /** With TLS required, or not. */
  public ReceiveConnector withRequireTls(boolean required) {
    return new ReceiveConnector(authMechanisms, required, maxProtocolErrors, maxLogonFailures);
  }

  /** With this number of errors. */
  public ReceiveConnector withMaxProtocolErrors(int errors) {
    return new ReceiveConnector(authMechanisms, requireTls, errors, maxLogonFailures);
  }

  /** With this number of refused AUTH. */
  public ReceiveConnector withMaxLogonFailures(int failures) {
    return new ReceiveConnector(authMechanisms, requireTls, maxProtocolErrors, failures);
  }

  /** Whether EHLO offers it. */
  public boolean offers(AuthMechanism mechanism) {
    return authMechanisms.contains(mechanism);
  }

  private static void requireNotNegative(String what, int number) {
    if (number < 0) {
      throw new IllegalArgumentException("%s cannot be negative: %d".formatted(what, number));
    }
  }
}

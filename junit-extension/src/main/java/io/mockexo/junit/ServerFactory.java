package io.mockexo.junit;

import static io.mockexo.junit.MockExchangeOnlineExtension.AWAIT_TIMEOUT;

import io.mockexo.fault.DurationSyntax;
import io.mockexo.server.MockExchange;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.server.MockExchangeOnlineServerBuilder;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Makes the server of a {@link Declaration}: built from its attributes, or adopted. */
final class ServerFactory {

  private final ExtensionContext context;

  ServerFactory(ExtensionContext context) {
    this.context = context;
  }

  /** Builds and starts the server that the attributes describe. */
  MockExchangeOnlineServer built(Declaration declaration) {
    try {
      MockExchangeOnlineServerBuilder builder =
          new AnnotatedProfile(declaration.annotation()).toServer();
      context
          .getConfigurationParameter(AWAIT_TIMEOUT)
          .ifPresent(timeout -> setAwaitTimeout(builder, timeout));
      if (declaration.annotation().optionalFaults()
          && declaration.annotation().scenario().isEmpty()) {
        throw new IllegalArgumentException(
            "optionalFaults is for faults of a scenario or of an adopted server; a fault of the"
                + " test is optional by itself: @InjectFault(..., optional = true)");
      }
      return builder.start();
    } catch (IllegalArgumentException e) {
      throw new ExtensionConfigurationException(declaration + ": " + e.getMessage(), e);
    }
  }

  /**
   * Takes a server that the test has made itself, and starts it if it is not running.
   *
   * @return what ends it: nothing if it was running
   */
  static Runnable adopt(Declaration declaration, MockExchange exchange) {
    Set<String> given = new AnnotatedProfile(declaration.annotation()).given();
    if (!given.isEmpty()) {
      throw new ExtensionConfigurationException(
          ("%s: it has a value already, so that %s would have no effect. Either say it where the"
                  + " server is made, for example MockExchangeOnlineServer.mx().minimumTls(TLS_1_3)"
                  + ".build(), or leave the field without a value")
              .formatted(declaration, String.join(" and ", given)));
    }
    if (!(exchange instanceof MockExchangeOnlineServer server) || server.isRunning()) {
      return () -> {};
    }
    try {
      server.start();
    } catch (IllegalStateException e) {
      throw new ExtensionConfigurationException(
          ("%s: the server in it has been closed, and cannot be started again. Let every test make"
                  + " a new one, or start it yourself where it is made: .start()")
              .formatted(declaration),
          e);
    }
    return server::close;
  }

  private static void setAwaitTimeout(MockExchangeOnlineServerBuilder builder, String timeout) {
    try {
      builder.awaitTimeout(DurationSyntax.parse(timeout));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the configuration parameter %s: %s".formatted(AWAIT_TIMEOUT, e.getMessage()), e);
    }
  }
}

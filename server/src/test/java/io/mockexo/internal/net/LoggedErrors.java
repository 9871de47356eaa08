package io.mockexo.internal.net;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.mockexo.fuzz.Check;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * What this thread logs while a fuzzer runs: Netty and our handlers log exceptions instead of
 * letting them escape. Threads of servers that other tests have just closed are none of our
 * business.
 */
final class LoggedErrors extends AppenderBase<ILoggingEvent> implements AutoCloseable {

  private final List<String> errors = new ArrayList<>();
  private final Thread thread = Thread.currentThread();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  LoggedErrors() {
    setContext(root.getLoggerContext());
    start();
    root.addAppender(this);
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (Thread.currentThread().equals(thread) && event.getLevel().isGreaterOrEqual(Level.WARN)) {
      String trace =
          event.getThrowableProxy() == null
              ? ""
              : ThrowableProxyUtil.asString(event.getThrowableProxy());
      errors.add(event.getFormattedMessage() + "\n" + trace);
    }
  }

  /** Fails if anything was logged. */
  void checkThereAreNone() {
    Check.same(List.of(), errors, "logged");
  }

  @Override
  public void close() {
    root.detachAppender(this);
  }
}

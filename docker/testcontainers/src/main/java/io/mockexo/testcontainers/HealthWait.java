package io.mockexo.testcontainers;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/**
 * Waits until the program says that all its endpoints listen, no longer than it runs. That a port
 * can be connected to says nothing: the engine accepts before the program does.
 */
final class HealthWait extends AbstractWaitStrategy {

  private static final int PAUSE_MILLIS = 50;
  private static final int PATIENCE_MILLIS = 2_000;

  @Override
  protected void waitUntilReady() {
    long begin = System.nanoTime();
    while (!isHealthy()) {
      if (!waitStrategyTarget.isRunning()) {
        throw new ContainerLaunchException("the program has ended: " + said());
      }
      if (System.nanoTime() - begin > startupTimeout.toNanos()) {
        throw new ContainerLaunchException(
            "the program has not become healthy within %s; it said: %s"
                .formatted(startupTimeout, said()));
      }
      pause();
    }
  }

  private boolean isHealthy() {
    int port = waitStrategyTarget.getMappedPort(MockExchangeOnlineContainer.CONTROL_PORT);
    URI health = URI.create("http://%s:%d/health".formatted(waitStrategyTarget.getHost(), port));
    try {
      HttpURLConnection http = (HttpURLConnection) health.toURL().openConnection(Proxy.NO_PROXY);
      http.setConnectTimeout(PATIENCE_MILLIS);
      http.setReadTimeout(PATIENCE_MILLIS);
      try {
        return http.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        http.disconnect();
      }
    } catch (IOException e) {
      return false; // not yet
    }
  }

  private String said() {
    return waitStrategyTarget.getLogs().strip();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ContainerLaunchException("interrupted while the container started", e);
    }
  }
}

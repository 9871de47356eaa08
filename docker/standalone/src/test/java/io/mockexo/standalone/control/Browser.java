package io.mockexo.standalone.control;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.remote.CommandInfo;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.remote.http.ClientConfig;
import org.openqa.selenium.remote.http.HttpMethod;
import org.openqa.selenium.remote.service.DriverCommandExecutor;
import org.opentest4j.TestAbortedException;

/**
 * Headless Chromium, one for all tests that ask for it, which give it back as they found it. They
 * are skipped where there is none, and say so; in CI, which installs it, that is a failure.
 */
final class Browser implements BeforeAllCallback {

  /** Without what ChromeDriver has for other versions of Chromium than those it knows. */
  static final class Chromium extends RemoteWebDriver {

    private static final String DEVTOOLS = "devtools";

    private Chromium(ChromeDriverService service, ChromeOptions options) {
      super(
          new DriverCommandExecutor(
              service,
              Map.of(
                  DEVTOOLS,
                  new CommandInfo("/session/:sessionId/goog/cdp/execute", HttpMethod.POST)),
              ClientConfig.defaultConfig()),
          options);
    }

    /** A command of the DevTools protocol. */
    void devTools(String command, Map<String, ?> parameters) {
      execute(DEVTOOLS, Map.of("cmd", command, "params", parameters));
    }
  }

  private static final List<String> ARGUMENTS =
      List.of(
          "--headless=new",
          "--no-sandbox", // as root there is none
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-breakpad",
          "--lang=en-US",
          "--window-size=1280,900");

  private Running running;

  @Override
  public void beforeAll(ExtensionContext context) {
    Path chromium = path("chromium");
    Path chromedriver = path("chromedriver");
    running =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(Browser.class))
            .getOrComputeIfAbsent(
                "browser", key -> Running.start(chromium, chromedriver), Running.class);
  }

  /** The path of a program; the test that asks is skipped if there is none. */
  static Path path(String command) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(directory -> Path.of(directory, command))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> missing(command + " is not installed; .ci/run installs it"));
  }

  private static RuntimeException missing(String reason) {
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(reason);
    }
    return new TestAbortedException(reason);
  }

  /** A new tab with the page of this program. */
  ConsolePage open(TestProgram program) {
    return open(program.control.port(), "/");
  }

  ConsolePage open(int port, String path) {
    return new ConsolePage(running.driver, "http://127.0.0.1:" + port + path);
  }

  /** Its processes, and the folder that they work in. */
  private record Running(Chromium driver, Path profile) implements AutoCloseable {

    static Running start(Path chromium, Path chromedriver) {
      Path profile;
      try {
        profile = Files.createTempDirectory("mockexo-browser");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      ChromeOptions options = new ChromeOptions();
      options.setBinary(chromium.toFile());
      options.addArguments(ARGUMENTS);
      options.addArguments("--user-data-dir=" + profile);
      options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
      ChromeDriverService service =
          new ChromeDriverService.Builder()
              .usingDriverExecutable(chromedriver.toFile())
              .usingAnyFreePort()
              .build();
      return new Running(new Chromium(service, options), profile);
    }

    /** They have the profile in their arguments, those that left their parents, too. */
    private Stream<ProcessHandle> processes() {
      return ProcessHandle.allProcesses()
          .filter(process -> process.info().commandLine().orElse("").contains(profile.toString()));
    }

    @Override
    public void close() throws IOException {
      driver.quit();
      processes().forEach(Running::end);
      try (Stream<Path> files = Files.walk(profile)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    }

    /** Waits for it to end by itself, but not for long. */
    private static void end(ProcessHandle process) {
      process
          .onExit()
          .completeOnTimeout(process, 10, TimeUnit.SECONDS)
          .thenAccept(ProcessHandle::destroyForcibly)
          .thenCompose(asked -> process.onExit())
          .join();
    }
  }
}

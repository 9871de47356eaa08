package io.mockexo.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.mockexo.client.SmtpTestClient;
import io.mockexo.tls.TlsVersion;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** A test suite starts a server for each test; what each leaves behind would add up. */
class ManyServersTest {

  private static final int WARM_UP = 100;
  private static final int SERVERS = 1000;

  /** Objects of the JDK do not count: its caches of certificates and TLS sessions grow a while. */
  private static final Pattern OURS =
      Pattern.compile(
          "\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(?:io\\.mockexo|io\\.netty|org\\.bouncycastle)\\..*");

  private record Footprint(List<String> threads, long openFiles, long objects) {

    static Footprint take() throws InterruptedException {
      for (Thread thread : ourThreads()) {
        thread.join(10_000);
      }
      return new Footprint(
          ourThreads().stream().map(Thread::getName).toList(), openFileCount(), objectCount());
    }

    /** Netty's global executor ends by itself, a second after the last group of event loops. */
    private static List<Thread> ourThreads() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().matches("(mockexo|globalEventExecutor).*"))
          .toList();
    }

    private static long openFileCount() {
      return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
          ? unix.getOpenFileDescriptorCount()
          : 0;
    }

    /** The live objects of our classes and of those of our libraries. */
    private static long objectCount() {
      return histogram()
          .lines()
          .map(OURS::matcher)
          .filter(Matcher::matches)
          .mapToLong(line -> Long.parseLong(line.group(1)))
          .sum();
    }

    private static String histogram() {
      try {
        return (String)
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[0]},
                    new String[] {String[].class.getName()});
      } catch (JMException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void deliverOnceOverTls() {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      try (SmtpTestClient client = SmtpTestClient.hello(exchange)) {
        client.command("STARTTLS");
        client.startTls(exchange.clientSslContext());
        client.command("EHLO client.example");
        assertThat(client.deliver("a@client.example", "b@contoso.com")).startsWith("250 2.6.0 ");
        assertThat(client.command("QUIT")).startsWith("221 ");
      }
      assertThat(exchange.awaitSessions(1).only().tls().orElseThrow().version())
          .isEqualTo(TlsVersion.TLS_1_3);
    }
  }

  @Test
  void a_thousand_servers_leave_no_thread_no_file_and_no_memory_behind()
      throws InterruptedException {
    for (int i = 0; i < WARM_UP; i++) {
      deliverOnceOverTls();
    }
    Footprint before = Footprint.take();
    assertThat(before.objects()).as("what is counted").isPositive();

    for (int i = 0; i < SERVERS; i++) {
      deliverOnceOverTls();
    }

    Footprint after = Footprint.take();
    assertThat(after.threads()).isEmpty();
    assertThat(after.openFiles()).isLessThanOrEqualTo(before.openFiles() + 5);
    assertThat(after.objects()).as("live objects").isLessThan(before.objects() + SERVERS);
  }
}

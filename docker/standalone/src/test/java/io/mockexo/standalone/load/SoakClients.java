package io.mockexo.standalone.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** Clients that come one after the other, some with TLS, some with TLS that is too old. */
final class SoakClients {

  private static final int AT_ONCE = 8;
  private static final byte[] MESSAGE = ("x".repeat(78) + "\r\n").repeat(25).getBytes(ISO_8859_1);
  private static final byte[] END = ".\r\n".getBytes(ISO_8859_1);

  private final int port;
  private final SSLContext tls;
  private final byte[] text = new byte[MESSAGE.length + END.length];
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger delivered = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  SoakClients(int port, SSLContext tls) {
    this.port = port;
    this.tls = tls;
    System.arraycopy(MESSAGE, 0, text, 0, MESSAGE.length);
    System.arraycopy(END, 0, text, MESSAGE.length, END.length);
  }

  /** Goes on until there were so many sessions, or until the clock says so. */
  void run(int sessions, long untilNanos) throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        tasks.add(
            () -> {
              while (System.nanoTime() < untilNanos && made.get() < sessions) {
                visit(made.incrementAndGet());
              }
              return true;
            });
      }
      for (Future<Boolean> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  /** Whoever meets a fault goes away. */
  private void visit(int number) {
    try (LoadClient client = new LoadClient(port)) {
      client.hello();
      int kind = number % 10;
      if (kind == 5) {
        client.beRefused();
        refused.incrementAndGet();
        return;
      }
      if (kind == 0) {
        client.startTls(tls);
      }
      client.deliver(text);
      delivered.incrementAndGet();
    } catch (IOException e) {
      failed.incrementAndGet();
    }
  }

  int made() {
    return made.get();
  }

  /** Those that were told that their message was accepted. */
  int delivered() {
    return delivered.get();
  }

  int refused() {
    return refused.get();
  }

  int failed() {
    return failed.get();
  }
}

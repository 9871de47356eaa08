package io.mockexo.standalone.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Many clients of one program. */
final class Load implements AutoCloseable {

  private static final int CLIENTS_AT_ONCE = 8;

  /** Every fourth message comes over TLS. */
  private static final int TLS_EACH = 4;

  private final int port;
  private final SSLContext tls;
  private final List<LoadClient> silent = new ArrayList<>();

  Load(ServeProcess program) throws IOException, GeneralSecurityException {
    this.port = program.port();
    this.tls = trusting(program.certificate());
  }

  /** Opens connections that stay and say nothing. */
  void openSilent(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      silent.add(new LoadClient(port));
    }
  }

  /** How many of the silent ones are still served. */
  int stillServed() throws IOException {
    int served = 0;
    for (LoadClient client : silent) {
      served += client.isServed() ? 1 : 0;
    }
    return served;
  }

  /** Delivers messages of this size, each on a connection of its own, and every fourth over TLS. */
  void deliver(int count, int size) throws InterruptedException, ExecutionException {
    String line = "x".repeat(78) + "\r\n";
    byte[] text = (line.repeat(Math.max(1, size / line.length())) + ".\r\n").getBytes(ISO_8859_1);
    each(
        count,
        number -> {
          try (LoadClient client = new LoadClient(port)) {
            client.hello();
            if (number % TLS_EACH == 0) {
              client.startTls(tls);
            }
            client.deliver(text);
          }
        });
  }

  /** Has clients refused that come with TLS 1.1. */
  void beRefused(int count) throws InterruptedException, ExecutionException {
    each(
        count,
        number -> {
          try (LoadClient client = new LoadClient(port)) {
            client.hello();
            client.beRefused();
          }
        });
  }

  /** One connection. */
  @FunctionalInterface
  private interface Visit {
    void make(int number) throws IOException;
  }

  private static void each(int count, Visit visit) throws InterruptedException, ExecutionException {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS_AT_ONCE);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int thread = 0; thread < CLIENTS_AT_ONCE; thread++) {
        int first = thread;
        tasks.add(
            () -> {
              for (int number = first; number < count; number += CLIENTS_AT_ONCE) {
                visit.make(number);
              }
              return true;
            });
      }
      for (Future<Boolean> done : clients.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      clients.shutdown();
    }
  }

  static SSLContext trusting(Path pem) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      Certificate ca = CertificateFactory.getInstance("X.509").generateCertificate(in);
      trusted.setCertificateEntry("ca", ca);
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  @Override
  public void close() throws IOException {
    for (LoadClient client : silent) {
      client.close();
    }
  }
}

package io.mockexo.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A Postfix of its own in a temporary folder that relays everything to one port of 127.0.0.1. */
public final class Postfix implements AutoCloseable {

  private final Path folder;
  private final String configuration;

  private Postfix(Path folder) {
    this.folder = folder;
    this.configuration = folder.resolve("etc").toString();
  }

  /**
   * Starts it.
   *
   * @param settings lines of main.cf, for example {@code smtp_tls_security_level = may}
   */
  public static Postfix start(int port, String... settings) {
    Tool.POSTFIX.path();
    if (!"root".equals(System.getProperty("user.name"))) {
      throw Tool.missing("Postfix can only be started by root");
    }
    try {
      Path folder = Files.createTempDirectory(Path.of("/tmp"), "mockexo-postfix");
      Tool.CHMOD.run("", "755", folder.toString());
      Postfix postfix = new Postfix(folder);
      postfix.configure(port, settings);
      postfix.control("start");
      return postfix;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void configure(int port, String... settings) throws IOException {
    for (String name : new String[] {"etc", "spool", "data"}) {
      Files.createDirectory(folder.resolve(name));
    }
    Tool.CHOWN.run("", "postfix", folder.resolve("data").toString());
    String main =
        """
        compatibility_level = 3.6
        queue_directory = FOLDER/spool
        data_directory = FOLDER/data
        maillog_file = FOLDER/mail.log
        maillog_file_prefixes = /tmp
        daemon_directory = /usr/lib/postfix/sbin
        command_directory = /usr/sbin
        meta_directory = /etc/postfix
        shlib_directory = /usr/lib/postfix
        myhostname = sender.example
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        mydestination =
        alias_maps =
        alias_database =
        local_transport = error:there is no local delivery
        default_transport = smtp:[127.0.0.1]:PORT
        smtp_dns_support_level = disabled
        smtp_host_lookup = native
        queue_run_delay = 1s
        minimal_backoff_time = 1s
        maximal_backoff_time = 1s
        transport_retry_time = 1s
        notify_classes =
        """
            .replace("FOLDER", folder.toString())
            .replace("PORT", Integer.toString(port));
    Files.writeString(folder.resolve("etc/main.cf"), main + String.join("\n", settings) + "\n");
    Files.copy(Path.of("/usr/share/postfix/master.cf.dist"), folder.resolve("etc/master.cf"));
    Tool.POSTCONF.run("", "-c", configuration, "-MX", "smtp/inet");
    Tool.POSTCONF.run("", "-c", configuration, "-F", "*/*/chroot = n");
    // What is submitted before pickup listens is found only when it wakes up: after 60 s, as it is.
    Tool.POSTCONF.run("", "-c", configuration, "-F", "pickup/unix/wakeup = 1");
    Tool.POSTCONF.run("", "-c", configuration, "-F", "qmgr/unix/wakeup = 1");
  }

  /** Queues a message. */
  public void submit(String from, String to, String message) {
    Tool.Run run = Tool.SENDMAIL.run(message, "-C", configuration, "-f", from, to);
    if (run.exitCode() != 0) {
      throw new IllegalStateException(run.output());
    }
  }

  /** What it has logged so far. */
  public String log() {
    try {
      return Files.readString(folder.resolve("mail.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has told what became of the first try at mail for this recipient. */
  String awaitStatus(String recipient) {
    return awaitStatus(recipient, "");
  }

  /** Waits until it has told this of a try, the first or a later one. */
  String awaitStatus(String recipient, String status) {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(60)) {
      Optional<String> told =
          log()
              .lines()
              .filter(line -> line.contains("to=<" + recipient + ">") && line.contains(status))
              .findFirst();
      if (told.isPresent()) {
        return told.get();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    throw new AssertionError("no status of " + recipient + " in:\n" + log());
  }

  private void control(String command) {
    Tool.Run run = Tool.POSTFIX.run("", "-c", configuration, command);
    if (run.exitCode() != 0) {
      throw new IllegalStateException("postfix " + command + ": " + run.output());
    }
  }

  @Override
  public void close() {
    control("abort");
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

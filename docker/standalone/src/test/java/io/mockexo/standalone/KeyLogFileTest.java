package io.mockexo.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.standalone.config.ConfigurationException;
import io.mockexo.tls.KeyLogLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(120)
class KeyLogFileTest {

  @TempDir private Path folder;
  private Path file;
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void name_the_file() {
    file = folder.resolve("keys.txt");
  }

  private KeyLogFile open() {
    return KeyLogFile.open(file, new PrintWriter(err));
  }

  private static MockExchangeOnlineServer server() {
    return MockExchangeOnlineServer.mx().profile(profile -> profile.keyLog(true)).start();
  }

  private static TlsClient startTls(MockExchangeOnlineServer exchange) throws IOException {
    return TlsClient.startTls(exchange.port(), exchange.clientSslContext());
  }

  private static List<String> lines(SmtpSession session) {
    return session.keyLog().stream().map(KeyLogLine::text).toList();
  }

  /** Without waiting: whoever captures has the secrets before the packets that they open. */
  @Test
  void holds_the_secrets_of_a_session_that_goes_on() throws Exception {
    try (KeyLogFile keyLog = open();
        MockExchangeOnlineServer exchange = server()) {
      keyLog.follow(exchange);
      try (TlsClient client = startTls(exchange)) {
        List<String> written = Files.readAllLines(file);

        client.quit();
        assertThat(written).hasSize(5).isEqualTo(lines(exchange.awaitSessions(1).only()));
      }
    }
  }

  @Test
  void what_it_holds_from_earlier_runs_stays() throws Exception {
    List<String> all = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      try (KeyLogFile keyLog = open();
          MockExchangeOnlineServer exchange = server()) {
        keyLog.follow(exchange);
        startTls(exchange).close();
        startTls(exchange).close();
        exchange.awaitSessions(2).forEach(session -> all.addAll(lines(session)));
      }
    }

    assertThat(all).hasSize(4 * 5);
    assertThat(Files.readAllLines(file)).isEqualTo(all);
  }

  @Test
  void is_readable_by_its_owner_alone() throws Exception {
    assumeTrue(
        file.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "this file system has no permissions");
    open().close();

    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    open().close();
  }

  @Test
  void one_that_others_may_read_is_refused_and_left_as_it_is() throws Exception {
    assumeTrue(
        file.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "this file system has no permissions");
    Files.writeString(file, "mine\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(this::open)
        .withMessage(
            "--key-log: %s: others have access to it, and it would hold secrets;"
                + " 'chmod 600' it first",
            file);
    assertThat(file).hasContent("mine");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void what_cannot_be_one_is_wrong_use() throws Exception {
    Path nowhere = folder.resolve("nowhere/keys.txt");
    Path tooLong = folder.resolve("a".repeat(300));

    assertThat(serve(nowhere)).isEqualTo("--key-log: " + nowhere + ": there is no such folder\n");
    assertThat(serve(folder)).isEqualTo("--key-log: " + folder + ": this is a folder\n");
    assertThat(serve(tooLong)).startsWith("--key-log: " + tooLong + ": cannot be written: ");
  }

  private static String serve(Path keyLog) {
    StringWriter err = new StringWriter();
    CommandLine program = MockExchangeOnline.commandLine().setErr(new PrintWriter(err));
    int exitCode =
        program.execute(
            "serve",
            "--mx-port=0",
            "--submission-port=0",
            "--control-port=0",
            "--key-log=" + keyLog);
    assertThat(exitCode).isEqualTo(2);
    return err.toString();
  }

  private static final class FullDisk implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
      throw new IOException("No space left on device");
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Test
  void a_full_disk_is_told_once_and_clients_go_on() throws Exception {
    try (KeyLogFile keyLog = new KeyLogFile(file, new FullDisk(), new PrintWriter(err));
        MockExchangeOnlineServer exchange = server()) {
      keyLog.follow(exchange);
      for (int i = 0; i < 2; i++) {
        try (TlsClient client = startTls(exchange)) {
          client.quit();
        }
      }

      assertThat(err.toString())
          .isEqualToIgnoringNewLines(
              "--key-log: %s: cannot be written: No space left on device; secrets are missing"
                  .formatted(file));
    }
  }

  @Test
  void serve_writes_the_secrets_of_all_endpoints_into_it_and_shows_none() throws Exception {
    Path ca = folder.resolve("ca.pem");
    Process process = ProgramTest.serve("--key-log=" + file, "--ca-file=" + ca);
    try (BufferedReader out = process.inputReader(UTF_8)) {
      int mx = ProgramTest.port(out.readLine());
      int submission = ProgramTest.port(out.readLine());
      SSLContext context = TlsClient.trusting(ca);
      try (TlsClient first = TlsClient.startTls(mx, context);
          TlsClient second = TlsClient.startTls(submission, context)) {
        first.quit();
        second.quit();
      }
      List<String> keys = Files.readAllLines(file);
      ProgramTest.sigterm(process);
      String printed = String.join("\n", out.lines().toList());

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(keys).hasSize(2 * 5);
      assertThat(printed).contains("-- 5 key log lines kept (secret)");
      assertThat(keys)
          .noneMatch(line -> printed.contains(line.substring(line.lastIndexOf(' ') + 1)));
    } finally {
      process.destroyForcibly();
    }
  }
}

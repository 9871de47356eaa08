package io.mockexo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.standalone.config.ConfigurationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(60)
class CaFileTest {

  @TempDir private Path folder;

  @Test
  void a_client_that_trusts_what_is_in_it_accepts_the_server() throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), "what an earlier run left, and longer");
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      CaFile.write(file, exchange.caPem());

      assertThat(Files.readString(file)).startsWith("-----BEGIN CERTIFICATE-----");
      try (TlsClient client = TlsClient.startTls(exchange.port(), TlsClient.trusting(file))) {
        assertThat(client.protocol()).isEqualTo("TLSv1.3");
      }
    }
  }

  @Test
  void one_that_cannot_be_written_is_wrong_use() {
    Path nowhere = folder.resolve("nowhere/ca.pem");

    assertThat(serve(nowhere)).isEqualTo("--ca-file: " + nowhere + ": there is no such folder\n");
    assertThat(serve(folder)).isEqualTo("--ca-file: " + folder + ": this is a folder\n");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> CaFile.write(folder.resolve("a".repeat(300)), ""))
        .withMessageEndingWith(": cannot be written");
  }

  private static String serve(Path caFile) {
    StringWriter err = new StringWriter();
    CommandLine program = MockExchangeOnline.commandLine().setErr(new PrintWriter(err));
    int exitCode =
        program.execute(
            "serve",
            "--mx-port=0",
            "--submission-port=0",
            "--control-port=0",
            "--ca-file=" + caFile);
    assertThat(exitCode).isEqualTo(2);
    return err.toString();
  }
}

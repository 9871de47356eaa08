package io.mockexo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server hands to clients that are not configured by a {@code Properties} in this JVM. */
class ClientSettingsTest {

  @TempDir Path folder;

  /** A client in a JVM of its own, with that JVM's trust: what it says if it fails. */
  static final class Client {
    private Client() {}

    public static void main(String[] hostAndPort) throws MessagingException {
      Properties properties = new Properties();
      properties.put("mail.smtp.host", hostAndPort[0]);
      properties.put("mail.smtp.port", hostAndPort[1]);
      properties.put("mail.smtp.starttls.required", "true");
      MimeMessage message = new MimeMessage(Session.getInstance(properties));
      message.setFrom(new InternetAddress("app@client.example"));
      message.setRecipient(Message.RecipientType.TO, new InternetAddress("alice@contoso.com"));
      message.setText("hello");
      Transport.send(message);
    }
  }

  private String runClient(MockExchangeOnlineServer exchange, String... jvmOptions)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(jvmOptions));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Client.class.getName()));
    command.addAll(List.of(exchange.host(), Integer.toString(exchange.port())));
    Path output = folder.resolve("output");
    Process client =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    client.waitFor();
    return Files.readString(output);
  }

  @Test
  void a_client_in_another_jvm_trusts_the_server_by_its_trust_store_file() throws Exception {
    Path file = folder.resolve("trust.p12");
    Files.writeString(file, "to be overwritten");
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      exchange.writeTrustStore(file, "changeit".toCharArray());

      String output =
          runClient(
              exchange,
              "-Djavax.net.ssl.trustStore=" + file,
              "-Djavax.net.ssl.trustStorePassword=changeit");

      assertThat(output).isEmpty();
      SmtpSession session = exchange.awaitSessions(1).only();
      assertThat(session.deliveredMessages()).hasSize(1);
      assertThat(session.deliveredMessages().get(0).insideTls()).isTrue();
    }
  }

  @Test
  void without_the_file_it_does_not() throws Exception {
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      assertThat(runClient(exchange)).contains("unable to find valid certification path");
      assertThat(exchange.awaitSessions(1).only().deliveredMessages()).isEmpty();
    }
  }

  @Test
  void a_trust_store_file_that_cannot_be_written_is_named() {
    Path file = folder.resolve("no such folder").resolve("trust.p12");
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().start()) {
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> exchange.writeTrustStore(file, new char[] {'x'}))
          .withMessage("cannot write the trust store to " + file);
    }
  }

  @Test
  void spring_asks_for_its_properties_when_it_needs_them() {
    Map<String, Object> properties = new HashMap<>();
    try (MockExchangeOnlineServer exchange = MockExchangeOnlineServer.mx().build()) {
      Map<String, Supplier<Object>> registry = new HashMap<>();
      exchange.springMailProperties(registry::put);
      exchange.start();
      registry.forEach((name, value) -> properties.put(name, value.get()));

      assertThat(properties)
          .containsOnly(
              entry("spring.mail.host", "127.0.0.1"),
              entry("spring.mail.port", exchange.port()),
              entry("spring.mail.ssl.bundle", "mock-exchange-online"),
              entry(
                  "spring.ssl.bundle.pem.mock-exchange-online.truststore.certificate",
                  exchange.caPem()));
    }
  }
}

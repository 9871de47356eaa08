package io.mockexo.client;

import io.mockexo.server.MockExchange;
import io.mockexo.tls.TlsVersion;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A client that wants TLS by STARTTLS, and whose own words are of interest when it fails. */
enum MailClient {
  OPENSSL("openssl") {
    @Override
    Outcome send(MockExchange exchange, TlsVersion version, BooleanSupplier enough) {
      return outcome(
          Tool.OPENSSL.talk(
              COMMANDS,
              enough,
              "s_client",
              "-starttls",
              "smtp",
              "-ign_eof",
              OpenSsl.option(version),
              "-connect",
              exchange.host() + ":" + exchange.port()));
    }
  },

  GNUTLS_CLI("gnutls-cli") {
    @Override
    Outcome send(MockExchange exchange, TlsVersion version, BooleanSupplier enough) {
      return outcome(
          Tool.GNUTLS_CLI.talk(
              COMMANDS,
              enough,
              "--starttls-proto=smtp",
              "--insecure",
              "--priority=NORMAL:-VERS-ALL:+VERS-" + version.toString().replace(" ", ""),
              "--port=" + exchange.port(),
              exchange.host()));
    }
  },

  /** With {@code starttls.required}; what it says is what its exception prints. */
  JAKARTA_MAIL("Jakarta Mail") {
    @Override
    Outcome send(MockExchange exchange, TlsVersion version, BooleanSupplier enough) {
      Properties properties = exchange.jakartaMailProperties();
      properties.put("mail.smtp.starttls.required", "true");
      properties.put("mail.smtp.ssl.protocols", version.toString().replace("TLS ", "TLSv"));
      properties.put("mail.smtp.socketFactory", new PatientSockets(enough));
      properties.put("mail.smtp.timeout", "20");
      try {
        Transport.send(message(properties));
        return new Outcome("", true);
      } catch (MessagingException e) {
        return new Outcome(e.toString(), false);
      }
    }
  };

  /** Commands as a mail client sends them, so that a refusal by reply is met, too. */
  private static final String COMMANDS =
      "EHLO client.example\r\nMAIL FROM:<a@client.example>\r\nQUIT\r\n";

  private final String title;

  MailClient(String title) {
    this.title = title;
  }

  /** The one that is called so. */
  static MailClient titled(String title) {
    return Stream.of(values())
        .filter(client -> client.title.equals(title))
        .findFirst()
        .orElseThrow();
  }

  /**
   * How it ended.
   *
   * @param said all that it printed
   * @param succeeded what its exit code, or the absence of an exception, means
   */
  record Outcome(String said, boolean succeeded) {}

  /**
   * Goes as far as it is let.
   *
   * @param enough when it has waited long enough, and gives up if nothing comes
   */
  abstract Outcome send(MockExchange exchange, TlsVersion version, BooleanSupplier enough);

  @Override
  public String toString() {
    return title;
  }

  private static Outcome outcome(Tool.Run run) {
    return new Outcome(run.output(), run.exitCode() == 0);
  }

  private static MimeMessage message(Properties properties) throws MessagingException {
    MimeMessage message = new MimeMessage(Session.getInstance(properties));
    message.setFrom(new InternetAddress("a@client.example"));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress("alice@contoso.com"));
    message.setText("hello");
    return message;
  }
}

package io.mockexo.benchmark;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetup;
import io.mockexo.junit.MockExchangeOnline;
import io.mockexo.server.MockExchangeOnlineServer;
import java.net.InetAddress;
import java.util.Properties;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.subethamail.smtp.server.SMTPServer;

/**
 * The test classes that are measured. Each test has a server of its own, delivers one message, and
 * makes sure that it came.
 */
final class Cases {

  /** How many tests a class has. */
  static final int TESTS = 20;

  private Cases() {}

  static void require(boolean condition) {
    if (!condition) {
      throw new AssertionError("the message did not come");
    }
  }

  /** The same without a server: what JUnit itself costs. */
  static class Nothing {
    @RepeatedTest(TESTS)
    void test() {}
  }

  static class OursWithTls {
    @RepeatedTest(TESTS)
    void test(@MockExchangeOnline MockExchangeOnlineServer exchange) {
      Properties properties = exchange.jakartaMailProperties();
      properties.put("mail.smtp.starttls.enable", "true");
      properties.put("mail.smtp.starttls.required", "true");
      Mail.send(properties);
      require(exchange.awaitSessions(1).deliveredOverTls().size() == 1);
    }
  }

  static class OursInCleartext {
    @RepeatedTest(TESTS)
    void test(@MockExchangeOnline MockExchangeOnlineServer exchange) {
      Mail.send(Mail.to(exchange.host(), exchange.port()));
      require(exchange.awaitSessions(1).deliveredMessages().size() == 1);
    }
  }

  static class GreenMailInCleartext {
    @RegisterExtension
    final GreenMailExtension greenMail =
        new GreenMailExtension(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @RepeatedTest(TESTS)
    void test() {
      Mail.send(Mail.to("127.0.0.1", greenMail.getSmtp().getPort()));
      require(greenMail.waitForIncomingEmail(1));
    }
  }

  /** From the first byte on: it has no STARTTLS. */
  static class GreenMailWithTls {
    @RegisterExtension
    final GreenMailExtension greenMail =
        new GreenMailExtension(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));

    @RepeatedTest(TESTS)
    void test() {
      Properties properties = Mail.to("127.0.0.1", greenMail.getSmtps().getPort());
      properties.put("mail.smtp.ssl.enable", "true");
      properties.put("mail.smtp.ssl.trust", "*");
      properties.put("mail.smtp.ssl.checkserveridentity", "false");
      Mail.send(properties);
      require(greenMail.waitForIncomingEmail(1));
    }
  }

  static class SubEthaInCleartext {
    @RepeatedTest(TESTS)
    void test() {
      int[] received = {0};
      SMTPServer server =
          SMTPServer.port(0)
              .bindAddress(InetAddress.getLoopbackAddress())
              .messageHandler((context, from, to, data) -> received[0] += data.length)
              .build();
      server.start();
      try {
        Mail.send(Mail.to("localhost", server.getPortAllocated()));
      } finally {
        server.stop();
      }
      require(received[0] > 0);
    }
  }
}

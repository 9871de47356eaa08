package com.example.mail;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;

import io.mockexo.junit.MockExchangeOnline;
import io.mockexo.server.MockExchangeOnlineServer;
import io.netty.util.Version;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootVersion;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** The application's Netty, beside the one in the mock. */
@SpringJUnitConfig(StatusPort.class)
class OwnNettyTest {

  @MockExchangeOnline static MockExchangeOnlineServer exchange;

  @Test
  void is_the_one_that_spring_boot_manages() {
    String line = SpringBootVersion.getVersion().startsWith("3.") ? "4.1." : "4.2.";

    assertThat(Version.identify().get("netty-common").artifactVersion()).startsWith(line);
  }

  @Test
  void works_while_the_mock_does(@Autowired StatusPort status) throws IOException {
    try (Socket mail = new Socket(exchange.host(), exchange.port());
        Socket socket = new Socket(status.address().getAddress(), status.address().getPort())) {
      assertThat(socket.getInputStream().readAllBytes())
          .asString(StandardCharsets.US_ASCII)
          .isEqualTo("up");
      assertThat(mail.getInputStream().read()).isEqualTo('2');
    }
  }
}

package io.mockexo.testcontainers;

import static io.mockexo.assertj.ExchangeOnlineAssertions.assertThat;
import static io.mockexo.fault.Drop.FIN;
import static io.mockexo.fault.Fault.at;
import static io.mockexo.fault.Stage.CLIENT_HELLO;
import static java.time.Duration.ofSeconds;

import io.mockexo.client.MockExchangeClient;
import io.mockexo.journal.Sessions;
import io.mockexo.server.MockExchange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What the README promises of the lab: a Postfix that tries again, and one that falls back. */
@NeedsEngine
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabTest {

  private Lab lab;
  private MockExchangeClient program;
  private MockExchange mx;

  @BeforeAll
  @Timeout(120)
  void up() {
    lab = Lab.up();
    program = lab.connect();
    mx = program.mx();
  }

  @AfterAll
  void down() {
    if (lab != null) {
      program.close();
      lab.close();
    }
  }

  @BeforeEach
  void forget() {
    mx.reset();
  }

  @Test
  void one_handshake_that_fails_is_tried_again_over_tls() {
    mx.onConnection(1, at(CLIENT_HELLO).drop(FIN));

    assertThat(delivered("<retry@client.example>"))
        .retriedAfterTlsFailure()
        .neverFellBackToCleartext()
        .deliveredOnce();
    assertThat(lab.logs()).contains("== mx: tried again 2 times, at least as strong as before");
  }

  @Test
  void handshakes_that_always_fail_make_it_fall_back_to_cleartext() {
    mx.onEveryConnection(at(CLIENT_HELLO).drop(FIN));

    assertThat(delivered("<fallback@client.example>")).fellBackToCleartext().deliveredOnce();
    assertThat(lab.logs()).contains("== mx: ", "fell back to cleartext: session ");
  }

  private Sessions delivered(String messageId) {
    lab.submit(messageId);
    mx.awaitMessages(1, ofSeconds(60));
    return mx.awaitQuiet(ofSeconds(1));
  }

  @Test
  void all_that_it_publishes_is_for_this_machine_only() {
    Map.of("mock", List.of(8025, 2525, 2587), "postfix", List.of(25))
        .forEach(
            (service, ports) ->
                assertThat(ports)
                    .extracting(port -> lab.published(service, port))
                    .allMatch(address -> address.startsWith("127.0.0.1:")));
  }
}

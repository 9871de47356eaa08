package io.mockexo.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsVersion;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is no TLS record where one is due. */
class CleartextTest {

  private final RecordedEvents events = new RecordedEvents();

  @Test
  void cleartext_is_told_and_left_unanswered() {
    TlsServerEngine engine = Fixture.engine(TlsPolicy.exchangeOnline(), events);
    byte[] command = "EHLO client.example\r\n".getBytes(StandardCharsets.US_ASCII);

    engine.receive(command, 0, command.length);
    engine.receive(command, 0, command.length);

    assertThat(events.lines).containsExactly("notTls EHLO client.example\r\n");
    assertThat(engine.pendingOutput()).isZero();
    assertThat(engine.takesInput()).isFalse();
  }

  @Test
  void what_came_before_cleartext_can_still_be_read_and_answered() throws Exception {
    BcClient client = BcClient.offering(TlsVersion.TLS_1_2, "ECDHE-ECDSA-AES128-GCM-SHA256");
    TlsServerEngine engine = Fixture.engine(Fixture.permissive(), events);
    MemoryClient.talk(client, engine);
    client.send(new byte[] {'a', 'b', 'c'});
    byte[] encrypted = client.output();
    byte[] both = Arrays.copyOf(encrypted, encrypted.length + 4);
    System.arraycopy("QUIT".getBytes(StandardCharsets.US_ASCII), 0, both, encrypted.length, 4);

    engine.receive(both, 0, both.length - 3);
    engine.receive(both, both.length - 3, 3);

    assertThat(events.lines).endsWith("notTls Q");
    assertThat(engine.takesInput()).isFalse();
    assertThat(engine.readPlaintext(new byte[10], 0, 10)).isEqualTo(3);
    engine.write(new byte[] {'x'}, 0, 1);
    client.input(MemoryClient.drain(engine));
    assertThat(client.received()).isEqualTo("x");
  }

  @Test
  void a_header_that_turns_out_to_be_cleartext_is_told_whole() throws Exception {
    TlsServerEngine engine = Fixture.engine(Fixture.permissive(), events);
    MemoryClient.talk(
        BcClient.offering(TlsVersion.TLS_1_2, "ECDHE-ECDSA-AES128-GCM-SHA256"), engine);

    engine.receive(new byte[] {0x17}, 0, 1);
    engine.receive("MAIL ".getBytes(StandardCharsets.US_ASCII), 0, 5);

    assertThat(events.lines).endsWith("notTls \u0017MAIL ");
    assertThat(engine.pendingOutput()).isZero();
  }
}

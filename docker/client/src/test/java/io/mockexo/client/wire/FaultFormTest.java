package io.mockexo.client.wire;

import static io.mockexo.fault.Fault.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Drop;
import io.mockexo.fault.ExchangeError;
import io.mockexo.fault.FaultScript;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.fault.Stage;
import io.mockexo.tls.AlertDescription;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultFormTest {

  @Test
  void what_is_written_can_be_read_as_configuration() throws Exception {
    FaultScript script =
        FaultScript.empty()
            .and(
                Connections.connection(1),
                at(Stage.CLIENT_HELLO).drop(Drop.FIN),
                at(Stage.BODY, 1000).drop(Drop.RST),
                at(Stage.GREETING).delay(Duration.ofMillis(1_500)),
                at(Stage.EHLO).drip(1, Duration.ofMillis(200)),
                at(Stage.MAIL).garbage(64).onMessage(2))
            .and(Connections.connections(2, 5), at(Stage.AUTH).stall())
            .and(Connections.every(), at(Stage.RCPT).stopReading().everyTime())
            .and(
                Connections.attempt(1),
                at(Stage.EHLO).reply("250-mx.example Hello\n250 SIZE 1000"),
                at(Stage.END_OF_DATA).reply(451, "4.7.500", "Server busy").thenClose(),
                at(Stage.RCPT).reply(ExchangeError.SERVER_BUSY).everyTime(),
                at(Stage.MAIL).reply(ExchangeError.RATE_LIMITED).thenClose(),
                at(Stage.HANDSHAKE_DONE).alert(AlertDescription.INSUFFICIENT_SECURITY));
    String json =
        JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(ScriptedFault.class, new FaultForm()))
            .build()
            .writeValueAsString(script.faults());
    assertThat(FaultSettings.script(Setting.root("script", JsonTree.parse(json))))
        .isEqualTo(script);
  }
}

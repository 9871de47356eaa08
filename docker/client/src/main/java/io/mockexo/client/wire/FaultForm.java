package io.mockexo.client.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.mockexo.fault.Connections;
import io.mockexo.fault.Effect;
import io.mockexo.fault.Fault;
import io.mockexo.fault.ScriptedFault;
import java.io.IOException;
import java.util.stream.Collectors;

/** Writes a fault as a configuration file has it, so that what was scripted is found again. */
final class FaultForm extends JsonSerializer<ScriptedFault> {

  @Override
  public void serialize(ScriptedFault value, JsonGenerator json, SerializerProvider provider)
      throws IOException {
    Fault fault = value.fault();
    json.writeStartObject();
    json.writeFieldName(value.on().counted().toString());
    write(value.on(), json);
    json.writeStringField("at", fault.stage().name());
    if (fault.afterBytes() > 0) {
      json.writeNumberField("afterBytes", fault.afterBytes());
    }
    if (fault.message() > 0) {
      json.writeNumberField("onMessage", fault.message());
    }
    if (fault.repeats()) {
      json.writeBooleanField("everyTime", true);
    }
    json.writeFieldName(fault.effect().kind().toString());
    write(fault.effect(), json);
    if (fault.effect() instanceof Effect.Answer answer && answer.thenClose()) {
      json.writeBooleanField("thenClose", true);
    }
    json.writeEndObject();
  }

  private static void write(Connections on, JsonGenerator json) throws IOException {
    if (on.first() == on.last()) {
      json.writeNumber(on.first());
    } else {
      json.writeString(on.numbers());
    }
  }

  private static void write(Effect effect, JsonGenerator json) throws IOException {
    if (effect instanceof Effect.Close) {
      json.writeString("FIN");
    } else if (effect instanceof Effect.Reset) {
      json.writeString("RST");
    } else if (effect instanceof Effect.Delay delay) {
      json.writeString(delay.time().toString());
    } else if (effect instanceof Effect.Drip drip) {
      json.writeStartObject();
      json.writeNumberField("bytes", drip.bytes());
      json.writeStringField("interval", drip.interval().toString());
      json.writeEndObject();
    } else if (effect instanceof Effect.Garbage garbage) {
      json.writeNumber(garbage.bytes());
    } else if (effect instanceof Effect.Reply reply) {
      json.writeString(
          reply.lines().stream()
              .map(line -> (reply.code() + " " + line).strip())
              .collect(Collectors.joining("\n")));
    } else if (effect instanceof Effect.Refusal refusal) {
      json.writeString(refusal.error().name());
    } else if (effect instanceof Effect.Alert alert) {
      json.writeString(alert.description().name());
    } else {
      json.writeBoolean(true); // a stall, or reading no more
    }
  }
}

package io.mockexo.standalone;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.mockexo.exchange.CidrBlock;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.journal.Attempts;
import io.mockexo.journal.MessageAttempts;
import io.mockexo.journal.MessageContent;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.ClientHelloReceived;
import io.mockexo.journal.SmtpSession;
import io.mockexo.standalone.config.Host;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.KeyLogLine;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.SignatureScheme;
import io.mockexo.tls.TlsPolicy;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Output for programs: everything is one line of JSON, and {@code event} says which. Durations are
 * in seconds, protocol values have their names, faults are written as in a configuration file, and
 * message contents and secrets are left out.
 */
final class SessionJson implements OutputForm {

  private final ObjectMapper mapper =
      JsonMapper.builder()
          .addModule(wireForms())
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // standard output has whatever charset
          .build();

  @Override
  public String ready(String endpointName, ExchangeProfile profile, Host host, int port) {
    TlsPolicy tls = profile.tls();
    return write(
        line("ready", endpointName)
            .put("endpoint", profile.endpoint().name())
            .put("host", host.toString())
            .put("port", port)
            .put("minimumTls", tls.minimumTls().name())
            .put("maximumTls", tls.maximumTls().name())
            .put("refuseOldTlsWith", tls.refuseOldTlsWith().name()));
  }

  @Override
  public String connected(String endpointName, SmtpSession session) {
    return write(line("connected", endpointName, session));
  }

  /** So that every session has its two lines. */
  @Override
  public boolean tellsEveryConnection() {
    return true;
  }

  @Override
  public String unfired(String endpointName, List<ScriptedFault> faults) {
    ObjectNode node = line("unfired", endpointName);
    node.set("faults", mapper.valueToTree(faults));
    return write(node);
  }

  @Override
  public String skipped(long count) {
    return write(mapper.createObjectNode().put("event", "skipped").put("sessions", count));
  }

  @Override
  public List<String> verdicts(String endpointName, Attempts attempts) {
    List<String> lines = new ArrayList<>();
    for (MessageAttempts message : attempts.messages()) {
      ObjectNode node = line("attempts", endpointName);
      node.setAll(AttemptsJson.of(message));
      lines.add(write(node));
    }
    if (attempts.isAmbiguous()) {
      ObjectNode node = line("ambiguous", endpointName);
      node.setAll(AttemptsJson.ambiguous(attempts));
      lines.add(write(node));
    }
    return lines;
  }

  @Override
  public String session(String endpointName, SmtpSession session) {
    ObjectNode node = line("session", endpointName, session);
    node.put("summary", session.summary());
    for (SessionEvent event : session.events()) {
      ObjectNode tree = mapper.createObjectNode().put("type", event.getClass().getSimpleName());
      tree.setAll(mapper.<ObjectNode>valueToTree(event));
      if (event instanceof ClientHelloReceived received) {
        tree.withObject("hello")
            .put("ja3Hash", received.hello().ja3Hash())
            .put("ja4", received.hello().ja4());
      }
      node.withArray("events").add(tree);
    }
    return write(node);
  }

  private ObjectNode line(String event, String endpointName) {
    return mapper.createObjectNode().put("event", event).put("name", endpointName);
  }

  private ObjectNode line(String event, String endpointName, SmtpSession session) {
    return line(event, endpointName)
        .put("endpoint", session.endpoint().name())
        .put("number", session.number())
        .put("peer", new Host(session.peer().getAddress()).toString())
        .put("peerPort", session.peer().getPort())
        .put("acceptedAt", session.acceptedAt().toString());
  }

  private String write(ObjectNode node) {
    try {
      return mapper.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private static SimpleModule wireForms() {
    return new SimpleModule()
        .addSerializer(CidrBlock.class, ToStringSerializer.instance)
        .setMixInAnnotation(SessionEvent.Alert.class, TlsNames.AlertForm.class)
        .setMixInAnnotation(SessionEvent.Sslv2HelloReceived.class, TlsNames.Sslv2HelloForm.class)
        .setMixInAnnotation(ClientHello.class, TlsNames.ClientHelloForm.class)
        .addSerializer(CipherSuite.class, ToStringSerializer.instance)
        .addSerializer(NamedGroup.class, ToStringSerializer.instance)
        .addSerializer(SignatureScheme.class, ToStringSerializer.instance)
        .addSerializer(KeyLogLine.class, ToStringSerializer.instance)
        .addSerializer(Duration.class, new Seconds())
        .addSerializer(ScriptedFault.class, new FaultForm())
        .addSerializer(MessageContent.class, new Length());
  }

  private static final class Seconds extends JsonSerializer<Duration> {
    @Override
    public void serialize(Duration value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeNumber(BigDecimal.valueOf(value.toNanos(), 9).stripTrailingZeros());
    }
  }

  private static final class Length extends JsonSerializer<MessageContent> {
    @Override
    public void serialize(MessageContent value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject();
      json.writeNumberField("bytes", value.size());
      json.writeEndObject();
    }
  }
}

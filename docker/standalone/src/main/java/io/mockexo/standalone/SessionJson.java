package io.mockexo.standalone;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.mockexo.exchange.CidrBlock;
import io.mockexo.exchange.Endpoint;
import io.mockexo.journal.MessageContent;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SmtpSession;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.SignatureScheme;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;

/** A session as one line of JSON. Durations are in seconds; message contents are left out. */
final class SessionJson {

  private final ObjectMapper mapper = new ObjectMapper().registerModule(wireForms());

  /** Says where an endpoint listens: {@code {"ready":"mx","endpoint":"MX",...}}. */
  String ready(String endpointName, Endpoint endpoint, String host, int port) {
    return write(
        mapper
            .createObjectNode()
            .put("ready", endpointName)
            .put("endpoint", endpoint.name())
            .put("host", host)
            .put("port", port));
  }

  /** Says that sessions are missing because nobody read the output: {@code {"skipped":7}}. */
  String skipped(long count) {
    return write(mapper.createObjectNode().put("skipped", count));
  }

  String line(String endpointName, SmtpSession session) {
    ObjectNode node = mapper.createObjectNode();
    node.put("name", endpointName)
        .put("endpoint", session.endpoint().name())
        .put("number", session.number())
        .put("peer", session.peer().getAddress().getHostAddress())
        .put("peerPort", session.peer().getPort())
        .put("acceptedAt", session.acceptedAt().toString())
        .put("summary", session.summary());
    for (SessionEvent event : session.events()) {
      ObjectNode tree = mapper.createObjectNode().put("type", event.getClass().getSimpleName());
      tree.setAll(mapper.<ObjectNode>valueToTree(event));
      node.withArray("events").add(tree);
    }
    return write(node);
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
        .addSerializer(CipherSuite.class, ToStringSerializer.instance)
        .addSerializer(NamedGroup.class, ToStringSerializer.instance)
        .addSerializer(SignatureScheme.class, ToStringSerializer.instance)
        .addSerializer(Duration.class, new Seconds())
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

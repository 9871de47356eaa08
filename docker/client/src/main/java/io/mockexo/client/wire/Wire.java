package io.mockexo.client.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.mockexo.exchange.CidrBlock;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.journal.MessageContent;
import io.mockexo.journal.SessionEvent;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.ClientHello;
import io.mockexo.tls.KeyLogLine;
import io.mockexo.tls.NamedGroup;
import io.mockexo.tls.SignatureScheme;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The mapper for all JSON of the product. Durations are seconds, protocol values have their names,
 * faults are written as in a configuration, times are UTC in ISO 8601. What is not known is left
 * out in reading, so that a client is not broken by a newer server.
 *
 * <p>Secrets are left out. The content of a message is its length alone, or its bytes in base64
 * when the attribute {@link #CONTENTS} is true.
 */
public final class Wire {

  /** The attribute of a writer that has the contents of messages written, too. */
  static final Object CONTENTS = "contents";

  private Wire() {}

  /** A new mapper, which is dear: keep it. */
  public static ObjectMapper mapper() {
    return JsonMapper.builder()
        .addModule(forms())
        .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // standard output has whatever charset
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
        .build();
  }

  private static SimpleModule forms() {
    return new SimpleModule()
        .setMixInAnnotation(SessionEvent.class, EventForm.class)
        .setMixInAnnotation(SessionEvent.Alert.class, TlsForms.AlertForm.class)
        .setMixInAnnotation(SessionEvent.Sslv2HelloReceived.class, TlsForms.Sslv2HelloForm.class)
        .setMixInAnnotation(ClientHello.class, TlsForms.ClientHelloForm.class)
        .addSerializer(CipherSuite.class, CodePoints.SUITES.serializer())
        .addDeserializer(CipherSuite.class, CodePoints.SUITES.deserializer())
        .addSerializer(NamedGroup.class, CodePoints.GROUPS.serializer())
        .addDeserializer(NamedGroup.class, CodePoints.GROUPS.deserializer())
        .addSerializer(SignatureScheme.class, CodePoints.SCHEMES.serializer())
        .addDeserializer(SignatureScheme.class, CodePoints.SCHEMES.deserializer())
        .addSerializer(CidrBlock.class, ToStringSerializer.instance)
        .addDeserializer(CidrBlock.class, new CidrReader())
        .addSerializer(KeyLogLine.class, ToStringSerializer.instance)
        .addDeserializer(KeyLogLine.class, new KeyLogReader())
        .addSerializer(Duration.class, new SecondsWriter())
        .addDeserializer(Duration.class, new SecondsReader())
        .addSerializer(ScriptedFault.class, new FaultForm())
        .addDeserializer(ScriptedFault.class, new FaultReader())
        .addSerializer(MessageContent.class, new ContentWriter())
        .addDeserializer(MessageContent.class, new ContentReader());
  }

  /** Seconds with as many decimals as needed. */
  static BigDecimal seconds(Duration time) {
    return BigDecimal.valueOf(time.toNanos(), 9).stripTrailingZeros();
  }

  private static final class SecondsWriter extends JsonSerializer<Duration> {
    @Override
    public void serialize(Duration value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeNumber(seconds(value));
    }
  }

  private static final class SecondsReader extends JsonDeserializer<Duration> {
    @Override
    public Duration deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      return Duration.ofNanos(json.getDecimalValue().movePointRight(9).longValueExact());
    }
  }

  private static final class CidrReader extends JsonDeserializer<CidrBlock> {
    @Override
    public CidrBlock deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      return CidrBlock.parse(json.getText());
    }
  }

  /** Of a secret only its label has come over the wire. */
  private static final class KeyLogReader extends JsonDeserializer<KeyLogLine> {
    @Override
    public KeyLogLine deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      String text = json.getText();
      return KeyLogLine.withheld(KeyLogLine.Label.valueOf(text.substring(0, text.indexOf(' '))));
    }
  }

  private static final class FaultReader extends JsonDeserializer<ScriptedFault> {
    @Override
    public ScriptedFault deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      String fault = json.readValueAsTree().toString();
      return FaultSettings.fault(Setting.root("fault", JsonTree.parse(fault)));
    }
  }

  private static final class ContentWriter extends JsonSerializer<MessageContent> {
    @Override
    public void serialize(MessageContent value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject();
      json.writeNumberField("bytes", value.size());
      if (Boolean.TRUE.equals(provider.getAttribute(CONTENTS))) {
        json.writeBinaryField("base64", value.toByteArray());
      }
      json.writeEndObject();
    }
  }

  private static final class ContentReader extends JsonDeserializer<MessageContent> {
    @Override
    public @Nullable MessageContent deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      JsonNode node = json.readValueAsTree();
      return node.has("base64") ? MessageContent.of(node.get("base64").binaryValue()) : null;
    }
  }
}

package io.mockexo.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.IOException;
import java.util.List;

/** What Jackson is to write of events that have numbers of TLS: the names as well, or instead. */
final class TlsForms {

  private TlsForms() {}

  interface AlertForm {
    @JsonProperty
    String description();
  }

  interface Sslv2HelloForm {
    @JsonSerialize(using = VersionWriter.class)
    @JsonDeserialize(using = VersionReader.class)
    int version();
  }

  interface ClientHelloForm {
    @JsonSerialize(using = VersionWriter.class)
    @JsonDeserialize(using = VersionReader.class)
    int recordVersion();

    @JsonSerialize(using = VersionWriter.class)
    @JsonDeserialize(using = VersionReader.class)
    int legacyVersion();

    @JsonSerialize(contentUsing = VersionWriter.class)
    @JsonDeserialize(contentUsing = VersionReader.class)
    List<Integer> supportedVersions();

    @JsonProperty
    String ja3Hash();

    @JsonProperty
    String ja4();
  }

  private static final class VersionWriter extends JsonSerializer<Integer> {
    private final JsonSerializer<Integer> names = CodePoints.VERSIONS.serializer();

    @Override
    public void serialize(Integer code, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      names.serialize(code, json, provider);
    }
  }

  private static final class VersionReader extends JsonDeserializer<Integer> {
    private final JsonDeserializer<Integer> names = CodePoints.VERSIONS.deserializer();

    @Override
    public Integer deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return names.deserialize(json, context);
    }
  }
}

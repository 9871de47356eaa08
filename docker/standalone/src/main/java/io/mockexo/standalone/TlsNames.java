package io.mockexo.standalone;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.mockexo.tls.TlsVersion;
import java.io.IOException;
import java.util.List;

/** What Jackson is to write of events that have numbers of TLS: the names as well, or instead. */
final class TlsNames {

  private TlsNames() {}

  interface AlertForm {
    @JsonProperty
    String description();
  }

  interface Sslv2HelloForm {
    @JsonSerialize(using = VersionName.class)
    int version();
  }

  interface ClientHelloForm {
    @JsonSerialize(using = VersionName.class)
    int recordVersion();

    @JsonSerialize(using = VersionName.class)
    int legacyVersion();

    @JsonSerialize(contentUsing = VersionName.class)
    List<Integer> supportedVersions();
  }

  /** A version of the wire: {@code TLS_1_2}, or the code where it has no name here. */
  private static final class VersionName extends JsonSerializer<Integer> {
    @Override
    public void serialize(Integer code, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(name(code));
    }

    private static String name(int code) {
      if (code == 0x0002) {
        return "SSL_2";
      }
      boolean grease = (code & 0x0F0F) == 0x0A0A && code >>> 8 == (code & 0xFF);
      return TlsVersion.ofCode(code)
          .map(Enum::name)
          .orElse(grease ? "GREASE" : "0x%04X".formatted(code));
    }
  }
}

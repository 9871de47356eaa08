package io.mockexo.standalone;

import io.mockexo.tls.TlsVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A TLS version as an option: {@code TLS_1_2}, as in the configuration, or {@code "TLS 1.2"}. Left
 * to itself picocli would list each version under both names.
 */
final class TlsVersionOption implements ITypeConverter<TlsVersion> {

  @Override
  public TlsVersion convert(String value) {
    String wanted = value.strip();
    return Stream.of(TlsVersion.values())
        .filter(v -> v.name().equalsIgnoreCase(wanted) || v.toString().equalsIgnoreCase(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of %s, not '%s'"
                        .formatted(String.join(", ", new Names()), value)));
  }

  /** The names that the help and the completion show. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Names() {
      super(names());
    }

    private static List<String> names() {
      return Stream.of(TlsVersion.values()).map(Enum::name).toList();
    }
  }
}

package io.mockexo.tls;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The registered cipher suites, read once from {@code cipher-suites.tsv}. */
final class CipherSuiteTable {

  /**
   * Key exchanges that the server can do with the certificates that {@link TestAuthority} issues.
   */
  private static final Set<String> KEY_EXCHANGES =
      Set.of("RSA", "DHE_RSA", "ECDHE_RSA", "ECDHE_ECDSA");

  private static final List<String> CIPHERS =
      List.of("AES_", "3DES_EDE_CBC_", "CHACHA20_", "CAMELLIA_");

  private static final CipherSuiteTable INSTANCE = load();

  private final Map<Integer, CipherSuite> byCode;
  private final Map<String, CipherSuite> byName;

  private CipherSuiteTable(Map<Integer, CipherSuite> byCode, Map<String, CipherSuite> byName) {
    this.byCode = Map.copyOf(byCode);
    this.byName = Map.copyOf(byName);
  }

  static @Nullable CipherSuite byCode(int code) {
    return INSTANCE.byCode.get(code);
  }

  static CipherSuite registered(String name) {
    CipherSuite suite = INSTANCE.byName.get(name.strip().toUpperCase(Locale.ROOT));
    if (suite == null) {
      throw new IllegalArgumentException(
          "cipher suite '%s' is not known; the nearest that is known is %s"
              .formatted(name, NearestName.of(name, INSTANCE.byName.keySet())));
    }
    return suite;
  }

  static CipherSuite negotiable(String name) {
    CipherSuite suite = INSTANCE.byName.get(name.strip().toUpperCase(Locale.ROOT));
    if (suite != null && isNegotiable(suite)) {
      return suite;
    }
    String problem =
        suite == null ? "is not known" : "is known, but cannot be negotiated by this server";
    throw new IllegalArgumentException(
        "cipher suite '%s' %s; the nearest that can be negotiated is %s"
            .formatted(name, problem, NearestName.of(name, negotiableNames())));
  }

  private static Collection<String> negotiableNames() {
    return INSTANCE.byName.entrySet().stream()
        .filter(entry -> isNegotiable(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isNegotiable(CipherSuite suite) {
    if (suite.isTls13()) {
      return CIPHERS.stream().anyMatch(suite.name().substring("TLS_".length())::startsWith);
    }
    String keyExchange = suite.keyExchange();
    if (!KEY_EXCHANGES.contains(keyExchange)) {
      return false;
    }
    String cipher =
        suite.name().substring("TLS_".length() + keyExchange.length() + "_WITH_".length());
    return CIPHERS.stream().anyMatch(cipher::startsWith);
  }

  private static CipherSuiteTable load() {
    Map<Integer, CipherSuite> byCode = new HashMap<>();
    Map<String, CipherSuite> byName = new LinkedHashMap<>();
    try (InputStream in = CipherSuiteTable.class.getResourceAsStream("cipher-suites.tsv")) {
      if (in == null) {
        throw new IllegalStateException("cipher-suites.tsv is missing from the jar");
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      for (String line; (line = lines.readLine()) != null; ) {
        if (!line.startsWith("#")) {
          String[] fields = line.split("\t", -1);
          CipherSuite suite = new CipherSuite(Integer.parseInt(fields[0], 16), fields[1]);
          byCode.put(suite.code(), suite);
          for (int i = 1; i < fields.length; i++) {
            byName.put(fields[i].toUpperCase(Locale.ROOT), suite);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new CipherSuiteTable(byCode, byName);
  }
}

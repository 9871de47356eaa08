package io.mockexo.client;

import io.mockexo.server.MockExchange;
import io.mockexo.tls.CipherSuite;
import io.mockexo.tls.TlsVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program that finds out what a server can negotiate. */
enum Scanner {
  /** Its OpenSSL has no SSL 3.0, and it finds the version only. */
  SSLSCAN {
    private static final Pattern VERSION =
        Pattern.compile("<protocol type=\"(ssl|tls)\" version=\"([0-9.]+)\" enabled=\"1\"");

    private static final Pattern SUITE =
        Pattern.compile("<cipher [^>]*sslversion=\"([^\"]+)\"[^>]* id=\"0x([0-9A-F]+)\"");

    @Override
    Found scan(MockExchange exchange, Path report) {
      Tool.SSLSCAN.run(
          "",
          "--starttls-smtp",
          "--no-colour",
          "--no-check-certificate",
          "--no-compression",
          "--no-fallback",
          "--no-groups",
          "--no-heartbleed",
          "--no-renegotiation",
          "--xml=" + report,
          exchange.host() + ":" + exchange.port());
      String xml = read(report);
      return new Found(
          VERSION.matcher(xml).results().map(found -> found.group(1) + found.group(2)),
          SUITE.matcher(xml).results());
    }
  },

  TESTSSL {
    private static final Pattern VERSION =
        Pattern.compile("^\"(SSLv2|SSLv3|TLS1(?:_\\d)?)\".*\"offered", Pattern.MULTILINE);

    private static final Pattern SUITE =
        Pattern.compile("^\"cipher-(tls1(?:_\\d)?|ssl\\d)_x([0-9a-f]+)\"", Pattern.MULTILINE);

    @Override
    Found scan(MockExchange exchange, Path report) {
      Tool.TESTSSL.run(
          "",
          "--quiet",
          "--color",
          "0",
          "--warnings",
          "off",
          "--nodns",
          "none",
          "--starttls",
          "smtp",
          "--protocols",
          "--cipher-per-proto",
          "--csvfile",
          report.toString(),
          exchange.host() + ":" + exchange.port());
      String csv = read(report);
      return new Found(
          VERSION.matcher(csv).results().map(found -> found.group(1)),
          SUITE.matcher(csv).results());
    }
  };

  /** What a scanner has found: for each version the suites that go with it. */
  record Found(Map<TlsVersion, Set<CipherSuite>> suites) {

    private Found(Stream<String> versions, Stream<MatchResult> suites) {
      this(new TreeMap<>());
      versions.forEach(this::of);
      suites.forEach(
          suite ->
              of(suite.group(1)).add(CipherSuite.ofCode(Integer.parseInt(suite.group(2), 16))));
    }

    private Set<CipherSuite> of(String version) {
      return suites.computeIfAbsent(
          version(version), v -> new TreeSet<>(Comparator.comparing(CipherSuite::code)));
    }

    /** {@code TLSv1.2}, {@code tls1.2}, {@code TLS1_2}: all scanners have words of their own. */
    private static TlsVersion version(String words) {
      String digits = words.replaceAll("\\D", "");
      boolean ssl = words.toLowerCase(Locale.ROOT).startsWith("ssl");
      return TlsVersion.valueOf(
          ssl ? "SSL_" + digits : "TLS_1_" + (digits.length() > 1 ? digits.substring(1) : "0"));
    }
  }

  /** Whether it asks for the suites of a version, too. */
  boolean findsSuitesOf(TlsVersion version) {
    return this != SSLSCAN || version != TlsVersion.SSL_3;
  }

  /**
   * Scans it.
   *
   * @param report a file, which does not exist yet, for what it tells
   */
  abstract Found scan(MockExchange exchange, Path report);

  private static String read(Path report) {
    try {
      return Files.readString(report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.mockexo.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * JA3 against the examples in the README of github.com/salesforce/ja3; JA4 against those in
 * technical_details/JA4.md of github.com/FoxIO-LLC/ja4, and where marked, others.
 */
class FingerprintsTest {

  /** The hello of JA4.md: its lists in the order in which they were sent. */
  private static final Hello OF_THE_SPECIFICATION =
      new Hello()
          .versions(0x0304, 0x0303)
          .suites("1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035")
          .extensions(
              "001b,0000,0033,0010,4469,0017,002d,000d,0005,0023,0012,002b,ff01,000b,000a,0015")
          .signatures("0403,0804,0401,0503,0805,0501,0806,0601")
          .alpn("h2", "http/1.1");

  @Test
  void ja3_is_as_published() {
    ClientHello hello =
        new Hello()
            .legacyVersion(769)
            .suites("002f,0035,0005,000a,c009,c00a,c013,c014,0032,0038,0013,0004")
            .extensions("0000,000a,000b")
            .groups("0017,0018,0019")
            .pointFormats(0)
            .build();

    assertThat(hello.ja3())
        .isEqualTo("769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0");
    assertThat(hello.ja3Hash()).isEqualTo("ada70206e40642a3e4461f35503241d5");
  }

  @Test
  void ja3_of_a_hello_without_extensions_is_as_published() {
    ClientHello hello =
        new Hello()
            .legacyVersion(769)
            .suites("0004,0005,000a,0009,0064,0062,0003,0006,0013,0012,0063")
            .build();

    assertThat(hello.ja3()).isEqualTo("769,4-5-10-9-100-98-3-6-19-18-99,,,");
    assertThat(hello.ja3Hash()).isEqualTo("de350869b8c85de67a350c8d186f11e6");
  }

  @Test
  void ja4_is_as_published() {
    assertThat(OF_THE_SPECIFICATION.build().ja4())
        .isEqualTo("t13d1516h2_8daaf6152771_e5627efa2ab1");
  }

  /** OpenSSL, by api/unstable/fingerprint.h of github.com/aws/s2n-tls, which has it in full. */
  @Test
  void both_of_openssl_are_as_published() {
    ClientHello hello =
        new Hello()
            .versions(0x0304, 0x0303, 0x0302, 0x0301)
            .suites(
                "1302,1303,1301,c02c,c030,009f,cca9,cca8,ccaa,c02b,c02f,009e,c024,c028,006b,c023,"
                    + "c027,0067,c00a,c014,0039,c009,c013,0033,009d,009c,003d,003c,0035,002f,00ff")
            .extensions("000b,000a,0023,0016,0017,000d,002b,002d,0033")
            .groups("001d,0017,001e,0019,0018")
            .pointFormats(0, 1, 2)
            .signatures(
                "0403,0503,0603,0807,0808,0809,080a,080b,0804,0805,0806,0401,0501,0601,"
                    + "0303,0301,0302,0402,0502,0602")
            .build();

    assertThat(hello.ja3Hash()).isEqualTo("c34a54599a1fbaf1786aa6d633545a60");
    assertThat(hello.ja4()).isEqualTo("t13i310900_e8f1e7e78f70_1f22a2ca17c4");
  }

  @Test
  void ja4_without_signature_algorithms_is_as_published() {
    assertThat(OF_THE_SPECIFICATION.but().signatures("").build().ja4())
        .isEqualTo("t13d1516h2_8daaf6152771_6d807ffa2a79");
  }

  @Test
  void grease_is_in_no_fingerprint() {
    ClientHello hello = OF_THE_SPECIFICATION.but().groups("001d,0017").pointFormats(0).build();
    ClientHello greased =
        OF_THE_SPECIFICATION
            .but()
            .groups("3a3a,001d,0017")
            .pointFormats(0)
            .versions(0xfafa, 0x0304, 0x0303)
            .suites("8a8a," + OF_THE_SPECIFICATION.suites)
            .extensions("0a0a," + OF_THE_SPECIFICATION.extensions + ",fafa")
            .signatures("1a1a," + OF_THE_SPECIFICATION.signatures)
            .build();

    assertThat(greased.ja3()).isEqualTo(hello.ja3());
    assertThat(greased.ja4()).isEqualTo(hello.ja4());
  }

  @Test
  void ja4_does_not_mind_the_order_of_suites_and_extensions() {
    ClientHello shuffled =
        OF_THE_SPECIFICATION
            .but()
            .suites("0035,002f,009d,009c,c014,c013,cca8,cca9,c030,c02c,c02f,c02b,1303,1302,1301")
            .extensions(
                "0015,000a,000b,ff01,002b,0012,0023,0005,000d,002d,0017,4469,0010,0033,0000,001b")
            .build();

    assertThat(shuffled.ja4()).isEqualTo(OF_THE_SPECIFICATION.build().ja4());
  }

  @ParameterizedTest
  @CsvSource({
    "0304, 13",
    "0303, 12",
    "0302, 11",
    "0301, 10",
    "0300, s3",
    "0002, s2",
    "0200, 00",
    "7f1c, 00"
  })
  void ja4_has_two_characters_for_each_version(String version, String characters) {
    int code = Integer.parseInt(version, 16);
    ClientHello byBody = new Hello().legacyVersion(code).build();
    ClientHello byExtension = new Hello().versions(0x0002, 0x4a4a, code).build();

    assertThat(byBody.ja4()).startsWith("t" + characters + "i");
    assertThat(byExtension.ja4()).startsWith("t" + characters + "i");
  }

  /** Bytes in hex; the last five are those of JA4.md. */
  @ParameterizedTest
  @CsvSource({
    "6832, h2",
    "687474702f312e31, h1",
    "736d7470, sp",
    "78, xx",
    "2f, 2f",
    "612f, 6f",
    "ab, ab",
    "abcd, ad",
    "30ab, 3b",
    "3031abcd, 3d",
    "30abcd31, 01",
  })
  void ja4_shows_the_ends_of_the_first_alpn_protocol(String bytes, String characters) {
    StringBuilder protocol = new StringBuilder();
    for (int i = 0; i < bytes.length(); i += 2) {
      protocol.append((char) Integer.parseInt(bytes.substring(i, i + 2), 16));
    }

    ClientHello hello = new Hello().alpn(protocol.toString(), "other").build();

    assertThat(hello.ja4()).startsWith("t12i0000" + characters + "_");
  }

  @Test
  void ja4_has_zeros_for_what_is_not_there() {
    assertThat(new Hello().build().ja4()).isEqualTo("t12i000000_000000000000_000000000000");
    assertThat(new Hello().alpn("").extensions("0000,0010").build().ja4())
        .isEqualTo("t12d000200_000000000000_000000000000");
  }

  @ParameterizedTest
  @ValueSource(ints = {99, 100, 1000})
  void ja4_counts_no_further_than_99(int suites) {
    List<String> codes =
        IntStream.rangeClosed(1, suites).mapToObj(code -> "%04x".formatted(code)).toList();

    assertThat(new Hello().suites(String.join(",", codes)).build().ja4()).startsWith("t12i9900");
  }

  /** A hello by the lists that fingerprints are about, codes in hex as JA4.md writes them. */
  private static final class Hello {
    private int legacyVersion = 0x0303;
    private List<Integer> versions = List.of();
    private String suites = "";
    private String extensions = "";
    private String groups = "";
    private String signatures = "";
    private List<Integer> pointFormats = List.of();
    private List<String> alpn = List.of();

    Hello but() {
      Hello copy = new Hello().suites(suites).extensions(extensions).groups(groups);
      copy.signatures(signatures).legacyVersion = legacyVersion;
      copy.versions = versions;
      copy.pointFormats = pointFormats;
      copy.alpn = alpn;
      return copy;
    }

    Hello legacyVersion(int code) {
      legacyVersion = code;
      return this;
    }

    Hello versions(Integer... codes) {
      versions = List.of(codes);
      return this;
    }

    Hello suites(String codes) {
      suites = codes;
      return this;
    }

    Hello extensions(String codes) {
      extensions = codes;
      return this;
    }

    Hello groups(String codes) {
      groups = codes;
      return this;
    }

    Hello signatures(String codes) {
      signatures = codes;
      return this;
    }

    Hello pointFormats(Integer... formats) {
      pointFormats = List.of(formats);
      return this;
    }

    Hello alpn(String... protocols) {
      alpn = List.of(protocols);
      return this;
    }

    ClientHello build() {
      return new ClientHello(
          0x0301,
          legacyVersion,
          versions,
          codes(suites).map(CipherSuite::ofCode).toList(),
          codes(groups).map(NamedGroup::ofCode).toList(),
          pointFormats,
          List.of(),
          codes(signatures).map(SignatureScheme::ofCode).toList(),
          null,
          alpn,
          codes(extensions).toList());
    }

    private static Stream<Integer> codes(String list) {
      return Stream.of(list.split(","))
          .filter(code -> !code.isEmpty())
          .map(code -> Integer.valueOf(code, 16));
    }
  }
}

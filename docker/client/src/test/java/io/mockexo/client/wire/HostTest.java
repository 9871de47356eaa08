package io.mockexo.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1:25",
    "0.0.0.0, 0.0.0.0:25",
    "::1, [::1]:25",
    "::, [::]:25",
    "2001:db8::, [2001:db8::]:25",
    "2001:db8:0:1:0:0:0:1, [2001:db8:0:1::1]:25",
    "2001:0:0:1:0:0:0:1, [2001:0:0:1::1]:25",
    "2001:0:0:1:2:3:0:0, [2001::1:2:3:0:0]:25",
    "1:0:2:3:4:5:6:10, [1:0:2:3:4:5:6:10]:25",
    "fe80::1%1, [fe80::1%1]:25",
  })
  void an_address_is_written_as_people_write_it(String text, String shown) {
    assertThat(Host.of(text).withPort(25)).isEqualTo(shown);
    assertThat(Host.of(Host.of(text).toString())).isEqualTo(Host.of(text));
  }
}

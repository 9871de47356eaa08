package io.mockexo.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrBlockTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.0/24, 192.0.2.255, true",
    "192.0.2.0/24, 192.0.3.0, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "10.0.0.0/9, 10.127.255.255, true",
    "10.0.0.0/9, 10.128.0.0, false",
    "0.0.0.0/0, 203.0.113.9, true",
    "192.0.2.77/24, 192.0.2.1, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::/0, 2001:db8::1, true",
    "::/0, 192.0.2.1, false",
    "0.0.0.0/0, ::1, false"
  })
  void contains_exactly_the_addresses_behind_its_prefix(String cidr, String address, boolean in)
      throws UnknownHostException {
    assertThat(CidrBlock.parse(cidr).contains(InetAddress.getByName(address))).isEqualTo(in);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "192.0.2",
        "192.0.2.256",
        "1",
        "/24",
        "2001:db8:::/32",
        "a.b.c.d"
      })
  void what_is_no_address_is_refused_with_an_example(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CidrBlock.parse(text))
        .withMessageContaining("'" + text + "'")
        .withMessageContaining("192.0.2.0/24");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/", "192.0.2.0/x", "192.0.2.0/+8"})
  void a_prefix_length_outside_the_address_is_refused_with_the_range(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CidrBlock.parse(text))
        .withMessageContaining("0 to 32");
  }

  @Test
  void blocks_with_the_same_addresses_are_equal_however_they_are_written() {
    assertThat(CidrBlock.parse("192.0.2.77/24"))
        .isEqualTo(CidrBlock.parse("192.0.2.0/24"))
        .hasSameHashCodeAs(CidrBlock.parse("192.0.2.0/24"))
        .isNotEqualTo(CidrBlock.parse("192.0.2.0/25"));
  }

  @Test
  void shows_itself_as_it_was_written() {
    assertThat(CidrBlock.parse(" 192.0.2.0/24 ")).hasToString("192.0.2.0/24");
  }
}

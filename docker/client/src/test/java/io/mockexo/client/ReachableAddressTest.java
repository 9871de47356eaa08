package io.mockexo.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What listens on an address of its own is reached there, if that is possible. */
class ReachableAddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, 127.0.0.1",
    "127.0.0.2, 127.0.0.1, 127.0.0.2",
    "::1, 127.0.0.1, ::1",
    "127.0.0.1, ::1, 127.0.0.1",
    "127.0.0.1, 192.0.2.1, 192.0.2.1",
    "::1, 192.0.2.1, 192.0.2.1",
    "0.0.0.0, 127.0.0.1, 127.0.0.1",
    "'::', 192.0.2.1, 192.0.2.1",
    "192.0.2.2, 192.0.2.1, 192.0.2.2",
    "192.0.2.2, 127.0.0.1, 192.0.2.2"
  })
  void an_endpoint_is_reached(String own, String control, String expected)
      throws UnknownHostException {
    assertThat(
            MockExchangeClient.reachable(
                InetAddress.getByName(own), InetAddress.getByName(control)))
        .isEqualTo(InetAddress.getByName(expected));
  }
}

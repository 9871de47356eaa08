package io.mockexo.internal.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.SmugglingVariant;
import java.io.ByteArrayOutputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DotUnstufferTest {

  @Test
  void takes_out_the_dot_at_the_start_of_a_line() {
    assertDecodes(".a\r\n..\r\n...\r\na.b\r\n.\r\n", "a\r\n.\r\n..\r\na.b\r\n");
  }

  @Test
  void ends_an_empty_message_at_once() {
    assertDecodes(".\r\n", "");
  }

  @Test
  void leaves_what_follows_alone() {
    Decoded decoded = new Decoded();
    byte[] wire = "a\r\n.\r\nMAIL FROM:<>\r\n".getBytes(ISO_8859_1);

    assertThat(decoded.unstuffer.feed(wire, 0, wire.length)).isEqualTo(6);
    assertThat(decoded.text()).isEqualTo("a\r\n");
  }

  @Test
  void reads_the_range_that_it_is_given() {
    Decoded decoded = new Decoded();
    byte[] wire = "##a\r\n.\r\n##".getBytes(ISO_8859_1);

    assertThat(decoded.unstuffer.feed(wire, 2, 3)).isEqualTo(DotUnstuffer.MORE);
    assertThat(decoded.unstuffer.feed(wire, 5, 3)).isEqualTo(8);
    assertThat(decoded.text()).isEqualTo("a\r\n");
  }

  /** Those that are none stay, but for a dot that is stuffing. */
  @ParameterizedTest(name = "{0}")
  @EnumSource
  void is_smuggled_no_end(SmugglingVariant variant) {
    String wire = "a" + new String(variant.wire(), ISO_8859_1);
    String stored = "a" + new String(variant.stored(), ISO_8859_1);
    if (variant.endsData()) {
      assertDecodes(wire, stored);
    } else {
      assertDecodes(wire + "b\r\n.\r\n", stored + "b\r\n");
    }
  }

  @Test
  void takes_a_dot_behind_a_dot_and_cr_for_content() {
    assertDecodes("\r\n.\r.\r\n.\r\n", "\r\n\r.\r\n");
    assertDecodes("\r\n..\r\n\r\n.\r\n", "\r\n.\r\n\r\n");
  }

  @Test
  void decodes_what_was_stuffed_wherever_it_is_cut() {
    long seed = 5321;
    Random random = new Random(seed);
    char[] alphabet = {'.', '\r', '\n', 'a', '\0'};
    for (int round = 0; round < 2000; round++) {
      StringBuilder content = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        content.append(alphabet[random.nextInt(alphabet.length)]);
      }
      content.append("\r\n");
      String stuffed = ("\r\n" + content).replace("\r\n.", "\r\n..").substring(2) + ".\r\n";
      assertDecodes(stuffed, content.toString());
    }
  }

  /** Whole, cut in two at every byte, and byte by byte. */
  private static void assertDecodes(String wire, String expected) {
    byte[] bytes = wire.getBytes(ISO_8859_1);
    for (int cut = 0; cut < bytes.length; cut++) {
      Decoded decoded = new Decoded();
      assertThat(decoded.unstuffer.feed(bytes, 0, cut)).as(wire).isEqualTo(DotUnstuffer.MORE);
      assertThat(decoded.unstuffer.feed(bytes, cut, bytes.length - cut))
          .as(wire)
          .isEqualTo(bytes.length);
      assertThat(decoded.text()).as("%s cut at %d", wire, cut).isEqualTo(expected);
    }
    Decoded decoded = new Decoded();
    for (int i = 0; i < bytes.length; i++) {
      int end = decoded.unstuffer.feed(bytes, i, 1);
      assertThat(end).isEqualTo(i == bytes.length - 1 ? bytes.length : DotUnstuffer.MORE);
    }
    assertThat(decoded.text()).isEqualTo(expected);
  }

  private static final class Decoded {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DotUnstuffer unstuffer = new DotUnstuffer(bytes::write);

    private String text() {
      return bytes.toString(ISO_8859_1);
    }
  }
}

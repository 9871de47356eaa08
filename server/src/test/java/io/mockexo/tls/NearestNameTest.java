package io.mockexo.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {

  private static final List<String> NAMES = List.of("minimumTls", "maximumTls", "port", "host");

  @Test
  void is_the_one_with_the_fewest_wrong_letters_however_many() {
    assertThat(NearestName.of("MINIMUM-TSL", NAMES)).isEqualTo("minimumTls");
    assertThat(NearestName.of("xyz", List.of("b", "a"))).isEqualTo("a");
    assertThatIllegalArgumentException().isThrownBy(() -> NearestName.of("x", List.of()));
  }

  @Test
  void is_suggested_only_if_it_is_a_slip_away_and_the_only_one() {
    assertThat(NearestName.closeTo("minimum_tls", NAMES)).contains("minimumTls");
    assertThat(NearestName.closeTo("prot", NAMES)).contains("port");
    assertThat(NearestName.closeTo("endpoint", NAMES)).isEmpty();
    assertThat(NearestName.closeTo("pst", List.of("pot", "post"))).isEmpty();
    assertThat(NearestName.closeTo("x", List.of())).isEmpty();
  }
}

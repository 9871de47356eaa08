package io.mockexo.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExchangeProfileTest {

  @Test
  void secrets_are_kept_only_where_asked_for_and_by_what_is_built_from_that() {
    ExchangeProfile profile = ExchangeProfile.builder(Endpoint.MX).build();
    ExchangeProfile keeping = profile.toBuilder().keyLog(true).build();

    assertThat(profile.keyLog()).isFalse();
    assertThat(keeping.keyLog()).isTrue();
    assertThat(keeping.toBuilder().maxRecipients(1).build().keyLog()).isTrue();
  }
}

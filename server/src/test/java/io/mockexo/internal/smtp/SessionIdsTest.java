package io.mockexo.internal.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionIdsTest {

  @Test
  void counts_ticks_from_the_year_one_to_the_start_and_one_more_for_each_session() {
    SessionIds ids = new SessionIds(Instant.parse("2026-03-20T10:00:00.123456789Z"));

    assertThat(ids.next()).isEqualTo("08DE866772EF6687");
    assertThat(ids.next()).isEqualTo("08DE866772EF6688");
  }

  @Test
  void knows_the_ticks_that_dotnet_documents() {
    // DateTime.UnixEpoch.Ticks is 621355968000000000.
    assertThat(new SessionIds(Instant.EPOCH).next())
        .isEqualTo("%016X".formatted(621_355_968_000_000_000L));
  }
}

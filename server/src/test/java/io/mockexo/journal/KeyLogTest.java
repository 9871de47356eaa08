package io.mockexo.journal;

import static io.mockexo.journal.SessionBuilder.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.journal.SessionEvent.SecretsLogged;
import io.mockexo.tls.KeyLogLine;
import io.mockexo.tls.KeyLogLine.Label;
import io.mockexo.tls.TlsVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Secrets come out where they are asked for and nowhere else. */
class KeyLogTest {

  private static final byte[] RANDOM = {0x0a, (byte) 0xff};
  private static final byte[] SECRET = {(byte) 0xca, (byte) 0xfe};

  private static final KeyLogLine CLIENT =
      new KeyLogLine(Label.CLIENT_TRAFFIC_SECRET_0, RANDOM, SECRET);
  private static final KeyLogLine SERVER =
      new KeyLogLine(Label.SERVER_TRAFFIC_SECRET_0, RANDOM, SECRET);

  private static final SmtpSession SESSION =
      session(1)
          .hello(TlsVersion.TLS_1_3)
          .event(at -> new SecretsLogged(at, List.of(CLIENT, SERVER)))
          .closed();

  @Test
  void a_session_hands_out_its_lines_in_order() {
    assertThat(SESSION.keyLog())
        .extracting(KeyLogLine::text)
        .containsExactly("CLIENT_TRAFFIC_SECRET_0 0aff cafe", "SERVER_TRAFFIC_SECRET_0 0aff cafe");
    assertThat(session(2).hello(TlsVersion.TLS_1_3).closed().keyLog()).isEmpty();
  }

  @Test
  void a_transcript_says_that_they_are_kept_and_no_more() {
    assertThat(SESSION.transcript())
        .contains("  -- 2 key log lines kept (secret)\n")
        .doesNotContain("cafe");
    SmtpSession one = session(3).event(at -> new SecretsLogged(at, List.of(CLIENT))).closed();
    assertThat(one.transcript()).contains("  -- 1 key log line kept (secret)\n");
  }

  @Test
  void nothing_that_is_printed_by_accident_shows_them() {
    assertThat(SESSION.events().toString()).contains("CLIENT_TRAFFIC_SECRET_0 (secret)");
    assertThat(SESSION.events().toString() + SESSION.keyLog() + SESSION + SESSION.summary())
        .doesNotContain("cafe");
  }

  @Test
  void lines_are_equal_by_what_they_say() {
    assertThat(CLIENT)
        .isEqualTo(new KeyLogLine(Label.CLIENT_TRAFFIC_SECRET_0, RANDOM, SECRET))
        .hasSameHashCodeAs(new KeyLogLine(Label.CLIENT_TRAFFIC_SECRET_0, RANDOM, SECRET))
        .isNotEqualTo(new KeyLogLine(Label.CLIENT_TRAFFIC_SECRET_0, RANDOM, RANDOM))
        .isNotEqualTo(SERVER);
    assertThat(CLIENT.label()).isEqualTo(Label.CLIENT_TRAFFIC_SECRET_0);
  }
}

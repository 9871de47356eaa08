package io.mockexo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.mockexo.client.wire.Host;
import io.mockexo.exchange.Endpoint;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.ReplySent;
import io.mockexo.journal.SmtpSession;
import io.mockexo.scenario.Scenarios;
import io.mockexo.tls.TlsVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextFormTest {

  private final TextForm form = new TextForm();

  private static SmtpSession session(int replies) throws Exception {
    List<SessionEvent> events =
        IntStream.range(0, replies)
            .mapToObj(i -> new ReplySent(Duration.ZERO, false, 250, List.of("no " + i)))
            .map(SessionEvent.class::cast)
            .toList();
    return new SmtpSession(
        3,
        Endpoint.MX,
        new InetSocketAddress(InetAddress.getByName("2001:db8::1"), 4711),
        null,
        Instant.parse("2026-11-23T09:00:00Z"),
        events);
  }

  @Test
  void an_endpoint_tells_where_it_listens_and_whom_it_takes() {
    ExchangeProfile profile = ExchangeProfile.builder(Endpoint.MX).build();
    assertThat(form.ready("mx", profile, Host.of("::1"), 25))
        .isEqualTo("mx: MX on [::1]:25, TLS 1.2 to TLS 1.3, other clients get FIN");

    ExchangeProfile strict =
        profile.toBuilder().tls(tls -> tls.minimumTls(TlsVersion.TLS_1_3)).build();
    assertThat(form.ready("mx", strict, Host.of("0.0.0.0"), 25))
        .isEqualTo("mx: MX on 0.0.0.0:25, TLS 1.3 only, other clients get FIN");
    assertThat(form.scenario("mx", Scenarios.named("throttled")))
        .isEqualTo(
            "mx: begins in the scenario throttled: Exchange Online is busy: 451 4.7.500 twice, then"
                + " it accepts");
  }

  @Test
  void a_client_is_told_by_its_number_and_address() throws Exception {
    assertThat(form.connected("lab", session(0)))
        .isEqualTo("lab: session 3 connected from [2001:db8::1]:4711");
  }

  @Test
  void a_transcript_is_told_in_full_with_the_name_of_the_endpoint() throws Exception {
    SmtpSession session = session(398);
    assertThat(form.session("mx", session)).isEqualTo("mx: " + session.transcript());
  }

  @Test
  void of_a_very_long_transcript_the_middle_is_left_out() throws Exception {
    List<String> all = ("mx: " + session(10_000).transcript()).lines().toList();

    List<String> shown = form.session("mx", session(10_000)).lines().toList();

    assertThat(shown).hasSize(401);
    assertThat(shown.subList(0, 200)).isEqualTo(all.subList(0, 200));
    assertThat(shown.get(200)).isEqualTo("          ... 9602 lines left out");
    assertThat(shown.subList(201, 401)).isEqualTo(all.subList(all.size() - 200, all.size()));
  }
}

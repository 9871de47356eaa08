package io.mockexo.standalone.control;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.mockexo.fault.Drop;
import io.mockexo.fault.Fault;
import io.mockexo.fault.Stage;
import io.mockexo.journal.JournalLimits;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.standalone.Tool;
import io.mockexo.standalone.control.PrometheusText.Sample;
import io.mockexo.tls.TlsVersion;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class MetricsTest {

  private static final String HANDSHAKE = "mockexo_tls_handshake_seconds";
  private static final String MX = "endpoint=mx";

  private final TestProgram program =
      TestProgram.of(
          MockExchangeOnlineServer.mx().journalLimits(new JournalLimits(3, 1 << 20, 99)));

  @AfterEach
  void stop() {
    program.close();
  }

  private PrometheusText scrape() {
    Reply reply = program.get("/metrics");
    assertThat(reply.header("Content-Type")).startsWith("text/plain; version=0.0.4");
    return PrometheusText.parse(reply.text());
  }

  private void isOne(String metric, String... labels) {
    assertThat(scrape().value(metric, labels)).as(metric).isEqualTo(1);
  }

  @Test
  void before_anything_has_happened_there_are_zeros() {
    PrometheusText text = scrape();
    assertThat(text.value("mockexo_up", MX)).isEqualTo(1);
    assertThat(text.value("mockexo_sessions_open", MX)).isZero();
    for (SessionOutcome outcome : SessionOutcome.values()) {
      assertThat(text.value("mockexo_sessions_total", MX, "outcome=" + outcome.word())).isZero();
    }
  }

  @Test
  void a_delivery_is_counted_with_its_bytes() {
    program.deliver();
    AwaitTest.until(() -> scrape().value("mockexo_messages_total", MX, "over=cleartext") == 1);
    isOne("mockexo_sessions_total", MX, "outcome=delivered_in_cleartext");
    assertThat(scrape().value("mockexo_message_bytes_total", MX, "over=cleartext"))
        .isEqualTo((double) program.mx.messages().get(0).size());
    assertThat(scrape().value("mockexo_journal_bytes", MX)).isPositive();
    isOne("mockexo_journal_sessions", MX);
  }

  @Test
  void handshakes_are_timed() throws Exception {
    Tls.deliver(program.mx.port(), program.mx.clientSslContext());
    program.mx.awaitSessions(1);
    AwaitTest.until(() -> scrape().value("mockexo_messages_total", MX, "over=tls") == 1);
    isOne("mockexo_tls_handshake_seconds_count", MX, "version=TLS_1_3");
    assertThat(scrape().value("mockexo_tls_handshake_seconds_sum", MX, "version=TLS_1_3"))
        .isPositive();
    isOne("mockexo_sessions_total", MX, "outcome=delivered_over_tls");
  }

  @Test
  void percentiles_of_handshakes_can_be_had() throws Exception {
    Tls.deliver(program.mx.port(), program.mx.clientSslContext());
    AwaitTest.until(() -> scrape().value(HANDSHAKE + "_count", MX, "version=TLS_1_3") == 1);
    PrometheusText text = scrape();
    assertThat(text.families().get(HANDSHAKE).type()).isEqualTo("histogram");
    List<Sample> buckets =
        text.samples().stream().filter(s -> s.name().equals(HANDSHAKE + "_bucket")).toList();
    assertThat(buckets)
        .extracting(bucket -> bucket.labels().get("le"))
        .containsExactly(
            "0.001", "0.002", "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "5.0",
            "10.0", "+Inf");
    double sum = text.value(HANDSHAKE + "_sum", MX, "version=TLS_1_3");
    assertThat(buckets)
        .filteredOn(bucket -> !bucket.labels().get("le").equals("+Inf"))
        .allSatisfy(
            bucket ->
                assertThat(bucket.value())
                    .isEqualTo(sum <= Double.parseDouble(bucket.labels().get("le")) ? 1 : 0));
  }

  @Test
  void refusals_are_counted() {
    program.mx.updateProfile(rules -> rules.tls(tls -> tls.minimumTls(TlsVersion.TLS_1_3)));
    assertThatIOException()
        .isThrownBy(() -> Tls.deliver(program.mx.port(), program.mx.clientSslContext(), "TLSv1.2"));
    program.mx.awaitSessions(1);
    AwaitTest.until(() -> scrape().value("mockexo_sessions_total", MX, "outcome=tls_refused") == 1);
    isOne("mockexo_tls_refusals_total", MX, "how=FIN", "mismatch=VERSION");
    assertThat(scrape().value("mockexo_tls_handshake_seconds_count", MX, "version=TLS_1_2"))
        .isZero();
  }

  @Test
  void faults_and_evictions_are_counted() {
    program.mx.onConnection(1, Fault.at(Stage.MAIL).drop(Drop.FIN));
    program.mx.onConnection(99, Fault.at(Stage.MAIL).drop(Drop.FIN));
    for (int i = 0; i < 5; i++) {
      program.deliver();
    }
    AwaitTest.until(
        () -> scrape().value("mockexo_sessions_total", MX, "outcome=delivered_in_cleartext") == 4);
    isOne("mockexo_faults_fired_total", MX, "stage=MAIL");
    isOne("mockexo_faults_unfired", MX);
    assertThat(scrape().value("mockexo_journal_sessions", MX)).isEqualTo(3);
    assertThat(scrape().value("mockexo_journal_evicted", MX)).isEqualTo(2);
  }

  @Test
  void an_endpoint_that_is_down_is_seen() {
    program.mx.close();
    assertThat(scrape().value("mockexo_up", MX)).isZero();
    assertThat(scrape().value("mockexo_up", "endpoint=client-submission")).isEqualTo(1);
    assertThat(program.get("/health").status()).isEqualTo(503);
  }

  @Test
  void everything_is_described() throws Exception {
    program.mx.onConnection(3, Fault.at(Stage.MAIL).drop(Drop.FIN));
    program.deliver();
    Tls.deliver(program.mx.port(), program.mx.clientSslContext());
    program.deliver();
    AwaitTest.until(() -> scrape().value("mockexo_faults_fired_total", MX, "stage=MAIL") == 1);
    assertThat(scrape().families())
        .allSatisfy((name, family) -> assertThat(family.help()).as(name).isNotBlank())
        .allSatisfy((name, family) -> assertThat(name).startsWith("mockexo_"));
  }

  /** What Prometheus itself says of the text. */
  @Test
  void promtool_has_no_complaint() throws Exception {
    program.mx.onConnection(2, Fault.at(Stage.MAIL).drop(Drop.FIN));
    Tls.deliver(program.mx.port(), program.mx.clientSslContext());
    program.deliver();
    AwaitTest.until(() -> scrape().value("mockexo_faults_fired_total", MX, "stage=MAIL") == 1);

    Tool.Run run = Tool.PROMTOOL.run(program.get("/metrics").text(), "check", "metrics");

    assertThat(run.output()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void clients_cannot_make_labels() {
    Set<String> before = labels();
    for (int i = 0; i < 50; i++) {
      TestProgram.talk(
          program.mx,
          "EHLO c%d.example\r\nX%d\r\nMAIL FROM:<a%d@x>\r\nRCPT TO:<b%d@y>\r\nQUIT\r\n"
              .formatted(i, i, i, i));
    }
    program.mx.awaitSessions(50);
    AwaitTest.until(
        () -> scrape().value("mockexo_sessions_total", MX, "outcome=not_delivered") == 50);
    assertThat(labels()).isEqualTo(before);
  }

  private Set<String> labels() {
    return scrape().samples().stream().map(Sample::identity).collect(toSet());
  }
}

package io.mockexo.standalone.control;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.mockexo.journal.MailTransaction;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.ClientHelloReceived;
import io.mockexo.journal.SessionEvent.FaultInjected;
import io.mockexo.journal.SessionEvent.TlsEstablished;
import io.mockexo.journal.SessionEvent.TlsRefused;
import io.mockexo.journal.SmtpSession;
import io.mockexo.server.MockExchangeOnlineServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Counts for Prometheus. Every label has few values, whatever clients do: names of endpoints,
 * outcomes, versions, stages. Counted is what is complete; a {@code reset} does not take it back.
 */
final class Metrics implements AutoCloseable {

  static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** Fixed, so that what several programs have counted can be added up. */
  private static final Duration[] BUCKETS =
      IntStream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 10_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<Runnable> subscriptions = new ArrayList<>();

  Metrics(Endpoints endpoints) {
    endpoints.forEach(this::follow);
  }

  String scrape() {
    return registry.scrape();
  }

  private void follow(String name, MockExchangeOnlineServer server) {
    Tags endpoint = Tags.of("endpoint", name);
    gauge(
        "mockexo.up", "1 while the endpoint listens", endpoint, server, s -> s.isRunning() ? 1 : 0);
    gauge("mockexo.sessions.open", "Open connections", endpoint, server, s -> s.open().size());
    gauge(
        "mockexo.journal.sessions",
        "Complete sessions that are kept",
        endpoint,
        server,
        s -> s.sessions().size());
    gauge(
        "mockexo.journal.evicted",
        "Sessions that were given up for want of room since the last reset",
        endpoint,
        server,
        s -> s.sessions().evicted());
    gauge(
        "mockexo.journal.bytes",
        "Memory of the journal, by estimate",
        endpoint,
        server,
        MockExchangeOnlineServer::journalBytes);
    gauge(
        "mockexo.faults.unfired",
        "Faults of the script that have not fired",
        endpoint,
        server,
        s -> s.unfiredFaults().size());
    for (SessionOutcome outcome : SessionOutcome.values()) {
      sessions(endpoint, outcome);
    }
    subscriptions.add(server.onSessionComplete(session -> count(endpoint, session)));
  }

  private <T> void gauge(
      String name, String description, Tags tags, T of, ToDoubleFunction<T> value) {
    Gauge.builder(name, of, value).description(description).tags(tags).register(registry);
  }

  /** The same counter each time, for the same labels. */
  private Counter counter(String name, String description, Tags tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  private Counter sessions(Tags endpoint, SessionOutcome outcome) {
    return counter(
        "mockexo.sessions", "Complete sessions", endpoint.and("outcome", outcome.word()));
  }

  private void count(Tags endpoint, SmtpSession session) {
    sessions(endpoint, SessionOutcome.of(session)).increment();
    session.tlsRefused().ifPresent(refused -> refusal(endpoint, refused));
    session.events(TlsEstablished.class).forEach(tls -> handshake(endpoint, session, tls));
    session.events(FaultInjected.class).forEach(event -> fault(endpoint, event));
    session.deliveredMessages().forEach(mail -> message(endpoint, mail));
  }

  private void refusal(Tags endpoint, TlsRefused refused) {
    counter(
            "mockexo.tls.refusals",
            "ClientHellos that were refused",
            endpoint.and("how", refused.how().name(), "mismatch", refused.mismatch().name()))
        .increment();
  }

  private void fault(Tags endpoint, FaultInjected event) {
    counter(
            "mockexo.faults.fired",
            "Faults of the script that have fired",
            endpoint.and("stage", event.fault().fault().stage().name()))
        .increment();
  }

  private void handshake(Tags endpoint, SmtpSession session, TlsEstablished tls) {
    Duration begin =
        session.events(ClientHelloReceived.class).stream()
            .findFirst()
            .map(SessionEvent::at)
            .orElse(tls.at());
    Timer.builder("mockexo.tls.handshake")
        .description("From the ClientHello to the client's Finished")
        .tags(endpoint.and("version", tls.version().name()))
        .serviceLevelObjectives(BUCKETS)
        .register(registry)
        .record(tls.at().minus(begin));
  }

  private void message(Tags endpoint, MailTransaction mail) {
    Tags tags = endpoint.and("over", mail.insideTls() ? "tls" : "cleartext");
    counter("mockexo.messages", "Messages that were accepted", tags).increment();
    counter("mockexo.message.bytes", "Bytes of messages that were accepted", tags)
        .increment((double) mail.size());
  }

  @Override
  public void close() {
    subscriptions.forEach(Runnable::run);
    registry.close();
  }
}

package io.mockexo.standalone;

import io.mockexo.client.wire.Host;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.journal.Attempts;
import io.mockexo.journal.SmtpSession;
import io.mockexo.journal.Transcripts;
import io.mockexo.scenario.Scenario;
import io.mockexo.tls.TlsPolicy;
import io.mockexo.tls.TlsVersion;
import java.util.List;
import java.util.stream.Collectors;

/** Output for people: transcripts, and what they mean together. */
final class TextForm implements OutputForm {

  @Override
  public String ready(String endpointName, ExchangeProfile profile, Host host, int port) {
    TlsPolicy tls = profile.tls();
    TlsVersion lowest = tls.versions().get(0);
    TlsVersion highest = tls.versions().get(tls.versions().size() - 1);
    String versions = lowest == highest ? lowest + " only" : lowest + " to " + highest;
    return "%s: %s on %s, %s, other clients get %s"
        .formatted(
            endpointName,
            profile.endpoint(),
            host.withPort(port),
            versions,
            tls.refuseOldTlsWith());
  }

  @Override
  public String scenario(String endpointName, Scenario scenario) {
    return "%s: begins in the scenario %s".formatted(endpointName, scenario);
  }

  @Override
  public String control(Host host, int port) {
    return "control API on http://" + host.withPort(port);
  }

  @Override
  public String connected(String endpointName, SmtpSession session) {
    return "%s: session %d connected from %s"
        .formatted(
            endpointName,
            session.number(),
            new Host(session.peer().getAddress()).withPort(session.peer().getPort()));
  }

  /** The transcript tells it. */
  @Override
  public boolean tellsEveryConnection() {
    return false;
  }

  @Override
  public String session(String endpointName, SmtpSession session) {
    return Transcripts.shortened(endpointName + ": " + session.transcript());
  }

  @Override
  public List<String> verdicts(String endpointName, Attempts attempts) {
    return attempts.stories().stream().map(story -> "== " + endpointName + ": " + story).toList();
  }

  @Override
  public String unfired(String endpointName, List<ScriptedFault> faults) {
    String list = faults.stream().map(ScriptedFault::toString).collect(Collectors.joining("; "));
    return "== %s: never fired: %s".formatted(endpointName, list);
  }

  @Override
  public String skipped(long count) {
    return "(" + count + " sessions ended faster than they could be printed)";
  }
}

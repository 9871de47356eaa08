package io.mockexo.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mockexo.client.wire.AttemptsForm;
import io.mockexo.client.wire.Host;
import io.mockexo.client.wire.SessionForm;
import io.mockexo.client.wire.Wire;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.journal.Attempts;
import io.mockexo.journal.MessageAttempts;
import io.mockexo.journal.SmtpSession;
import io.mockexo.scenario.Scenario;
import io.mockexo.tls.TlsPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * Output for programs: everything is one line of JSON, and {@code event} says which. Durations are
 * in seconds, protocol values have their names, faults are written as in a configuration file, and
 * message contents and secrets are left out.
 */
final class SessionJson implements OutputForm {

  private final ObjectMapper mapper = Wire.mapper();
  private final SessionForm form = new SessionForm(mapper, false);

  @Override
  public String ready(String endpointName, ExchangeProfile profile, Host host, int port) {
    TlsPolicy tls = profile.tls();
    return write(
        line("ready", endpointName)
            .put("endpoint", profile.endpoint().name())
            .put("host", host.toString())
            .put("port", port)
            .put("minimumTls", tls.minimumTls().name())
            .put("maximumTls", tls.maximumTls().name())
            .put("refuseOldTlsWith", tls.refuseOldTlsWith().name()));
  }

  @Override
  public String scenario(String endpointName, Scenario scenario) {
    return write(line("scenario", endpointName).put("scenario", scenario.name()));
  }

  @Override
  public String control(Host host, int port) {
    return write(
        mapper
            .createObjectNode()
            .put("event", "control")
            .put("host", host.toString())
            .put("port", port));
  }

  @Override
  public String connected(String endpointName, SmtpSession session) {
    return write(line("connected", endpointName).setAll(form.head(session)));
  }

  /** So that every session has its two lines. */
  @Override
  public boolean tellsEveryConnection() {
    return true;
  }

  @Override
  public String unfired(String endpointName, List<ScriptedFault> faults) {
    ObjectNode node = line("unfired", endpointName);
    node.set("faults", mapper.valueToTree(faults));
    return write(node);
  }

  @Override
  public String skipped(long count) {
    return write(mapper.createObjectNode().put("event", "skipped").put("sessions", count));
  }

  @Override
  public List<String> verdicts(String endpointName, Attempts attempts) {
    List<String> lines = new ArrayList<>();
    for (MessageAttempts message : attempts.messages()) {
      ObjectNode node = line("attempts", endpointName);
      node.setAll(AttemptsForm.of(message));
      lines.add(write(node));
    }
    if (attempts.isAmbiguous()) {
      ObjectNode node = line("ambiguous", endpointName);
      node.setAll(AttemptsForm.ambiguous(attempts));
      lines.add(write(node));
    }
    return lines;
  }

  @Override
  public String session(String endpointName, SmtpSession session) {
    return write(line("session", endpointName).setAll(form.write(session)));
  }

  private ObjectNode line(String event, String endpointName) {
    return mapper.createObjectNode().put("event", event).put("name", endpointName);
  }

  private String write(ObjectNode node) {
    try {
      return mapper.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }
}

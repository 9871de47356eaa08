package io.mockexo.standalone;

import io.mockexo.client.wire.Host;
import io.mockexo.exchange.ExchangeProfile;
import io.mockexo.fault.ScriptedFault;
import io.mockexo.journal.Attempts;
import io.mockexo.journal.SmtpSession;
import io.mockexo.scenario.Scenario;
import java.util.List;

/** What the program prints, in one of its forms. A newline is added to each. */
interface OutputForm {

  /** An endpoint listens. */
  String ready(String endpointName, ExchangeProfile profile, Host host, int port);

  /** An endpoint begins in this scenario. */
  String scenario(String endpointName, Scenario scenario);

  /** The control API listens. */
  String control(Host host, int port);

  /** A client has connected, and has not left yet. */
  String connected(String endpointName, SmtpSession session);

  /** Whether {@link #connected} is said of clients that have left before it could be, as well. */
  boolean tellsEveryConnection();

  /** A session is complete. */
  String session(String endpointName, SmtpSession session);

  /** What several sessions mean together, a line each; equal lines are printed once. */
  List<String> verdicts(String endpointName, Attempts attempts);

  /** The endpoint has stopped, and these faults of its script were never met. */
  String unfired(String endpointName, List<ScriptedFault> faults);

  /** Sessions are missing, because they ended faster than the output was read. */
  String skipped(long count);
}

package io.mockexo.standalone.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mockexo.journal.SmtpSession;
import io.mockexo.journal.WireListener;
import io.mockexo.server.MockExchangeOnlineServer;
import io.mockexo.standalone.evidence.capture.WireMemory;
import io.mockexo.standalone.evidence.log.ProtocolLog;
import io.mockexo.standalone.evidence.log.TlsReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The evidence of all sessions of a run: given away on request as long as it is kept, and written
 * to a folder where one is named.
 */
public final class Evidence implements AutoCloseable {

  private final WireMemory wires;
  private final SessionEvidence sessions;
  private final @Nullable EvidenceWriter writer;

  private Evidence(WireMemory wires, SessionEvidence sessions, @Nullable EvidenceWriter writer) {
    this.wires = wires;
    this.sessions = sessions;
    this.writer = writer;
  }

  /**
   * Evidence on request alone.
   *
   * @param captureBytes how much of what passes on the wires is kept, by estimate; 0 for nothing
   */
  public static Evidence onRequest(long captureBytes) {
    WireMemory wires = new WireMemory(captureBytes);
    return new Evidence(wires, new SessionEvidence(wires), null);
  }

  /**
   * Evidence in a folder as well, which is made if there is none. At the end a table of TLS for
   * each endpoint is added, of the sessions that its journal still has.
   *
   * @param secrets whether captures in it have the TLS secrets in them, where sessions keep some
   * @param err gets a line when something cannot be written, which harms no session
   * @throws IOException if there is no such folder, and none can be made
   */
  public static Evidence in(
      Path folder, boolean secrets, EvidenceLimits limits, long captureBytes, PrintWriter err)
      throws IOException {
    Files.createDirectories(folder);
    WireMemory wires = new WireMemory(captureBytes);
    SessionEvidence sessions = new SessionEvidence(wires);
    EvidenceWriter writer =
        new EvidenceWriter(
            new EvidenceFolder(folder, limits),
            sessions,
            secrets,
            runLogs(),
            new EvidenceReport(folder, err, System::nanoTime));
    writer.start();
    return new Evidence(wires, sessions, writer);
  }

  /** The files of the whole run: protocol logs in Exchange's own form. */
  private static List<RunLog> runLogs() {
    return List.of(
        new ProtocolLogFiles(ProtocolLog::receive),
        new ProtocolLogFiles(endpointName -> ProtocolLog.send()));
  }

  /** Who has to be shown the bytes of an endpoint; null if they are not kept. */
  public @Nullable WireListener wireListener(String endpointName) {
    return wires.listener(endpointName);
  }

  /** Writes down the sessions of {@code server} from now on, if there is a folder for that. */
  public void follow(String endpointName, MockExchangeOnlineServer server) {
    EvidenceWriter there = writer;
    if (there != null) {
      server.onSessionComplete(session -> there.offer(endpointName, session));
      there.atTheEnd(tlsReport(endpointName, server));
    }
  }

  private static EvidenceFile tlsReport(String endpointName, MockExchangeOnlineServer server) {
    return new EvidenceFile(
        "tls-report-%s.csv".formatted(EvidenceName.safe(endpointName)),
        false,
        () -> new ByteArrayInputStream(TlsReport.of(server.sessions()).csv().getBytes(UTF_8)));
  }

  /** The files of one session; {@link SessionEvidence#files} has the details. */
  public List<EvidenceFile> files(String endpointName, SmtpSession session, boolean secrets) {
    return sessions.files(endpointName, session, secrets);
  }

  /** Writes what is still to be written. */
  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
  }
}

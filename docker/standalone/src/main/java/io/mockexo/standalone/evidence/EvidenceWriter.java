package io.mockexo.standalone.evidence;

import io.mockexo.journal.SmtpSession;
import io.mockexo.standalone.evidence.capture.WireRecord;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the evidence of sessions as they are completed, on a thread of its own: a folder that is
 * slow, full or gone holds up no client.
 */
final class EvidenceWriter implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EvidenceWriter.class);

  private static final int BACKLOG = 10_000;
  private static final long PATIENCE_MILLIS = 10_000;

  /**
   * A session to write. The journal decides how long it is kept: the memory of those that wait must
   * not come on top of the journal's limit.
   *
   * @param held what passed on its wire; empty if there was no room to hold it until it is written
   */
  private record Completed(
      String endpointName,
      int number,
      SoftReference<SmtpSession> session,
      Optional<WireRecord> held) {}

  private final EvidenceFolder folder;
  private final SessionEvidence evidence;
  private final boolean secrets;
  private final List<RunLog> runLogs;
  private final EvidenceReport report;

  private final List<EvidenceFile> last = new ArrayList<>();

  /** Empty is the end. */
  private final BlockingQueue<Optional<Completed>> waiting = new LinkedBlockingQueue<>();

  private final Thread thread = new Thread(this::run, "mockexo-evidence");

  /**
   * A writer, which runs from now on.
   *
   * @param runLogs what every session is added to, besides
   */
  EvidenceWriter(
      EvidenceFolder folder,
      SessionEvidence evidence,
      boolean secrets,
      List<RunLog> runLogs,
      EvidenceReport report) {
    this.folder = folder;
    this.evidence = evidence;
    this.secrets = secrets;
    this.runLogs = List.copyOf(runLogs);
    this.report = report;
  }

  /** Begins; a folder that cannot be written is told at once. */
  void start() {
    try {
      folder.probe();
      folder.look();
    } catch (IOException e) {
      report.failed(e);
    }
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes a complete session, without waiting. */
  void offer(String endpointName, SmtpSession session) {
    if (waiting.size() < BACKLOG) {
      Completed completed =
          new Completed(
              endpointName,
              session.number(),
              new SoftReference<>(session),
              evidence.wires().hold(endpointName, session));
      waiting.add(Optional.of(completed));
    } else {
      report.behind();
    }
  }

  private void run() {
    try {
      Optional<Completed> next = waiting.take();
      while (next.isPresent()) {
        attempt(next.get());
        next = waiting.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever happens to one session, the others are written. */
  private void attempt(Completed next) {
    try {
      write(next);
    } catch (Throwable e) {
      report.missed();
      log.error("{} session {} could not be written down", next.endpointName(), next.number(), e);
    } finally {
      next.held().ifPresent(evidence.wires()::letGo);
    }
  }

  private void write(Completed next) {
    SmtpSession session = next.session().get();
    if (session == null) {
      report.behind();
      return;
    }
    Optional<WireRecord> wire =
        next.held().or(() -> evidence.wires().of(next.endpointName(), session));
    try {
      folder.write(evidence.files(next.endpointName(), session, wire, secrets));
    } catch (IOException e) {
      report.missed();
      report.failed(e);
      return;
    }
    runLogs.forEach(runLog -> append(runLog, next, session));
    tellOfCapture(next, wire);
    if (report.written()) {
      lookAgain();
    }
  }

  /** The evidence of the session is there, whatever becomes of this. */
  private void append(RunLog runLog, Completed next, SmtpSession session) {
    try {
      runLog.append(folder.path(), next.endpointName(), session);
    } catch (IOException e) {
      report.notLogged(EvidenceReport.reason(e));
    } catch (Throwable e) {
      report.notLogged(EvidenceReport.reason(e));
      log.error("{} session {} could not be logged", next.endpointName(), next.number(), e);
    }
  }

  private void lookAgain() {
    try {
      folder.look();
    } catch (IOException e) {
      report.failed(e);
    }
  }

  private void tellOfCapture(Completed written, Optional<WireRecord> wire) {
    if (wire.isEmpty() && evidence.wires().keepsAnything()) {
      report.captureGone(written.endpointName(), written.number());
    }
    wire.filter(kept -> kept.leftOut() > 0)
        .ifPresent(
            kept -> report.captureCut(written.endpointName(), written.number(), kept.leftOut()));
  }

  /**
   * Has a file written at the end.
   *
   * @param file made of what there is then
   */
  void atTheEnd(EvidenceFile file) {
    last.add(file);
  }

  private void writeLast() {
    try {
      for (EvidenceFile file : last) {
        folder.writeApart(file);
      }
    } catch (IOException e) {
      report.failed(e);
    }
  }

  /** Writes what still waits, as long as that does not take too long. */
  @Override
  public void close() {
    waiting.add(Optional.empty());
    try {
      thread.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    boolean unfinished = thread.isAlive();
    if (!unfinished) {
      writeLast();
    }
    report.end(unfinished);
  }
}

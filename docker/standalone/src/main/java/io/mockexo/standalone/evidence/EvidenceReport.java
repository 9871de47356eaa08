package io.mockexo.standalone.evidence;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Says what evidence is missing, and why: each kind of trouble at most once a minute, since
 * sessions may be many, and how much it was at the end. What was held back is said on the first
 * occasion after the minute. Thread-safe.
 */
final class EvidenceReport {

  private static final long PAUSE = Duration.ofMinutes(1).toNanos();

  private enum Kind {
    FAILED,
    AGAIN,
    LOG,
    BEHIND,
    CUT,
    GONE
  }

  private final Path folder;
  private final PrintWriter err;
  private final LongSupplier nanoTime;
  private final Map<Kind, Long> lastSaid = new EnumMap<>(Kind.class);

  /** What comes when the minute of its kind is over, the latest of each. */
  private final Map<Kind, String> held = new EnumMap<>(Kind.class);

  /** Which of {@link Kind#FAILED} and {@link Kind#AGAIN} the reader knows last. */
  private String known = "";

  private boolean failing;
  private long missing;
  private long notLogged;
  private long incomplete;

  EvidenceReport(Path folder, PrintWriter err, LongSupplier nanoTime) {
    this.folder = folder;
    this.err = err;
    this.nanoTime = nanoTime;
  }

  /** Nothing can be written now; what is lost by that is told apart. */
  synchronized void failed(IOException e) {
    failing = true;
    held.remove(Kind.AGAIN);
    say(
        Kind.FAILED,
        "cannot be written: %s; sessions have no evidence until it can be".formatted(reason(e)));
  }

  /**
   * A session was written.
   *
   * @return whether that had not been possible before
   */
  synchronized boolean written() {
    boolean again = failing;
    failing = false;
    if (again) {
      held.remove(Kind.FAILED);
      say(Kind.AGAIN, "can be written again; " + missing());
    }
    sayWhatWasHeld();
    return again;
  }

  /** A session has no evidence. */
  synchronized void missed() {
    missing++;
  }

  /** A session has its evidence, and is missing in a log of the whole run. */
  synchronized void notLogged(String reason) {
    notLogged++;
    say(Kind.LOG, "a protocol log cannot be written: %s; %s".formatted(reason, missingInLogs()));
  }

  /** A session has no evidence because too many others wait to be written. */
  synchronized void behind() {
    missing++;
    say(Kind.BEHIND, "sessions end faster than they can be written; " + missing());
  }

  synchronized void captureCut(String endpointName, int number, long leftOut) {
    incomplete++;
    say(
        Kind.CUT,
        "%s session %d: %d bytes are not in its capture, for which there was no room"
            .formatted(endpointName, number, leftOut));
  }

  synchronized void captureGone(String endpointName, int number) {
    incomplete++;
    say(
        Kind.GONE,
        "%s session %d: it has no capture, its bytes had to go before they were written"
            .formatted(endpointName, number));
  }

  /** Nothing is written any more. */
  synchronized void end(boolean unfinished) {
    if (unfinished) {
      print("could not be written in time; the last sessions have no evidence");
    }
    String failed = held.get(Kind.FAILED);
    if (failed != null && !failed.equals(known)) {
      print(failed);
    }
    if (missing > 0) {
      print(missing());
    }
    if (notLogged > 0) {
      print(missingInLogs());
    }
    if (incomplete > 0) {
      print("%d captures are missing or cut".formatted(incomplete));
    }
  }

  private String missing() {
    return missing == 1 ? "1 session has no evidence" : missing + " sessions have no evidence";
  }

  private String missingInLogs() {
    return notLogged == 1
        ? "1 session is missing in a protocol log"
        : notLogged + " sessions are missing in a protocol log";
  }

  private void say(Kind kind, String what) {
    held.put(kind, what);
    sayWhatWasHeld();
  }

  private void sayWhatWasHeld() {
    long now = nanoTime.getAsLong();
    for (Kind kind : Kind.values()) {
      Long last = lastSaid.get(kind);
      String what = last == null || now - last >= PAUSE ? held.remove(kind) : null;
      if (what != null) {
        lastSaid.put(kind, now);
        known = kind == Kind.FAILED || kind == Kind.AGAIN ? what : known;
        print(what);
      }
    }
  }

  private void print(String what) {
    err.println("--evidence: %s: %s".formatted(folder, what));
    err.flush();
  }

  /** Why a file cannot be written, in a few words. */
  static String reason(Throwable e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such folder";
    } else if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason = e instanceof FileSystemException problem ? problem.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}

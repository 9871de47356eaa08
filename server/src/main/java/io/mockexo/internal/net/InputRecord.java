package io.mockexo.internal.net;

import static io.mockexo.internal.net.SmtpCommandDecoder.MAX_LINE_LENGTH;

import io.mockexo.internal.journal.SessionRecorder;
import io.mockexo.internal.smtp.RecordedLine;
import io.mockexo.internal.smtp.Redaction;
import io.mockexo.internal.smtp.Step.Next;
import io.mockexo.internal.smtp.StraySample;
import io.mockexo.internal.tls.TlsRecord;
import io.mockexo.journal.SessionEvent.CommandReceived;
import io.mockexo.journal.SessionEvent.StrayBytes;
import io.mockexo.journal.SessionEvent.StrayBytes.Place;

/**
 * Writes what one client sent into the journal, without its credentials. What comes after a try of
 * AUTH may be a password wherever it comes: in the dialogue, in place of TLS, or behind our FIN.
 */
final class InputRecord {

  private static final String UNFINISHED = "without its line end";

  private final SessionRecorder recorder;
  private boolean afterAuth;

  InputRecord(SessionRecorder recorder) {
    this.recorder = recorder;
  }

  void line(byte[] line, Next expected, boolean insideTls) {
    if (isTlsRecord(line) && !insideTls) {
      stray(Place.INSTEAD_OF_COMMAND, line);
      return;
    }
    add(redacted(line, expected), insideTls);
    afterAuth |= Redaction.triesAuth(line);
  }

  /** A line that the end of the connection has cut. */
  void unfinishedLine(byte[] line, Next expected, boolean insideTls) {
    if (isTlsRecord(line) && !insideTls) {
      stray(Place.INSTEAD_OF_COMMAND, line);
      return;
    }
    add(redacted(line, expected).remarked(UNFINISHED), insideTls);
    afterAuth |= Redaction.triesAuth(line);
  }

  /** What it said is lost: it may have been AUTH. */
  void lineTooLong(boolean finished, Next expected, boolean insideTls) {
    boolean credentials = expected instanceof Next.AuthLine;
    RecordedLine line =
        new RecordedLine("", "(a line of more than " + MAX_LINE_LENGTH + " bytes)", credentials);
    add(finished ? line : line.remarked(UNFINISHED), insideTls);
    afterAuth = true;
  }

  /** Bytes that nobody asked for. */
  void stray(Place place, byte[] bytes) {
    stray(place, bytes, bytes.length, false);
  }

  /**
   * Many bytes that nobody asked for.
   *
   * @param bytes the beginning
   * @param count how many there were
   * @param behindRecord whether what looked like a TLS record came right before: it may have been a
   *     line with AUTH, of which this is the rest
   */
  void stray(Place place, byte[] bytes, long count, boolean behindRecord) {
    StraySample sample = StraySample.of(bytes, afterAuth || behindRecord);
    recorder.add(new StrayBytes(recorder.now(), place, sample.kind(), count, sample.sample()));
  }

  /** How a ClientHello begins (RFC 8446, section 5.1). */
  private static boolean isTlsRecord(byte[] line) {
    return line.length >= 2
        && line[0] == TlsRecord.HANDSHAKE
        && TlsRecord.isPossible(line, 0, line.length);
  }

  /** Of a message or a chunk no line is ever left over: what came of it was collected. */
  private RecordedLine redacted(byte[] line, Next expected) {
    return expected instanceof Next.AuthLine
        ? Redaction.authLine(line)
        : Redaction.commandLine(line, afterAuth);
  }

  private void add(RecordedLine line, boolean insideTls) {
    recorder.add(
        new CommandReceived(recorder.now(), insideTls, line.verb(), line.text(), line.redacted()));
  }
}

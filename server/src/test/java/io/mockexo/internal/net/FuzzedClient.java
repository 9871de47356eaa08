package io.mockexo.internal.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mockexo.fuzz.FuzzInput;
import io.mockexo.journal.SessionEvent;
import io.mockexo.journal.SessionEvent.ReplySent;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Sends what a fuzzer invents: {@code FD} repeats the byte before it, {@code FE} ends a segment,
 * {@code FF} types credentials, and all else is sent as it is.
 */
final class FuzzedClient {

  private static final int REPEAT = 0xFD;
  private static final int CUT = 0xFE;
  private static final int CREDENTIALS = 0xFF;

  /** Times the byte behind {@link #REPEAT}: two make the longest line, one does not. */
  private static final int REPETITIONS = 32;

  /** Enough to reach every limit, and so little that the fuzzer's own memory does not count. */
  private static final int MOST_BYTES = 100_000;

  private final FuzzedConnection connection;
  private final FuzzInput fuzz;
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final ByteArrayOutputStream segment = new ByteArrayOutputStream();
  private int last;
  private boolean triedAuth;

  FuzzedClient(FuzzedConnection connection, FuzzInput fuzz) {
    this.connection = connection;
    this.fuzz = fuzz;
  }

  /** Sends all and returns it. */
  byte[] play() {
    while (fuzz.hasMore() && sent.size() + segment.size() < MOST_BYTES) {
      int next = fuzz.next();
      switch (next) {
        case REPEAT -> repeat(REPETITIONS * fuzz.next());
        case CUT -> endSegment();
        case CREDENTIALS -> typeCredentials();
        default -> {
          segment.write(next);
          last = next;
        }
      }
    }
    endSegment();
    return sent.toByteArray();
  }

  /** But no line ends: thousands of empty commands only take time. */
  private void repeat(int times) {
    for (int i = 0; i < times && last != '\n'; i++) {
      segment.write(last);
    }
  }

  private void endSegment() {
    byte[] bytes = segment.toByteArray();
    segment.reset();
    // A fuzzer finds out what it must not see recorded, and types it where that is no secret.
    if (!Credentials.areIn(new String(bytes, ISO_8859_1))) {
      send(bytes);
    }
  }

  private void typeCredentials() {
    endSegment();
    if (readsCommands()) {
      byte[] typed = Credentials.typed(fuzz.next(), fuzz.next(), triedAuth);
      triedAuth |= typed.length > 0;
      send(typed);
    }
  }

  private void send(byte[] bytes) {
    sent.writeBytes(bytes);
    connection.send(bytes);
  }

  /** Whether a line sent now is a command or an AUTH line: not content, and not a half of one. */
  private boolean readsCommands() {
    byte[] bytes = sent.toByteArray();
    boolean atLineStart = bytes.length == 0 || bytes[bytes.length - 1] == '\n';
    List<SessionEvent> events = connection.session().events();
    SessionEvent newest = events.get(events.size() - 1);
    return atLineStart
        && newest instanceof ReplySent reply
        && reply.code() != 354
        && !connection.hasTriedTls();
  }
}

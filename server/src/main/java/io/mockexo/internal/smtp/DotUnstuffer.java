package io.mockexo.internal.smtp;

/**
 * Decodes the content of DATA as it comes in, in pieces of any size (RFC 5321, section 4.5.2).
 *
 * <p>Only CRLF, a dot and CRLF end it (section 4.1.1.4). A bare CR or LF is content like any other
 * byte, before the dot and behind it: whoever takes one for a line end lets two servers disagree on
 * where a message ends, which is SMTP smuggling. One instance reads one message.
 */
public final class DotUnstuffer {

  /** Takes the decoded content, in ranges of the arrays that were fed. */
  @FunctionalInterface
  public interface Sink {
    /** The range is valid during the call only. */
    void add(byte[] bytes, int offset, int length);
  }

  /** What {@link #feed} returns as long as end-of-data has not come. */
  public static final int MORE = -1;

  private static final byte[] CR = {'\r'};

  /** The CRLF behind the DATA command counts as the one before a first dot (section 4.1.1.4). */
  private State state = State.LINE_START;

  private final Sink sink;

  /** Where the next byte that is to be looked at stands in relation to line ends and dots. */
  private enum State {
    /** Behind a CRLF. */
    LINE_START,
    /** Within a line. */
    TEXT,
    /** Behind a CR that was handed over already. */
    CARRIAGE_RETURN,
    /** Behind a dot at the start of a line, which is never content. */
    DOT,
    /** Behind such a dot and a CR, which is content unless LF follows. */
    DOT_CARRIAGE_RETURN
  }

  public DotUnstuffer(Sink sink) {
    this.sink = sink;
  }

  /**
   * Decodes the next piece.
   *
   * @return the index of the first byte behind end-of-data, or {@link #MORE}
   */
  public int feed(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int contentStart = offset;
    int i = offset;
    while (i < end) {
      switch (state) {
        case TEXT -> {
          i = indexOfCr(bytes, i, end);
          if (i < end) {
            i++;
            state = State.CARRIAGE_RETURN;
          }
        }
        case CARRIAGE_RETURN -> state = stateBehindCr(bytes[i++]);
        case LINE_START -> {
          if (bytes[i] == '.') {
            handOver(bytes, contentStart, i);
            contentStart = ++i;
            state = State.DOT;
          } else {
            state = State.TEXT;
          }
        }
        case DOT -> {
          if (bytes[i] == '\r') {
            // Held back: content starts behind it, whichever way it goes.
            contentStart = ++i;
            state = State.DOT_CARRIAGE_RETURN;
          } else {
            state = State.TEXT;
          }
        }
        case DOT_CARRIAGE_RETURN -> {
          if (bytes[i] == '\n') {
            return i + 1;
          }
          sink.add(CR, 0, 1);
          state = State.CARRIAGE_RETURN;
        }
      }
    }
    handOver(bytes, contentStart, end);
    return MORE;
  }

  private static State stateBehindCr(byte b) {
    return switch (b) {
      case '\n' -> State.LINE_START;
      case '\r' -> State.CARRIAGE_RETURN;
      default -> State.TEXT;
    };
  }

  private static int indexOfCr(byte[] bytes, int from, int end) {
    int i = from;
    while (i < end && bytes[i] != '\r') {
      i++;
    }
    return i;
  }

  private void handOver(byte[] bytes, int from, int to) {
    if (to > from) {
      sink.add(bytes, from, to - from);
    }
  }
}

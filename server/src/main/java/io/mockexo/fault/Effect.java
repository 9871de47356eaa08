package io.mockexo.fault;

import io.mockexo.tls.AlertDescription;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What happens to a connection when a fault fires. Delays and drips go on to what comes next; every
 * other effect ends the stage, and its command or message is not carried out.
 *
 * @since 0.1
 */
public sealed interface Effect {

  /** The longest delay, and the longest pause of a drip. */
  Duration MAX_PAUSE = Duration.ofDays(1);

  /** The most bytes of garbage, and the most that a drip sends at a time. */
  int MAX_BYTES = 1 << 20;

  /** The word for this effect, the same in Java, YAML and messages. */
  Kind kind();

  /** The kinds of effect. */
  enum Kind {
    DROP("drop"),
    STALL("stall"),
    STOP_READING("stopReading"),
    DELAY("delay"),
    DRIP("drip"),
    GARBAGE("garbage"),
    REPLY("reply"),
    ALERT("alert");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The word of the grammar: {@code drop}, {@code stopReading}. */
    @Override
    public String toString() {
      return word;
    }
  }

  /** The connection is ended with FIN ({@link Drop#FIN}). */
  record Close() implements Effect {
    @Override
    public Kind kind() {
      return Kind.DROP;
    }

    @Override
    public String toString() {
      return "drop(FIN)";
    }
  }

  /** The connection is ended with RST ({@link Drop#RST}). */
  record Reset() implements Effect {
    @Override
    public Kind kind() {
      return Kind.DROP;
    }

    @Override
    public String toString() {
      return "drop(RST)";
    }
  }

  /**
   * Nothing is answered any more; what the client sends is read and discarded, so that the moment
   * at which it gives up is known. Its kernel sees everything acknowledged, which is not quite what
   * lost packets look like.
   */
  record Stall() implements Effect {
    @Override
    public Kind kind() {
      return Kind.STALL;
    }

    @Override
    public String toString() {
      return "stall()";
    }
  }

  /**
   * Nothing is answered and nothing is read any more, until the window of the client is full. When
   * it gives up cannot be seen before the stall timeout has run out.
   */
  record StopReading() implements Effect {
    @Override
    public Kind kind() {
      return Kind.STOP_READING;
    }

    @Override
    public String toString() {
      return "stopReading()";
    }
  }

  /**
   * Everything waits, then goes on.
   *
   * @param time how long, up to {@link #MAX_PAUSE}
   */
  record Delay(Duration time) implements Effect {
    public Delay {
      requirePause(time, "a delay");
    }

    @Override
    public Kind kind() {
      return Kind.DELAY;
    }

    @Override
    public String toString() {
      return "delay(%s)".formatted(time);
    }
  }

  /**
   * From this stage on, all that the server sends comes in small pieces.
   *
   * @param bytes how many at a time, up to {@link #MAX_BYTES}
   * @param interval the pause after each piece, up to {@link #MAX_PAUSE}
   */
  record Drip(int bytes, Duration interval) implements Effect {
    public Drip {
      requireBytes(bytes, "a drip");
      requirePause(interval, "the interval of a drip");
    }

    @Override
    public Kind kind() {
      return Kind.DRIP;
    }

    @Override
    public String toString() {
      return "drip(%d, %s)".formatted(bytes, interval);
    }
  }

  /**
   * Bytes without meaning stand where the answer should be, always the same ones. Where a reply is
   * due they end with CRLF, so that the client takes them for one. In a handshake they are no TLS
   * record, and nothing is said after them.
   *
   * @param bytes how many, up to {@link #MAX_BYTES}
   */
  record Garbage(int bytes) implements Effect {
    public Garbage {
      requireBytes(bytes, "garbage");
    }

    @Override
    public Kind kind() {
      return Kind.GARBAGE;
    }

    @Override
    public String toString() {
      return "garbage(%d)".formatted(bytes);
    }
  }

  /**
   * A reply stands where the server's own should be. One of 400 and above refuses, and the command
   * or message is not carried out; any other is only said: the server goes on by what it would have
   * answered.
   */
  sealed interface Answer extends Effect {
    /** The three-digit reply code. */
    int code();

    /**
     * Whether the connection is closed after it, with FIN, and inside TLS with close_notify; code
     * 421 always closes.
     */
    boolean thenClose();

    /** The same, and then the connection is closed. */
    Answer closing();

    @Override
    default Kind kind() {
      return Kind.REPLY;
    }
  }

  /**
   * A reply of choice.
   *
   * @param code the three-digit reply code (RFC 5321, section 4.2), 200 to 599
   * @param lines the text of each line, with the enhanced status code if it has one; printable
   *     US-ASCII, never empty
   * @param thenClose see {@link Answer#thenClose}
   */
  record Reply(int code, List<String> lines, boolean thenClose) implements Answer {
    public Reply {
      lines = List.copyOf(lines);
      ReplySyntax.check(code, lines);
    }

    @Override
    public Answer closing() {
      return new Reply(code, lines, true);
    }

    @Override
    public String toString() {
      String text = lines.stream().collect(Collectors.joining("\\n"));
      return "reply(%d, \"%s\")%s".formatted(code, text, thenClose ? ".thenClose()" : "");
    }
  }

  /**
   * A refusal in the words of Exchange.
   *
   * @param error which
   * @param thenClose see {@link Answer#thenClose}
   */
  record Refusal(ExchangeError error, boolean thenClose) implements Answer {
    @Override
    public int code() {
      return error.code();
    }

    @Override
    public Answer closing() {
      return new Refusal(error, true);
    }

    @Override
    public String toString() {
      return "reply(%s)%s".formatted(error, thenClose ? ".thenClose()" : "");
    }
  }

  /**
   * The server sends a fatal alert and closes with FIN.
   *
   * @param description which
   */
  record Alert(AlertDescription description) implements Effect {
    @Override
    public Kind kind() {
      return Kind.ALERT;
    }

    @Override
    public String toString() {
      return "alert(%s)".formatted(description);
    }
  }

  /** Whether what comes next at this stage still happens. */
  default boolean goesOn() {
    return this instanceof Delay || this instanceof Drip;
  }

  /** Whether nothing of the connection is carried out any more after it. */
  default boolean endsConnection() {
    return switch (kind()) {
      case DROP, STALL, STOP_READING, ALERT -> true;
      case REPLY -> this instanceof Answer answer && (answer.thenClose() || answer.code() == 421);
      case DELAY, DRIP, GARBAGE -> false;
    };
  }

  private static void requirePause(Duration time, String what) {
    if (time.isNegative() || time.isZero() || time.compareTo(MAX_PAUSE) > 0) {
      throw new IllegalArgumentException(
          "%s must be longer than nothing and at most %s, but is %s"
              .formatted(what, MAX_PAUSE, time));
    }
  }

  private static void requireBytes(int bytes, String what) {
    if (bytes < 1 || bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "%s must have 1 to %d bytes, but has %d".formatted(what, MAX_BYTES, bytes));
    }
  }

  /** The words of all effects, for messages. */
  static String words(Stream<Kind> kinds) {
    return kinds.map(Kind::toString).collect(Collectors.joining(", "));
  }
}

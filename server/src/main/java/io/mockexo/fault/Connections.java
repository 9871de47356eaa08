package io.mockexo.fault;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which connections a fault is for, by number.
 *
 * @param counted what is counted
 * @param first the first number, from 1
 * @param last the last number, {@link #NO_END} for all that follow
 * @since 0.1
 */
public record Connections(Counted counted, int first, int last) {

  /** As {@code last}: no end. */
  public static final int NO_END = Integer.MAX_VALUE;

  private static final String EVERY = "every";
  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,9})(?:\\s*(-)\\s*(\\d{1,9})?)?");

  /** What is counted. */
  public enum Counted {
    /** Connections, in the order in which they were accepted. */
    CONNECTION("onConnection"),
    /** Connections that reached EHLO or HELO, in the order in which they did. */
    ATTEMPT("onAttempt");

    private final String word;

    Counted(String word) {
      this.word = word;
    }

    /** The word of the grammar. */
    @Override
    public String toString() {
      return word;
    }
  }

  /** Refuses numbers that no connection has. */
  public Connections {
    if (first < 1) {
      throw new IllegalArgumentException("connections are numbered from 1, not " + first);
    }
    if (last < first) {
      throw new IllegalArgumentException(
          "the last connection, %d, is before the first, %d".formatted(last, first));
    }
  }

  /** Exactly one connection. */
  public static Connections connection(int number) {
    return new Connections(Counted.CONNECTION, number, number);
  }

  /** A range of connections, both ends included. */
  public static Connections connections(int first, int last) {
    return new Connections(Counted.CONNECTION, first, last);
  }

  /** Every connection. */
  public static Connections every() {
    return new Connections(Counted.CONNECTION, 1, NO_END);
  }

  /** Exactly one attempt. */
  public static Connections attempt(int number) {
    return new Connections(Counted.ATTEMPT, number, number);
  }

  /**
   * Reads {@code 3}, {@code 2-5}, {@code 2-} or {@code every}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static Connections parse(Counted counted, String text) {
    if (text.strip().equals(EVERY)) {
      return new Connections(counted, 1, NO_END);
    }
    Matcher numbers = NUMBERS.matcher(text.strip());
    if (!numbers.matches()) {
      throw new IllegalArgumentException(
          "expected a number from 1, a range such as 2-5 or 2-, or every, but this is '%s'"
              .formatted(text));
    }
    int first = Integer.parseInt(numbers.group(1));
    if (numbers.group(2) == null) {
      return new Connections(counted, first, first);
    }
    String last = numbers.group(3);
    return new Connections(counted, first, last == null ? NO_END : Integer.parseInt(last));
  }

  /** Whether {@code number} is one of them. */
  public boolean contains(int number) {
    return first <= number && number <= last;
  }

  /**
   * The same counted from later on: every connection stays every one, and attempts are counted anew
   * wherever a script begins.
   *
   * @param accepted how many connections have been accepted
   */
  Connections after(int accepted) {
    return counted == Counted.ATTEMPT || inexactness() == 2
        ? this
        : new Connections(counted, first + accepted, last == NO_END ? last : last + accepted);
  }

  /** Whether all of {@code others} are among them. */
  boolean covers(Connections others) {
    return counted == others.counted && first <= others.first && others.last <= last;
  }

  /**
   * Refuses connections that have all come already. Attempts may always come.
   *
   * @param accepted how many connections have been accepted
   */
  public void requireToCome(int accepted) {
    if (counted == Counted.CONNECTION && last <= accepted) {
      throw new IllegalArgumentException(
          "%s has been accepted already; the next connection is number %d"
              .formatted(this, accepted + 1));
    }
  }

  /** What is more exact comes first: one number before a range, a range before every. */
  public static Comparator<Connections> exactFirst() {
    return Comparator.comparingInt(Connections::inexactness);
  }

  private int inexactness() {
    if (first == last) {
      return 0;
    }
    return first == 1 && last == NO_END ? 2 : 1;
  }

  /** The numbers as {@link #parse} reads them. */
  public String numbers() {
    if (first == last) {
      return Integer.toString(first);
    }
    if (last == NO_END) {
      return first == 1 ? EVERY : first + "-";
    }
    return first + "-" + last;
  }

  @Override
  public String toString() {
    return "%s: %s".formatted(counted, numbers());
  }
}

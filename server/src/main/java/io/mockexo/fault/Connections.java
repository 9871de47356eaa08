package io.mockexo.fault;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which connections a fault, or a rule, is for, by number.
 *
 * @param counted what is counted
 * @param first the first number, from 1
 * @param last the last number, {@link #NO_END} for all that follow
 * @param step from one number to the next, 1 for all of them
 * @since 0.1
 */
public record Connections(Counted counted, int first, int last, int step) {

  /** As {@code last}: no end. */
  public static final int NO_END = Integer.MAX_VALUE;

  private static final String EVERY = "every";
  private static final Pattern NUMBERS =
      Pattern.compile("(\\d{1,9})(?:\\s*(-)\\s*(\\d{1,9})?(?:\\s*/\\s*(\\d{1,9}))?)?");

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
    if (step < 1 || (step > 1 && last - first < step)) {
      throw new IllegalArgumentException(
          "a step of %d leads from connection %d to no other up to the last"
              .formatted(step, first));
    }
    last = last == NO_END ? last : last - (last - first) % step;
  }

  /** All from the first to the last. */
  public Connections(Counted counted, int first, int last) {
    this(counted, first, last, 1);
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

  /**
   * Of these, the first and from it on each n-th: {@code every().each(2)} are 1, 3, 5 ...
   *
   * @throws IllegalArgumentException if there is no second one
   */
  public Connections each(int n) {
    return new Connections(counted, first, last, step * n);
  }

  /** Exactly one attempt. */
  public static Connections attempt(int number) {
    return new Connections(Counted.ATTEMPT, number, number);
  }

  /**
   * Reads {@code 3}, {@code 2-5}, {@code 2-}, {@code 1-/2} (each second one from 1 on) or {@code
   * every}.
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
          "expected a number from 1, a range such as 2-5, 2- or 1-/2, or every, but this is '%s'"
              .formatted(text));
    }
    int first = Integer.parseInt(numbers.group(1));
    if (numbers.group(2) == null) {
      return new Connections(counted, first, first);
    }
    String last = numbers.group(3);
    String step = numbers.group(4);
    return new Connections(
        counted,
        first,
        last == null ? NO_END : Integer.parseInt(last),
        step == null ? 1 : Integer.parseInt(step));
  }

  /** Whether {@code number} is one of them. */
  public boolean contains(int number) {
    return first <= number && number <= last && (number - first) % step == 0;
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
        : new Connections(counted, first + accepted, last == NO_END ? last : last + accepted, step);
  }

  /** Whether all of {@code others} are among them. */
  public boolean covers(Connections others) {
    boolean inStep =
        (others.first - first) % step == 0
            && (others.first == others.last || others.step % step == 0);
    return counted == others.counted && first <= others.first && others.last <= last && inStep;
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

  /**
   * Refuses attempts, for which there can be no rules.
   *
   * @throws IllegalArgumentException if attempts are counted
   */
  public void requireRules() {
    if (counted == Counted.ATTEMPT) {
      throw new IllegalArgumentException(
          "rules hold from accept on, and attempts are counted at EHLO; number the connections"
              + " instead of "
              + this);
    }
  }

  /**
   * Refuses {@code later} beside {@code earlier} if what is for one of them could never hold: the
   * more exact comes first, and of two that are as exact the earlier one.
   *
   * @throws IllegalArgumentException if one of them leaves no connection to the other
   */
  public static void requireRoom(Connections earlier, Connections later) {
    boolean laterIsFirst = exactFirst().compare(later, earlier) < 0;
    Connections first = laterIsFirst ? later : earlier;
    Connections second = laterIsFirst ? earlier : later;
    if (first.equals(second)) {
      throw new IllegalArgumentException(
          "there are rules for these connections already; leave one of them out");
    } else if (first.covers(second)) {
      throw new IllegalArgumentException(
          "the rules for %s never hold, since those for %s come first; leave one of them out"
              .formatted(second.numbers(), first.numbers()));
    }
  }

  private int inexactness() {
    if (first == last) {
      return 0;
    }
    return first == 1 && last == NO_END && step == 1 ? 2 : 1;
  }

  /** The numbers as {@link #parse} reads them. */
  public String numbers() {
    if (first == last) {
      return Integer.toString(first);
    }
    if (inexactness() == 2) {
      return EVERY;
    }
    String range = first + "-" + (last == NO_END ? "" : last);
    return step == 1 ? range : range + "/" + step;
  }

  @Override
  public String toString() {
    return "%s: %s".formatted(counted, numbers());
  }
}

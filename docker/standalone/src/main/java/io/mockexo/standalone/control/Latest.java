package io.mockexo.standalone.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The last so many of something, numbered one by one. Not thread-safe. */
final class Latest<T> {

  /** One of them. */
  record Numbered<T>(long number, T value) {}

  private final int most;
  private final long begin;

  /** Each at its distance from the beginning modulo {@link #most}. */
  private final List<Numbered<T>> kept = new ArrayList<>();

  private long last;

  /**
   * Keeps {@code most}.
   *
   * @param begin the number before the first
   */
  Latest(int most, long begin) {
    this.most = most;
    this.begin = begin;
    this.last = begin;
  }

  void add(T value) {
    last++;
    Numbered<T> added = new Numbered<>(last, value);
    if (kept.size() < most) {
      kept.add(added);
    } else {
      kept.set(index(last), added);
    }
  }

  /** The number of the latest. */
  long last() {
    return last;
  }

  int size() {
    return kept.size();
  }

  /** The first that is kept and has a number above {@code number}. */
  Optional<Numbered<T>> after(long number) {
    long next = Math.max(number, last - kept.size()) + 1;
    return next > last ? Optional.empty() : Optional.of(kept.get(index(next)));
  }

  private int index(long number) {
    return (int) ((number - begin - 1) % most);
  }
}

package io.mockexo.client.wire;

import java.util.List;

/** Text with a structure, JSON or YAML, in which each value knows where it stands. */
public interface Tree {

  /** What a value can be. */
  enum Kind {
    MAPPING,
    SEQUENCE,
    /** Anything with a text: a string, a number, a truth value. */
    TEXT,
    /** {@code null}. */
    NOTHING
  }

  /**
   * An entry of a mapping.
   *
   * @param key has a text, unless it is YAML of the stranger kind
   */
  record Entry(Tree key, Tree value) {}

  Kind kind();

  /** The entries of a mapping as they stand, also those with the same key. */
  List<Entry> entries();

  /** The elements of a sequence. */
  List<Tree> elements();

  /** The text of a value that has one. */
  String text();

  /** Line and column of the beginning, from 1: {@code 3:11}. */
  String position();
}

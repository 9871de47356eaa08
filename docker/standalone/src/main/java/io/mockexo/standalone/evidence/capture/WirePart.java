package io.mockexo.standalone.evidence.capture;

import io.mockexo.journal.SessionEvent.Direction;

/** Something that passed on a wire. */
final class WirePart {

  /** What a part takes besides its bytes, by estimate. */
  static final int OVERHEAD = 96;

  private static final byte[] NOTHING = {};

  /** What it is. */
  enum Kind {
    BYTES,
    /** Bytes of which only the number is known. */
    LEFT_OUT,
    FIN,
    RST
  }

  private final Kind kind;
  private final Direction direction;
  private final long atNanos;
  private final byte[] bytes;
  private final long count;

  private WirePart(Kind kind, Direction direction, long atNanos, byte[] bytes, long count) {
    this.kind = kind;
    this.direction = direction;
    this.atNanos = atNanos;
    this.bytes = bytes;
    this.count = count;
  }

  static WirePart bytes(Direction direction, long atNanos, byte[] bytes) {
    return new WirePart(Kind.BYTES, direction, atNanos, bytes, bytes.length);
  }

  static WirePart leftOut(Direction direction, long atNanos, long count) {
    return new WirePart(Kind.LEFT_OUT, direction, atNanos, NOTHING, count);
  }

  static WirePart end(Kind kind, Direction direction, long atNanos) {
    return new WirePart(kind, direction, atNanos, NOTHING, 0);
  }

  /** The same, but that of bytes only the number is known. */
  WirePart withoutBytes() {
    return kind == Kind.BYTES ? leftOut(direction, atNanos, count) : this;
  }

  Kind kind() {
    return kind;
  }

  Direction direction() {
    return direction;
  }

  /** The time since accept. */
  long atNanos() {
    return atNanos;
  }

  /** Not to be written to. */
  byte[] bytes() {
    return bytes;
  }

  /** How many bytes passed. */
  long count() {
    return count;
  }
}

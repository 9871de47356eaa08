package io.mockexo.internal.smtp;

import io.mockexo.journal.MessageContent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes one message as it streams in. Its bytes are kept once, in segments that grow with the
 * message and are paid for out of a {@link ByteBudget}; a message that the budget has no room for,
 * or that is larger than allowed, is let go and only measured on.
 */
public final class MessageCollector implements DotUnstuffer.Sink {

  static final int FIRST_SEGMENT = 1024;

  /**
   * Far from half a region of the smallest heap: a collector such as G1 rounds what is larger up to
   * whole regions, so that a megabyte takes two, and a full journal twice its limit.
   */
  static final int LARGEST_SEGMENT = 256 * 1024;

  private final long maxSize;
  private final ByteBudget budget;
  private final MessageIdFinder finder = new MessageIdFinder();
  private final List<byte[]> segments = new ArrayList<>();
  private final MessageDigest digest = sha256();
  private byte[] current = new byte[0];
  private int filled;
  private boolean keeping = true;
  private long size;
  private long reserved;

  /**
   * What a complete message was.
   *
   * @param messageId null when it has none
   * @param bodyHash SHA-256 in hexadecimal when it has no Message-ID, else null
   * @param content null when it was let go
   */
  record Message(
      @Nullable String messageId, @Nullable String bodyHash, @Nullable MessageContent content) {}

  /**
   * A collector for one message.
   *
   * @param maxSize in bytes; what is larger is counted and not kept
   */
  public MessageCollector(long maxSize, ByteBudget budget) {
    this.maxSize = maxSize;
    this.budget = budget;
  }

  @Override
  public void add(byte[] bytes, int offset, int length) {
    size += length;
    if (!finder.isDone()) {
      finder.add(bytes, offset, length);
    }
    if (finder.messageId() == null) {
      digest.update(bytes, offset, length);
    }
    if (keeping && exceedsLimit()) {
      letGo();
    }
    if (keeping) {
      keep(bytes, offset, length);
    }
  }

  /** The length of the message so far, kept or not. */
  public long size() {
    return size;
  }

  /** Whether the message is larger than allowed. */
  boolean exceedsLimit() {
    return size > maxSize;
  }

  /** The Message-ID, as far as it has come. */
  @Nullable String messageId() {
    return finder.messageId();
  }

  /**
   * The message, now that it is complete; it shares the bytes with this collector, which is done.
   */
  Message complete() {
    finder.end();
    String messageId = finder.messageId();
    String bodyHash = messageId == null ? HexFormat.of().formatHex(digest.digest()) : null;
    MessageContent content = keeping ? MessageContent.ofSegments(segments, filled) : null;
    return new Message(messageId, bodyHash, content);
  }

  private void keep(byte[] bytes, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (filled == current.length && !extend()) {
        letGo();
        return;
      }
      int part = Math.min(left, current.length - filled);
      System.arraycopy(bytes, from, current, filled, part);
      filled += part;
      from += part;
      left -= part;
    }
  }

  private boolean extend() {
    int length = segments.isEmpty() ? FIRST_SEGMENT : Math.min(2 * current.length, LARGEST_SEGMENT);
    if (!budget.reserve(length)) {
      return false;
    }
    reserved += length;
    current = new byte[length];
    segments.add(current);
    filled = 0;
    return true;
  }

  /** Keeps none of it from now on, and puts back what was reserved for it. */
  void letGo() {
    keeping = false;
    segments.clear();
    current = new byte[0];
    filled = 0;
    budget.release(reserved);
    reserved = 0;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}

package io.mockexo.journal;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The bytes of a message, kept in the segments in which they were received so that they are never
 * held twice. Immutable.
 *
 * @since 0.1
 */
public final class MessageContent {

  private final List<byte[]> segments;
  private final int lastLength;
  private final long size;

  private MessageContent(List<byte[]> segments, int lastLength) {
    this.segments = List.copyOf(segments);
    this.lastLength = lastLength;
    long total = lastLength;
    for (int i = 0; i < segments.size() - 1; i++) {
      total += segments.get(i).length;
    }
    this.size = total;
  }

  /**
   * Takes over {@code segments}, which nobody may write to from then on.
   *
   * @param lastLength how much of the last segment is filled
   */
  public static MessageContent ofSegments(List<byte[]> segments, int lastLength) {
    return new MessageContent(segments, lastLength);
  }

  /** A message of these bytes, which are copied. */
  public static MessageContent of(byte[] bytes) {
    return new MessageContent(List.of(bytes.clone()), bytes.length);
  }

  /** The length in bytes. */
  public long size() {
    return size;
  }

  /** The message as a stream, without copying it. */
  public InputStream openStream() {
    List<InputStream> parts = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      byte[] segment = segments.get(i);
      boolean last = i == segments.size() - 1;
      parts.add(new ByteArrayInputStream(segment, 0, last ? lastLength : segment.length));
    }
    return new SequenceInputStream(Collections.enumeration(parts));
  }

  /** A copy of the message. */
  public byte[] toByteArray() {
    byte[] bytes = new byte[Math.toIntExact(size)];
    int position = 0;
    for (int i = 0; i < segments.size(); i++) {
      int length = i == segments.size() - 1 ? lastLength : segments.get(i).length;
      System.arraycopy(segments.get(i), 0, bytes, position, length);
      position += length;
    }
    return bytes;
  }
}

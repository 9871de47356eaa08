package io.mockexo.standalone.evidence.capture;

import io.mockexo.journal.SessionEvent.Direction;
import io.mockexo.journal.SmtpSession;
import io.mockexo.journal.WireListener;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What passed on one wire. Written by the thread of the connection, read by any; the ends are kept
 * always, and of bytes for which there is no room the number.
 */
public final class WireRecord implements WireListener.Connection {

  private final WireMemory memory;
  private final WireMemory.Key key;
  private final InetSocketAddress peer;
  private final InetSocketAddress local;
  private final List<WirePart> parts = new ArrayList<>();
  private final List<WirePart> ends = new ArrayList<>();
  private long size;
  private boolean cut;
  private long cutAtNanos;
  private long receivedLeftOut;
  private long sentLeftOut;

  WireRecord(WireMemory memory, WireMemory.Key key, SmtpSession session, long size) {
    this.memory = memory;
    this.key = key;
    this.peer = session.peer();
    this.local = session.local().orElse(session.peer());
    this.size = size;
  }

  /**
   * Once something is left out so is the rest: TLS cannot be read behind a gap, and what is counted
   * takes no room however long it goes on.
   */
  @Override
  public synchronized void bytes(Duration at, Direction direction, ByteBuffer bytes) {
    long cost = (long) WirePart.OVERHEAD + bytes.remaining();
    if (!cut && size + cost <= memory.maxBytesOfOne() && memory.reserve(cost)) {
      size += cost;
      byte[] copy = new byte[bytes.remaining()];
      bytes.get(copy);
      parts.add(WirePart.bytes(direction, at.toNanos(), copy));
      return;
    }
    if (!cut) {
      cut = true;
      cutAtNanos = at.toNanos();
    }
    if (direction == Direction.SENT) {
      sentLeftOut += bytes.remaining();
    } else {
      receivedLeftOut += bytes.remaining();
    }
  }

  @Override
  public void fin(Duration at, Direction direction) {
    end(WirePart.Kind.FIN, at, direction);
  }

  @Override
  public void rst(Duration at, Direction direction) {
    end(WirePart.Kind.RST, at, direction);
  }

  /** The other side may go on sending after a FIN: ends stay among the bytes until the cut. */
  private synchronized void end(WirePart.Kind kind, Duration at, Direction direction) {
    (cut ? ends : parts).add(WirePart.end(kind, direction, at.toNanos()));
  }

  @Override
  public void closed(Duration at) {
    memory.completed(key, this);
  }

  /** What it takes, by estimate. */
  synchronized long size() {
    return size;
  }

  /** How many bytes were left out; 0 if it is whole. */
  public synchronized long leftOut() {
    return receivedLeftOut + sentLeftOut;
  }

  InetSocketAddress peer() {
    return peer;
  }

  InetSocketAddress local() {
    return local;
  }

  Instant acceptedAt() {
    return key.acceptedAt();
  }

  String endpointName() {
    return key.endpointName();
  }

  int number() {
    return key.number();
  }

  /** All that passed so far, in order. */
  synchronized List<WirePart> parts() {
    List<WirePart> all = new ArrayList<>(parts);
    if (receivedLeftOut > 0) {
      all.add(WirePart.leftOut(Direction.RECEIVED, cutAtNanos, receivedLeftOut));
    }
    if (sentLeftOut > 0) {
      all.add(WirePart.leftOut(Direction.SENT, cutAtNanos, sentLeftOut));
    }
    all.addAll(ends);
    return all;
  }
}

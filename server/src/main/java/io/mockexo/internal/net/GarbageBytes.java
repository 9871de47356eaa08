package io.mockexo.internal.net;

import io.mockexo.fault.Effect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Bytes without meaning, the same every time: no reply code, no TLS record, no end of a line. */
final class GarbageBytes {

  private static final int SEED = 0xA5;
  private static final int STEP = 37;

  private GarbageBytes() {}

  static ByteBuf of(Effect.Garbage garbage) {
    return Unpooled.wrappedBuffer(bytes(garbage.bytes()));
  }

  /** The same, ended like a line. */
  static ByteBuf lineOf(Effect.Garbage garbage) {
    return Unpooled.wrappedBuffer(bytes(garbage.bytes()), new byte[] {'\r', '\n'});
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (0x80 | (SEED + STEP * i));
    }
    return bytes;
  }
}

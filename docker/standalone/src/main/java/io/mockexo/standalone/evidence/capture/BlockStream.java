package io.mockexo.standalone.evidence.capture;

import java.io.InputStream;
import java.util.Iterator;

/** Blocks as a stream; each is asked for when the one before has been read. */
final class BlockStream extends InputStream {

  private final Iterator<byte[]> blocks;
  private byte[] block = {};
  private int position;

  BlockStream(Iterator<byte[]> blocks) {
    this.blocks = blocks;
  }

  private boolean hasMore() {
    while (position == block.length && blocks.hasNext()) {
      block = blocks.next();
      position = 0;
    }
    return position < block.length;
  }

  @Override
  public int read() {
    return hasMore() ? block[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    } else if (!hasMore()) {
      return -1;
    }
    int count = Math.min(length, block.length - position);
    System.arraycopy(block, position, into, offset, count);
    position += count;
    return count;
  }
}

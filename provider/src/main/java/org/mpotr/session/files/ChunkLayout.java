package org.mpotr.session.files;

import org.mpotr.epoch.EpochParameters;
import org.mpotr.wire.Frame;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireWriter;

/**
 * How a file is cut into chunks (PROTOCOL.md, section 11): all have one size but the last, which
 * has what is left. A file without bytes has one chunk without bytes.
 *
 * @param size of the file in bytes, 0 to 2⁴⁰
 * @param chunkSize 1,024 to 262,144, a power of two
 */
record ChunkLayout(long size, int chunkSize) {

  /** The smallest chunks. */
  static final int MIN_CHUNK_SIZE = 1 << 10;

  /** The largest chunks. */
  static final int MAX_CHUNK_SIZE = 1 << 18;

  /** The most chunks of a file, so that what is kept of each of them stays small. */
  static final int MAX_CHUNKS = 1 << 25;

  /** The longest path from a leaf to the root, in bytes. */
  static final int MAX_PATH_BYTES = 25 * Message.HASH_BYTES;

  private static final long MAX_SIZE = 1L << 40;
  private static final int BLOCK_BYTES = 16;
  private static final int KIND_SEQ_AND_NO_PARENTS_BYTES = 1 + 8 + 1;

  /**
   * @throws IllegalArgumentException when a number is out of its range
   */
  ChunkLayout {
    if (size < 0 || size > MAX_SIZE) {
      throw new IllegalArgumentException("the size of a file is from 0 to 2\u2074\u2070");
    }
    if (chunkSize < MIN_CHUNK_SIZE
        || chunkSize > MAX_CHUNK_SIZE
        || Integer.bitCount(chunkSize) != 1) {
      throw new IllegalArgumentException(
          "the size of a chunk is a power of two from 1,024 to 262,144");
    }
    if (size > (long) MAX_CHUNKS * chunkSize) {
      throw new IllegalArgumentException("a file has at most 33,554,432 chunks");
    }
  }

  /**
   * The layout with the largest chunks whose frames an epoch allows.
   *
   * @throws IllegalArgumentException when the file is longer than the epoch allows, or would have
   *     too many chunks
   */
  static ChunkLayout largest(long size, EpochParameters parameters) {
    int chunkSize = MAX_CHUNK_SIZE;
    ChunkLayout layout = new ChunkLayout(size, chunkSize);
    while (chunkSize > MIN_CHUNK_SIZE && layout.frameBytes(parameters) > frameLimit(parameters)) {
      chunkSize /= 2;
      layout = new ChunkLayout(size, chunkSize);
    }
    layout.requireAllowed(parameters);
    return layout;
  }

  /**
   * @throws IllegalArgumentException when the file, or the frame of a chunk, is longer than the
   *     epoch allows
   */
  void requireAllowed(EpochParameters parameters) {
    if (size > parameters.limits().fileBytes()) {
      throw new IllegalArgumentException("the file is longer than the session allows");
    }
    if (frameBytes(parameters) > frameLimit(parameters)) {
      throw new IllegalArgumentException("a chunk does not fit into a frame of the session");
    }
  }

  /** The number of chunks, 1 to 2²⁵. */
  int count() {
    return (int) Math.max(1, (size + chunkSize - 1) / chunkSize);
  }

  /** Whether there is a chunk of this index. */
  boolean has(long index) {
    return index >= 0 && index < count();
  }

  /** Where a chunk begins. */
  long position(int index) {
    return (long) index * chunkSize;
  }

  /** The number of bytes of a chunk. */
  int length(int index) {
    return (int) Math.min(chunkSize, size - position(index));
  }

  /** Where the key stream of a chunk begins, in blocks of the cipher. */
  long block(int index) {
    return position(index) / BLOCK_BYTES;
  }

  /** The number of bytes of the path from a chunk's leaf to the root. */
  int pathBytes(int index) {
    int siblings = 0;
    int last = count() - 1;
    for (int position = index; last > 0; position >>= 1, last >>= 1) {
      siblings += (position ^ 1) <= last ? 1 : 0;
    }
    return siblings * Message.HASH_BYTES;
  }

  /** The levels of the tree above its leaves, 0 to 25: the most siblings on a path. */
  int levels() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(count() - 1);
  }

  /** The longest frame of a chunk. */
  private int frameBytes(EpochParameters parameters) {
    int content = FileChunk.encodedLength(chunkSize, levels() * Message.HASH_BYTES);
    int inner = KIND_SEQ_AND_NO_PARENTS_BYTES + WireWriter.prefixSize(content) + content;
    return Frame.OVERHEAD_BYTES + parameters.padding().paddedLength(inner);
  }

  private static int frameLimit(EpochParameters parameters) {
    return parameters.limits().frameBytes();
  }
}

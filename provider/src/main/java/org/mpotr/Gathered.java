package org.mpotr;

import java.util.Arrays;

/**
 * What {@code update} gathers until {@code doFinal}: bounded, and cleared when it is done with. Of
 * more than it may hold it keeps one byte, so that whoever judges the length sees that it is too
 * long, at the one place that may refuse it.
 */
final class Gathered {

  private static final int INITIAL_BYTES = 1_024;

  private final int limit;
  private byte[] bytes = new byte[0];
  private int length;

  Gathered(int limit) {
    this.limit = limit + 1;
  }

  int length() {
    return length;
  }

  /** The array itself, of which the first {@link #length()} bytes count. */
  byte[] bytes() {
    return bytes;
  }

  void add(byte[] input, int offset, int given) {
    int count = Math.min(given, limit - length);
    if (count == 0) {
      return;
    }
    if (length + count > bytes.length) {
      byte[] larger =
          Arrays.copyOf(bytes, Math.max(length + count, Math.max(INITIAL_BYTES, 2 * length)));
      Arrays.fill(bytes, (byte) 0);
      bytes = larger;
    }
    System.arraycopy(input, offset, bytes, length, count);
    length += count;
  }

  void clear() {
    Arrays.fill(bytes, 0, length, (byte) 0);
    length = 0;
  }
}

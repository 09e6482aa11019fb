package org.mpotr.epoch;

/** How the length of what is said is hidden (PROTOCOL.md, section 6.3). */
public enum Padding {
  /** Not at all. */
  NONE(0) {
    @Override
    public int paddedLength(int length) {
      return length;
    }
  },
  /** Padmé: the length leaks at most O(log log n) bits, for at most 12 % more bytes. */
  PADME(1) {
    @Override
    public int paddedLength(int length) {
      int exponent = floorLog2(length);
      int kept = floorLog2(exponent) + 1;
      int mask = (1 << Math.max(0, exponent - kept)) - 1;
      return length + mask & ~mask;
    }
  };

  private final int code;

  Padding(int code) {
    this.code = code;
  }

  /** The byte in the parameters. */
  public int code() {
    return code;
  }

  /**
   * How many bytes stand for {@code length} bytes.
   *
   * @param length at least 2, at most 2²⁰
   */
  public abstract int paddedLength(int length);

  private static int floorLog2(int value) {
    return Integer.SIZE - 1 - Integer.numberOfLeadingZeros(value);
  }
}

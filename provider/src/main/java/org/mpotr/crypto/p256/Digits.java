package org.mpotr.crypto.p256;

/** Scalars as signed digits. */
final class Digits {

  private Digits() {}

  /**
   * The non-adjacent form of a public scalar: digits that are zero or odd, below 2ʷ⁻¹ in magnitude,
   * and of any {@code width} neighbours at most one not zero. Element i of 257 has the weight 2ⁱ;
   * the last one is zero for a scalar below 2²⁵⁵.
   */
  static int[] sparse(long[] scalar, int width) {
    int[] digits = new int[257];
    int carry = 0;
    // An even rest is skipped: bit and carry are both 0, or add up to 2.
    for (int i = next(scalar, 0, carry); i < digits.length; i = next(scalar, i, carry)) {
      int digit = Words.bits(scalar, i, width) + carry;
      carry = digit >>> (width - 1) & 1;
      digits[i] = digit - (carry << width);
      i += width;
    }
    return digits;
  }

  /**
   * The first position, from {@code from} on, of a bit that is not {@code bit}, where the bits from
   * 256 on are 0; {@link Integer#MAX_VALUE} where there is none.
   */
  private static int next(long[] scalar, int from, int bit) {
    int word = from >>> 6;
    long rest = word < scalar.length ? (scalar[word] ^ -bit) & -1L << from : 0;
    while (rest == 0 && ++word < scalar.length) {
      rest = scalar[word] ^ -bit;
    }
    if (word >= scalar.length) {
      return bit == 0 ? Integer.MAX_VALUE : Math.max(from, 256);
    }
    return word * 64 + Long.numberOfTrailingZeros(rest);
  }

  /**
   * The pattern of an odd secret scalar k below 2ᴺ, N = {@code windows·width}: bit j is set where
   * the sign σⱼ of k = Σ σⱼ·2ʲ, j &lt; N, is positive. All signs but the highest, a plus, are the
   * bits of k above the lowest, for Σ (2bⱼ₊₁ − 1)·2ʲ over j &lt; N − 1 is k − 1 − (2ᴺ⁻¹ − 1). A
   * window of the pattern is an odd digit between −2ʷ and 2ʷ, never zero.
   *
   * @param carry bit 256 of k
   */
  static long[] pattern(long[] k, long carry, int width, int windows) {
    int top = windows * width - 1;
    long[] pattern = new long[Words.COUNT + 1];
    for (int i = 0; i < Words.COUNT; i++) {
      long next = i + 1 < Words.COUNT ? k[i + 1] : carry;
      pattern[i] = k[i] >>> 1 | next << 63;
    }
    pattern[top >>> 6] |= 1L << top;
    return pattern;
  }

  /**
   * The sign of the odd digit of a window of {@code width} bits: −1 for a negative one, otherwise
   * 0.
   */
  static long sign(int window, int width) {
    return (window >>> (width - 1)) - 1L;
  }

  /**
   * The index i of the odd digit ±(2i + 1) of a window: its low bits, inverted where the sign is
   * negative.
   */
  static long index(int window, int width) {
    return (window ^ sign(window, width)) & ((1L << (width - 1)) - 1);
  }
}

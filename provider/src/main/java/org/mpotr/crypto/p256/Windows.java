package org.mpotr.crypto.p256;

/**
 * How public scalars below 2²⁵⁵ are cut for tables that leave no doublings: 256 bits in so many
 * windows whose widths differ by one bit at most. For a window of w bits from bit s on the table
 * has the multiples 1 to 2ʷ⁻¹ of 2ˢ·P.
 */
final class Windows {

  private static final int BITS = 64 * Words.COUNT;

  /** The lowest bit of each window, and 256. */
  private final int[] starts;

  /** The place of the first multiple of each window, and the number of all. */
  private final int[] places;

  Windows(int count) {
    starts = new int[count + 1];
    places = new int[count + 1];
    for (int i = 1; i <= count; i++) {
      starts[i] = BITS * i / count;
      places[i] = places[i - 1] + (1 << (starts[i] - starts[i - 1] - 1));
    }
  }

  int count() {
    return starts.length - 1;
  }

  /** The lowest bit of a window, or 256 for the one after the last. */
  int start(int window) {
    return starts[window];
  }

  /** Where a table has the first multiple of a window, or ends. */
  int place(int window) {
    return places[window];
  }

  /** The points of a table. */
  int points() {
    return places[count()];
  }

  /**
   * A digit for each window, from −2ʷ⁻¹ + 1 to 2ʷ⁻¹, with the sum Σ dᵢ·2^sᵢ. No carry leaves the
   * last window, whose highest bit is not set in a scalar below 2²⁵⁵.
   */
  int[] digits(long[] scalar) {
    int[] digits = new int[count()];
    int carry = 0;
    for (int i = 0; i < digits.length; i++) {
      int width = starts[i + 1] - starts[i];
      int digit = Words.bits(scalar, starts[i], width) + carry;
      carry = digit > 1 << (width - 1) ? 1 : 0;
      digits[i] = digit - (carry << width);
    }
    return digits;
  }
}

package org.mpotr.crypto.p256;

/**
 * A public multiple of a point as a sum of points of a table: those of one round, a doubling, those
 * of the next. They are copied out of the table, which seldom fits into the caches next to the
 * processor: taken ahead and by nothing but copies, many are on their way from memory at once.
 */
final class Terms {

  private final AffineTable points;
  private final boolean[] negative;
  private final int[] ends;
  private int count;

  /** Room for so many terms in so many rounds. */
  Terms(int capacity, int rounds) {
    points = new AffineTable(capacity);
    negative = new boolean[capacity];
    ends = new int[rounds];
  }

  /**
   * One round, by a table without doublings.
   *
   * @param scalar in [0, n)
   */
  static Terms ofWindows(AffineTable table, Windows windows, long[] scalar) {
    long[] half = scalar.clone();
    boolean negative = halve(half);
    int[] digits = windows.digits(half);
    Terms terms = new Terms(digits.length, 1);
    for (int i = 0; i < digits.length; i++) {
      if (digits[i] != 0) {
        int place = windows.place(i) + Math.abs(digits[i]) - 1;
        terms.add(table, place, digits[i] < 0 ^ negative);
      }
    }
    terms.ends[0] = terms.count;
    return terms;
  }

  /**
   * By a table of 2^(width − 2) odd multiples of each of the bases 2^(rounds·b)·P.
   *
   * @param scalar in [0, n)
   */
  static Terms ofRounds(AffineTable table, long[] scalar, int width, int rounds) {
    long[] half = scalar.clone();
    boolean negative = halve(half);
    int[] digits = Digits.sparse(half, width);
    Terms terms = new Terms(most(width), rounds);
    for (int round = 0; round < rounds; round++) {
      int base = 0;
      for (int i = rounds - 1 - round; i < digits.length; i += rounds) {
        if (digits[i] != 0) {
          terms.add(table, base + (Math.abs(digits[i]) >> 1), digits[i] < 0 ^ negative);
        }
        base += 1 << (width - 2);
      }
      terms.ends[round] = terms.count;
    }
    return terms;
  }

  /** The most digits that are not zero in the sparse form of a scalar below 2²⁵⁵. */
  static int most(int width) {
    return 255 / width + 1;
  }

  /** Takes n − k for k where that is the lower one; returns whether it did. */
  private static boolean halve(long[] scalar) {
    long sign = Order.upperHalf(scalar);
    Order.negateIf(scalar, sign);
    return sign != 0;
  }

  /** Adds the point of a table, or its negative. */
  void add(AffineTable table, int index, boolean negated) {
    points.copy(count, table, index);
    negative[count] = negated;
    count++;
  }

  int rounds() {
    return ends.length;
  }

  /** The number of terms up to the end of a round. */
  int end(int round) {
    return ends[round];
  }

  /** Loads a term; coordinates have spread 1 and size 1. */
  void load(int index, FieldElement x, FieldElement y) {
    points.load(index, negative[index] ? -1 : 0, x, y);
  }
}

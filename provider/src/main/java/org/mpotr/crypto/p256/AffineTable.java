package org.mpotr.crypto.p256;

/**
 * Affine points in eight words each: the canonical coordinates in Montgomery form, x first. Half
 * the width of limbs in objects, so that a table fills less of the caches and a scan reads less.
 */
final class AffineTable {

  /** Words of one point. */
  static final int POINT_WORDS = 2 * Words.COUNT;

  /** Bytes of one point. */
  static final int POINT_BYTES = 8 * POINT_WORDS;

  private static final int ROW_POINTS = 4;

  /** Words of the room that a selection needs. */
  static final int ROW_WORDS = ROW_POINTS * POINT_WORDS;

  private final long[] words;

  AffineTable(int points) {
    words = new long[points * POINT_WORDS];
  }

  int size() {
    return words.length / POINT_WORDS;
  }

  /** Stores a point whose coordinates are canonical. */
  void store(int index, FieldElement x, FieldElement y) {
    x.store(words, index * POINT_WORDS);
    y.store(words, index * POINT_WORDS + Words.COUNT);
  }

  /** Loads the point of a public index; coordinates have spread 1 and size 1. */
  void load(int index, FieldElement x, FieldElement y) {
    x.load(words, index * POINT_WORDS);
    y.load(words, index * POINT_WORDS + Words.COUNT);
  }

  /** Loads the point of a public index or, for a {@code sign} of −1 instead of 0, its negative. */
  void load(int index, long sign, FieldElement x, FieldElement y) {
    load(index, x, y);
    y.negateIf(sign);
  }

  /**
   * The points that the digits of a public scalar ask for, without their signs, in the order of the
   * digits; whatever for a digit of 0. The table has the multiples 1 to 2^(width − 1) of a base for
   * every {@code rounds}-th window. Tables seldom fit into the caches next to the processor: taken
   * ahead and by nothing but copies, many points are on their way from memory at once.
   */
  AffineTable pointsOf(int[] digits, int width, int rounds) {
    AffineTable points = new AffineTable(digits.length);
    int base = 0;
    for (int i = 0; i < digits.length; i += rounds) {
      for (int j = i; j < Math.min(i + rounds, digits.length); j++) {
        int index = base + Math.max(Math.abs(digits[j]) - 1, 0);
        System.arraycopy(words, index * POINT_WORDS, points.words, j * POINT_WORDS, POINT_WORDS);
      }
      base += 1 << (width - 1);
    }
    return points;
  }

  /**
   * Loads the point {@code first + index} for a secret index in [0, count), negated for a secret
   * {@code sign} of −1: every one of the {@code count} entries is read, and masks pick. First a row
   * of four points, in loops of the form that compilers turn into vector instructions, then one of
   * the four.
   *
   * @param count a multiple of 16
   * @param row room for {@link #ROW_WORDS}, to be cleared by the caller
   */
  void select(
      int first, int count, long index, long sign, long[] row, FieldElement x, FieldElement y) {
    long wanted = index >>> 2;
    Words.clear(row);
    for (int i = 0; i < count / ROW_POINTS; i += 4) {
      int at = (first + i * ROW_POINTS) * POINT_WORDS;
      collect(
          row, at, mask(wanted, i), mask(wanted, i + 1), mask(wanted, i + 2), mask(wanted, i + 3));
    }
    long m0 = mask(index & 3, 0);
    long m1 = mask(index & 3, 1);
    long m2 = mask(index & 3, 2);
    long m3 = mask(index & 3, 3);
    x.load(
        pick(row, 0, m0, m1, m2, m3),
        pick(row, 1, m0, m1, m2, m3),
        pick(row, 2, m0, m1, m2, m3),
        pick(row, 3, m0, m1, m2, m3));
    y.load(
        pick(row, 4, m0, m1, m2, m3),
        pick(row, 5, m0, m1, m2, m3),
        pick(row, 6, m0, m1, m2, m3),
        pick(row, 7, m0, m1, m2, m3));
    y.negateIf(sign);
  }

  /**
   * −1 where two small numbers are equal, for only then does the difference below borrow; otherwise
   * 0.
   */
  private static long mask(long a, long b) {
    return ((a ^ b) - 1) >> 63;
  }

  private void collect(long[] row, int at, long m0, long m1, long m2, long m3) {
    long[] table = words;
    for (int k = 0; k < ROW_WORDS; k++) {
      row[k] |=
          (table[at + k] & m0)
              | (table[at + ROW_WORDS + k] & m1)
              | (table[at + 2 * ROW_WORDS + k] & m2)
              | (table[at + 3 * ROW_WORDS + k] & m3);
    }
  }

  private static long pick(long[] row, int word, long m0, long m1, long m2, long m3) {
    return (row[word] & m0)
        | (row[word + POINT_WORDS] & m1)
        | (row[word + 2 * POINT_WORDS] & m2)
        | (row[word + 3 * POINT_WORDS] & m3);
  }
}

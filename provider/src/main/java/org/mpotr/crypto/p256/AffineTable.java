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

  private static final int ROW_POINTS = 8;

  /** Words of the room that a selection needs. */
  static final int ROW_WORDS = ROW_POINTS * POINT_WORDS;

  private final long[] words;

  AffineTable(int points) {
    words = new long[points * POINT_WORDS];
  }

  int size() {
    return words.length / POINT_WORDS;
  }

  /** Its points in tables of so many each. */
  AffineTable[] split(int points) {
    AffineTable[] parts = new AffineTable[size() / points];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new AffineTable(points);
      int length = points * POINT_WORDS;
      System.arraycopy(words, i * length, parts[i].words, 0, length);
    }
    return parts;
  }

  /** Stores a point whose coordinates are canonical. */
  void store(int index, FieldElement x, FieldElement y) {
    x.store(words, index * POINT_WORDS);
    y.store(words, index * POINT_WORDS + Words.COUNT);
  }

  /** Copies a point of another table. */
  void copy(int index, AffineTable from, int fromIndex) {
    System.arraycopy(from.words, fromIndex * POINT_WORDS, words, index * POINT_WORDS, POINT_WORDS);
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
   * Loads the point of a secret index, negated for a secret {@code sign} of −1, from a table of 16
   * or 32: every point is read, and masks pick. First a row of eight points, in one loop over
   * places that are the same for every table, the form that compilers turn into vector
   * instructions; then one of the eight.
   *
   * @param row room for {@link #ROW_WORDS}, to be cleared by the caller
   */
  void select(long index, long sign, long[] row, FieldElement x, FieldElement y) {
    long wanted = index >>> 3;
    if (size() == 2 * ROW_POINTS) {
      collect(row, mask(wanted, 0), mask(wanted, 1));
    } else {
      collect(row, mask(wanted, 0), mask(wanted, 1), mask(wanted, 2), mask(wanted, 3));
    }
    long m0 = -(index & 1);
    long m1 = -(index >>> 1 & 1);
    halve(row, -(index >>> 2 & 1));
    x.load(pick(row, 0, m0, m1), pick(row, 1, m0, m1), pick(row, 2, m0, m1), pick(row, 3, m0, m1));
    y.load(pick(row, 4, m0, m1), pick(row, 5, m0, m1), pick(row, 6, m0, m1), pick(row, 7, m0, m1));
    y.negateIf(sign);
  }

  /**
   * −1 where two small numbers are equal, for only then does the difference below borrow; otherwise
   * 0.
   */
  private static long mask(long a, long b) {
    return ((a ^ b) - 1) >> 63;
  }

  private void collect(long[] row, long m0, long m1) {
    long[] table = words;
    for (int k = 0; k < ROW_WORDS; k++) {
      row[k] = (table[k] & m0) | (table[ROW_WORDS + k] & m1);
    }
  }

  private void collect(long[] row, long m0, long m1, long m2, long m3) {
    long[] table = words;
    for (int k = 0; k < ROW_WORDS; k++) {
      row[k] =
          (table[k] & m0)
              | (table[ROW_WORDS + k] & m1)
              | (table[2 * ROW_WORDS + k] & m2)
              | (table[3 * ROW_WORDS + k] & m3);
    }
  }

  private static void halve(long[] row, long mask) {
    for (int k = 0; k < ROW_WORDS / 2; k++) {
      row[k] = pick(row[k], row[ROW_WORDS / 2 + k], mask);
    }
  }

  /** A word of one of four points: each mask is the choice of the higher half of what is left. */
  private static long pick(long[] row, int word, long m0, long m1) {
    return pick(
        pick(row[word], row[word + POINT_WORDS], m0),
        pick(row[word + 2 * POINT_WORDS], row[word + 3 * POINT_WORDS], m0),
        m1);
  }

  private static long pick(long a, long b, long mask) {
    return a ^ ((a ^ b) & mask);
  }
}

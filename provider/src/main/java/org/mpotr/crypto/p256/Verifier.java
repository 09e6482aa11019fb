package org.mpotr.crypto.p256;

/**
 * u₁·G + u₂·Q for public scalars, with whatever tables there are. Additions may meet equal and
 * opposite points and infinity.
 */
final class Verifier {

  private static final int SPARSE_WIDTH = 6;
  private static final int SPARSE_COUNT = 1 << (SPARSE_WIDTH - 2);

  private final XyzzPoint sum = new XyzzPoint();
  private final FieldElement x = new FieldElement();
  private final FieldElement y = new FieldElement();
  private final boolean baseTable;

  /**
   * A verifier for one signature.
   *
   * @param baseTable whether to use the large table of G, and make it if it is not there
   */
  Verifier(boolean baseTable) {
    this.baseTable = baseTable;
  }

  boolean verify(KnownKey key, SignatureScalars signature) {
    long[] u2 = signature.u2();
    AffineTable large = key.large();
    AffineTable small = key.small();
    if (large != null) {
      addWindows(large, u2, KnownKey.LARGE_WIDTH, 1);
    } else if (small != null) {
      addWindows(small, u2, KnownKey.SMALL_WIDTH, KnownKey.SMALL_ROUNDS);
    } else {
      addSparse(key, u2);
    }
    if (baseTable) {
      addWindows(BasePoint.publicTable(), signature.u1(), BasePoint.PUBLIC_WIDTH, 1);
    } else {
      BasePoint.addPublic(sum, signature.u1());
    }
    return signature.accepts(sum);
  }

  /**
   * Adds a multiple by a table that has a base for every {@code rounds}-th window: the windows of
   * one round, doublings, those of the next. Where there are doublings, this is the start of the
   * sum.
   */
  private void addWindows(AffineTable table, long[] scalar, int width, int rounds) {
    long[] half = scalar.clone();
    long sign = Order.upperHalf(half);
    Order.negateIf(half, sign);
    int[] digits = Digits.windows(half, width);
    AffineTable points = table.pointsOf(digits, width, rounds);
    for (int round = rounds - 1; round >= 0; round--) {
      if (round < rounds - 1) {
        sum.twice(width);
      }
      for (int i = round; i < digits.length; i += rounds) {
        if (digits[i] != 0) {
          points.load(i, sign ^ digits[i] >> 31, x, y);
          sum.add(x, y);
        }
      }
    }
  }

  /**
   * Starts with a multiple by nothing but the key: 16 odd multiples and a sparse form of k, where k
   * is whichever of u₂ and n − u₂ is below n/2. Before a digit d is added, the sum is s·Q with s a
   * positive multiple of 2⁶, so s ≠ ±d, and s + |d| &lt; n/2 + 2⁶, so s and ±d differ modulo n too:
   * no exceptional case arises.
   */
  private void addSparse(KnownKey key, long[] scalar) {
    AffineTable table =
        Multiples.odd(new FieldElement[] {key.x}, new FieldElement[] {key.y}, SPARSE_COUNT);
    long[] half = scalar.clone();
    long sign = Order.upperHalf(half);
    Order.negateIf(half, sign);
    int[] digits = Digits.sparse(half, SPARSE_WIDTH);
    int i = digits.length - 1;
    while (digits[i] == 0) {
      i--;
    }
    JacobianPoint point = new JacobianPoint();
    table.load(Math.abs(digits[i]) >> 1, sign, x, y);
    point.set(x, y);
    while (--i >= 0) {
      point.twice(1);
      if (digits[i] != 0) {
        table.load(Math.abs(digits[i]) >> 1, sign ^ digits[i] >> 31, x, y);
        point.add(x, y);
      }
    }
    sum.set(point);
  }
}

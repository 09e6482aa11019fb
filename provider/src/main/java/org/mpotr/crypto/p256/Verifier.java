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
      add(KnownKey.ofLarge(large, u2));
    } else if (small != null) {
      add(KnownKey.ofSmall(small, u2));
    } else {
      addSparse(key, u2);
    }
    if (baseTable) {
      add(BasePoint.publicTerms(signature.u1()));
    } else {
      BasePoint.addPublic(sum, signature.u1());
    }
    return signature.accepts(sum);
  }

  private void add(Terms terms) {
    int i = 0;
    for (int round = 0; round < terms.rounds(); round++) {
      if (round > 0) {
        sum.twice();
      }
      for (; i < terms.end(round); i++) {
        terms.load(i, x, y);
        sum.add(x, y);
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

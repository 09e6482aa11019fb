package org.mpotr.crypto.p256;

/**
 * The base point G and its tables, which are computed when first needed. One for secret scalars, of
 * 43 windows of 6 bits in odd digits (86 KiB), and one for public scalars, of 21 windows of 12 or
 * 13 bits (3.1 MiB), which is worth its making only after some verifications; the first ones take
 * the other.
 */
final class BasePoint {

  static final FieldElement X = new FieldElement();
  static final FieldElement Y = new FieldElement();

  private static final int SECRET_WIDTH = 6;
  private static final int SECRET_WINDOWS = 43;
  private static final int SECRET_COUNT = 1 << (SECRET_WIDTH - 1);

  static final Windows PUBLIC_WINDOWS = new Windows(21);

  static {
    X.fromInteger(
        new long[] {
          0xf4a13945d898c296L, 0x77037d812deb33a0L, 0xf8bce6e563a440f2L, 0x6b17d1f2e12c4247L
        });
    Y.fromInteger(
        new long[] {
          0xcbb6406837bf51f5L, 0x2bce33576b315eceL, 0x8ee7eb4a7c0f9e16L, 0x4fe342e2fe1a7f9bL
        });
    X.canonical();
    Y.canonical();
  }

  private BasePoint() {}

  private static final class ForSecrets {
    static final AffineTable[] TABLES =
        Multiples.odd(X, Y, SECRET_WINDOWS, SECRET_WIDTH, SECRET_COUNT).split(SECRET_COUNT);
  }

  private static final class ForPublic {
    static final AffineTable TABLE = Multiples.all(X, Y, PUBLIC_WINDOWS);
  }

  /** k·G for a public k in [0, n), by the table for public scalars. */
  static Terms publicTerms(long[] k) {
    return Terms.ofWindows(ForPublic.TABLE, PUBLIC_WINDOWS, k);
  }

  /**
   * point = k·G for a secret k in [1, n), in constant time.
   *
   * <p>Taken is K = n + k', where k' is whichever of k and n − k is even, so K is odd; for n − k
   * the result is negated. The odd digits of K are added from the highest on, and no added point
   * d·2⁶ʷ·G is the sum s·G so far or its negative, nor is a sum infinity. For w &gt; 0: if s ±
   * d·2⁶ʷ = t·n, then 2⁶ʷ divides t, as it divides s, but |t| &lt; 5; so t = 0, while |s| ≥ 2⁶ʷ⁺⁶
   * is more than |d·2⁶ʷ|. For w = 0: s + d = K is no multiple of n. If s − d is one, then K − 2d
   * is, so k' = 2d, since both are even and k' is in (0, n). Then 64 divides K − d = n + d, which
   * makes d = 47 (n is 17 modulo 64); but the quotient is the odd sum of the higher digits, and (n
   * + 47)/64 is even.
   */
  static void multiplySecret(XyzzPoint point, long[] k) {
    long[] scalar = k.clone();
    long negative = -(scalar[0] & 1);
    Order.negateIf(scalar, negative);
    long carry = Words.addMasked(scalar, scalar, Order.N, -1);
    long[] pattern = Digits.pattern(scalar, carry, SECRET_WIDTH, SECRET_WINDOWS);
    long[] row = new long[AffineTable.ROW_WORDS];
    FieldElement x = new FieldElement();
    FieldElement y = new FieldElement();
    for (int w = SECRET_WINDOWS - 1; w >= 0; w--) {
      int window = Words.bits(pattern, w * SECRET_WIDTH, SECRET_WIDTH);
      long index = Digits.index(window, SECRET_WIDTH);
      long sign = Digits.sign(window, SECRET_WIDTH) ^ negative;
      ForSecrets.TABLES[w].select(index, sign, row, x, y);
      if (w == SECRET_WINDOWS - 1) {
        point.set(x, y);
      } else {
        point.addDistinct(x, y);
      }
    }
    x.clear();
    y.clear();
    Words.clear(scalar, pattern, row);
  }

  /** Adds k·G for a public k in [0, n), by the table for secrets. */
  static void addPublic(XyzzPoint point, long[] k) {
    if ((k[0] | k[1] | k[2] | k[3]) == 0) {
      return;
    }
    long[] scalar = k.clone();
    long negative = -(~scalar[0] & 1);
    Order.negateIf(scalar, negative);
    long[] pattern = Digits.pattern(scalar, 0, SECRET_WIDTH, SECRET_WINDOWS);
    FieldElement x = new FieldElement();
    FieldElement y = new FieldElement();
    for (int w = 0; w < SECRET_WINDOWS; w++) {
      int window = Words.bits(pattern, w * SECRET_WIDTH, SECRET_WIDTH);
      int index = (int) Digits.index(window, SECRET_WIDTH);
      ForSecrets.TABLES[w].load(index, Digits.sign(window, SECRET_WIDTH) ^ negative, x, y);
      point.add(x, y);
    }
  }
}

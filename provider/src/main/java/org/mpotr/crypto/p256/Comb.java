package org.mpotr.crypto.p256;

/**
 * Secret multiples of one public point P by a comb of five teeth (C. H. Lim and P. J. Lee, "More
 * flexible exponentiation with precomputation", 1994). An odd scalar is Σ σⱼ·2ʲ over 260 signs.
 * Column i of it is c = Σ σ·2^(52t) over the signs at i + 52t, for the teeth t = 0 to 4. Kept are
 * the multiples of P by the 16 columns with a plus at the highest tooth, 1 KiB. They take 208
 * doublings to make, and a multiple takes 51 with them: the first one of a point costs what it
 * would by windows, and each other one a third.
 */
final class Comb {

  private static final int TEETH = 5;
  private static final int SPACING = 52;
  private static final int COUNT = 1 << (TEETH - 1);

  /** The lowest sign at each tooth. */
  private static final int[] STARTS = {0, SPACING, 2 * SPACING, 3 * SPACING, 4 * SPACING};

  /** Places in the work space of a point, behind those of its 16 sums. */
  private static final int TOOTH = COUNT;

  private static final int NEGATIVE = TOOTH + TEETH;
  private static final int LOW = NEGATIVE + TEETH;
  private static final int TOP = LOW + 4;
  private static final int HIGH = TOP + 2;
  private static final int PLACES = HIGH + 4;

  private final AffineTable table = new AffineTable(COUNT);

  private Comb() {}

  /** The combs of public points of spread 1 and size 1.01; they share inversions. */
  static Comb[] of(FieldElement[] pointX, FieldElement[] pointY) {
    int count = pointX.length;
    FieldElement[] teethX = Inversion.elements(count * TEETH);
    FieldElement[] teethY = Inversion.elements(count * TEETH);
    Multiples.bases(pointX, pointY, STARTS, teethX, teethY);
    FieldElement[] x = Inversion.elements(count * PLACES);
    FieldElement[] y = Inversion.elements(count * PLACES);
    for (int i = 0; i < count; i++) {
      for (int t = 0; t < TEETH; t++) {
        int tooth = i * PLACES + TOOTH + t;
        x[tooth].set(teethX[i * TEETH + t]);
        y[tooth].set(teethY[i * TEETH + t]);
        negate(x, y, tooth, i * PLACES + NEGATIVE + t);
      }
    }
    add(x, y, count);
    Comb[] combs = new Comb[count];
    for (int i = 0; i < count; i++) {
      combs[i] = new Comb();
      for (int s = 0; s < COUNT; s++) {
        x[i * PLACES + s].canonical();
        y[i * PLACES + s].canonical();
        combs[i].table.store(s, x[i * PLACES + s], y[i * PLACES + s]);
      }
    }
    return combs;
  }

  private static void negate(FieldElement[] x, FieldElement[] y, int from, int to) {
    x[to].set(x[from]);
    y[to].set(y[from]);
    y[to].negateIf(-1);
  }

  /**
   * Sum s has a plus at tooth t where bit t of s is set, and at the highest: ±P₀ ± 2⁵²·P from the
   * low bits, the rest from the high ones, and the sums of both. None is infinity.
   */
  private static void add(FieldElement[] x, FieldElement[] y, int count) {
    AffineAdder adder = new AffineAdder(x, y, count * COUNT);
    for (int at = 0; at < count * PLACES; at += PLACES) {
      adder.plan(at + TOOTH + 1, at + NEGATIVE, at + LOW + 2);
      adder.plan(at + TOOTH + 1, at + TOOTH, at + LOW + 3);
      adder.plan(at + TOOTH + 4, at + NEGATIVE + 3, at + TOP);
      adder.plan(at + TOOTH + 4, at + TOOTH + 3, at + TOP + 1);
    }
    adder.run();
    for (int at = 0; at < count * PLACES; at += PLACES) {
      negate(x, y, at + LOW + 3, at + LOW);
      negate(x, y, at + LOW + 2, at + LOW + 1);
      for (int top = 0; top < 2; top++) {
        adder.plan(at + TOP + top, at + NEGATIVE + 2, at + HIGH + 2 * top);
        adder.plan(at + TOP + top, at + TOOTH + 2, at + HIGH + 2 * top + 1);
      }
    }
    adder.run();
    for (int at = 0; at < count * PLACES; at += PLACES) {
      for (int s = 0; s < COUNT; s++) {
        adder.plan(at + HIGH + (s >> 2), at + LOW + (s & 3), at + s);
      }
    }
    adder.run();
  }

  /** The signs of an odd secret scalar in (0, n), for {@link #multiply}. */
  static long[] pattern(long[] scalar) {
    return Digits.pattern(scalar, 0, TEETH, SPACING);
  }

  /**
   * point = k·P for the pattern of an odd k in (0, n), in constant time.
   *
   * <p>No sum is infinity, and none of the added points is the sum so far or its negative. After
   * column i, c, the sum is s·P, where 2ⁱ·s = k − r and r, what the lower columns are worth, is
   * below 2^(i + 209) in magnitude. As a sum of odd columns, each twice the weight of the one below
   * it, s is odd; so is s − 2c. Neither must be a multiple of n. For i &gt; 4, s is below 2²⁵⁵ and
   * both are below n in magnitude. For i from 1 to 4, 2ⁱ times either is below 2n in magnitude, so
   * that only zero remained, which is even. For i = 0, s is k, and k − 2c = ±n is left, for c has
   * 209 bits. But of no such k, for any of the 32 columns c, is c column 0: a test goes through
   * them.
   */
  void multiply(JacobianPoint point, long[] pattern) {
    FieldElement x = new FieldElement();
    FieldElement y = new FieldElement();
    long[] row = new long[AffineTable.ROW_WORDS];
    for (int i = SPACING - 1; i >= 0; i--) {
      long column = 0;
      for (int t = TEETH - 1; t >= 0; t--) {
        column = column << 1 | Words.bits(pattern, i + t * SPACING, 1);
      }
      long sign = (column >>> (TEETH - 1)) - 1;
      table.select((column ^ sign) & (COUNT - 1), sign, row, x, y);
      if (i == SPACING - 1) {
        point.set(x, y);
      } else {
        point.twice(1);
        point.add(x, y);
      }
    }
    x.clear();
    y.clear();
    Words.clear(row);
  }
}

package org.mpotr.crypto.p256;

/**
 * Arithmetic modulo the order n of the group, on integers of four words below n. Only a few
 * operations of each signature are done here, so it is written for size. No branch or index depends
 * on a value, but in what is called public.
 */
final class Order {

  /** The order n. */
  static final long[] N = {
    0xf3b9cac2fc632551L, 0xbce6faada7179e84L, 0xffffffffffffffffL, 0xffffffff00000000L
  };

  /** (n − 1)/2. */
  private static final long[] HALF = {
    0x79dce5617e3192a8L, 0xde737d56d38bcf42L, 0x7fffffffffffffffL, 0x7fffffff80000000L
  };

  private static final long MASK = (1L << 52) - 1;

  /** The limbs of n. */
  private static final long N0 = 0x9cac2fc632551L;

  private static final long N1 = 0xada7179e84f3bL;
  private static final long N2 = 0xfffffffbce6faL;
  private static final long N3 = 0xfffffffffL;
  private static final long N4 = 0xffffffff0000L;

  /** −1/n modulo 2⁵². */
  private static final long FACTOR = negativeInverse(N[0]);

  /** 2⁵²⁰ mod n. */
  private static final long[] SQUARE_OF_RADIX = {
    0x845cc0dea6dc3baL, 0x5571bb192a067d8aL, 0x45b2392b6bec5961L, 0xe12d9559d9561fc2L
  };

  private static final DivisionSteps STEPS = new DivisionSteps(N);

  private Order() {}

  private static long negativeInverse(long a) {
    long x = a;
    // Newton's iteration doubles the right bits, 3 at first.
    for (int bits = 3; bits < 64; bits *= 2) {
      x *= 2 - a * x;
    }
    return -x & MASK;
  }

  private static long[] limbs(long[] w) {
    return new long[] {
      w[0] & MASK,
      (w[0] >>> 52 | w[1] << 12) & MASK,
      (w[1] >>> 40 | w[2] << 24) & MASK,
      (w[2] >>> 28 | w[3] << 36) & MASK,
      w[3] >>> 16
    };
  }

  /** −1 if a is in [0, n), otherwise 0. */
  static long belowOrder(long[] a) {
    return Words.subtract(new long[Words.COUNT], a, N);
  }

  /** Takes n off any 256-bit integer that is not below it, which makes it so since 2²⁵⁶ &lt; 2n. */
  static void reduce(long[] a) {
    long[] difference = new long[Words.COUNT];
    long below = Words.subtract(difference, a, N);
    Words.select(a, below, a, difference);
    Words.clear(difference);
  }

  /** r = a + b mod n. */
  static void add(long[] r, long[] a, long[] b) {
    // a − (n − b), and n more where that is negative.
    long[] difference = new long[Words.COUNT];
    Words.subtract(difference, N, b);
    long negative = Words.subtract(r, a, difference);
    Words.addMasked(r, r, N, negative);
    Words.clear(difference);
  }

  /** Replaces a by n − a for {@code mask} −1; zero becomes n then. */
  static void negateIf(long[] a, long mask) {
    long[] negative = new long[Words.COUNT];
    Words.subtract(negative, N, a);
    Words.select(a, mask, negative, a);
    Words.clear(negative);
  }

  /** −1 if a is above (n − 1)/2, otherwise 0. */
  static long upperHalf(long[] a) {
    return Words.subtract(new long[Words.COUNT], HALF, a);
  }

  /** r = a·b mod n. */
  static void multiply(long[] r, long[] a, long[] b) {
    long[] raised = new long[Words.COUNT];
    montgomery(raised, a, SQUARE_OF_RADIX);
    montgomery(r, raised, b);
    Words.clear(raised);
  }

  /** Brings a into Montgomery form. */
  static void raise(long[] r, long[] a) {
    montgomery(r, a, SQUARE_OF_RADIX);
  }

  /**
   * r = a·b/2²⁶⁰ mod n, by columns as in {@link Field}: each in its low 64 bits s and, as a double
   * f, in full. Limbs of a, b and the multiples of n are in [0, 2⁵²): ten products to a column at
   * most, so the error of f is little more than the 2⁶¹ of {@link Field#high}, and what is left
   * with the carry in it is below 2⁶² in magnitude.
   */
  static void montgomery(long[] r, long[] a, long[] b) {
    long[] x = limbs(a);
    long[] y = limbs(b);
    long x0 = x[0];
    long x1 = x[1];
    long x2 = x[2];
    long x3 = x[3];
    long x4 = x[4];
    long y0 = y[0];
    long y1 = y[1];
    long y2 = y[2];
    long y3 = y[3];
    long y4 = y[4];
    double dx0 = x0;
    double dx1 = x1;
    double dx2 = x2;
    double dx3 = x3;
    double dx4 = x4;
    double dy0 = y0;
    double dy1 = y1;
    double dy2 = y2;
    double dy3 = y3;
    double dy4 = y4;
    long s0 = x0 * y0;
    long s1 = x0 * y1 + x1 * y0;
    long s2 = x0 * y2 + x1 * y1 + x2 * y0;
    long s3 = x0 * y3 + x1 * y2 + x2 * y1 + x3 * y0;
    long s4 = x0 * y4 + x1 * y3 + x2 * y2 + x3 * y1 + x4 * y0;
    long s5 = x1 * y4 + x2 * y3 + x3 * y2 + x4 * y1;
    long s6 = x2 * y4 + x3 * y3 + x4 * y2;
    long s7 = x3 * y4 + x4 * y3;
    long s8 = x4 * y4;
    double f0 = dx0 * dy0;
    double f1 = dx0 * dy1 + dx1 * dy0;
    double f2 = dx0 * dy2 + dx1 * dy1 + dx2 * dy0;
    double f3 = dx0 * dy3 + dx1 * dy2 + dx2 * dy1 + dx3 * dy0;
    double f4 = dx0 * dy4 + dx1 * dy3 + dx2 * dy2 + dx3 * dy1 + dx4 * dy0;
    double f5 = dx1 * dy4 + dx2 * dy3 + dx3 * dy2 + dx4 * dy1;
    double f6 = dx2 * dy4 + dx3 * dy3 + dx4 * dy2;
    double f7 = dx3 * dy4 + dx4 * dy3;
    double f8 = dx4 * dy4;
    long m = s0 * FACTOR & MASK;
    double dm = m;
    long c = carry(s0 + m * N0, f0 + dm * N0);
    s1 += m * N1 + c;
    f1 += dm * N1;
    s2 += m * N2;
    f2 += dm * N2;
    s3 += m * N3;
    f3 += dm * N3;
    s4 += m * N4;
    f4 += dm * N4;
    m = s1 * FACTOR & MASK;
    dm = m;
    c = carry(s1 + m * N0, f1 + dm * N0);
    s2 += m * N1 + c;
    f2 += dm * N1;
    s3 += m * N2;
    f3 += dm * N2;
    s4 += m * N3;
    f4 += dm * N3;
    s5 += m * N4;
    f5 += dm * N4;
    m = s2 * FACTOR & MASK;
    dm = m;
    c = carry(s2 + m * N0, f2 + dm * N0);
    s3 += m * N1 + c;
    f3 += dm * N1;
    s4 += m * N2;
    f4 += dm * N2;
    s5 += m * N3;
    f5 += dm * N3;
    s6 += m * N4;
    f6 += dm * N4;
    m = s3 * FACTOR & MASK;
    dm = m;
    c = carry(s3 + m * N0, f3 + dm * N0);
    s4 += m * N1 + c;
    f4 += dm * N1;
    s5 += m * N2;
    f5 += dm * N2;
    s6 += m * N3;
    f6 += dm * N3;
    s7 += m * N4;
    f7 += dm * N4;
    m = s4 * FACTOR & MASK;
    dm = m;
    c = carry(s4 + m * N0, f4 + dm * N0);
    s5 += m * N1 + c;
    f5 += dm * N1;
    s6 += m * N2;
    f6 += dm * N2;
    s7 += m * N3;
    f7 += dm * N3;
    s8 += m * N4;
    f8 += dm * N4;
    c = carry(s5, f5);
    s6 += c;
    c = carry(s6, f6);
    s7 += c;
    c = carry(s7, f7);
    s8 += c;
    c = carry(s8, f8);
    // a·b < 2²⁵⁶·n and m·n < 2²⁶⁰·n, so the sum divided by 2²⁶⁰ is below n + n/2⁴: one subtraction
    // is enough, but bit 256 may be set before it.
    s5 &= MASK;
    s6 &= MASK;
    s7 &= MASK;
    s8 &= MASK;
    r[0] = s5 | s6 << 52;
    r[1] = s6 >>> 12 | s7 << 40;
    r[2] = s7 >>> 24 | s8 << 28;
    r[3] = s8 >>> 36 | c << 16;
    long[] difference = new long[Words.COUNT];
    long below = Words.subtract(difference, r, N) & ~-(c >>> 48);
    Words.select(r, below, r, difference);
    Words.clear(x, y, difference);
  }

  /** What a column passes on to the next. */
  private static long carry(long column, double full) {
    long high = Field.high(full);
    return high + ((column - (high << 52)) >> 52);
  }

  /** Replaces a secret a in [1, n) by its inverse, in constant time. */
  static void invertSecret(long[] a) {
    STEPS.invertSecret(a);
  }

  /** Replaces a public a in [1, n) by its inverse. */
  static void invertPublic(long[] a) {
    STEPS.invertPublic(a);
  }
}

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

  private static final int LIMBS = 5;
  private static final long MASK = (1L << 52) - 1;
  private static final long[] MODULUS = limbs(N);

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
   * r = a·b/2²⁶⁰ mod n, by columns as in {@link Field}. Limbs of a, b and the multiples of n are in
   * [0, 2⁵²): ten products to a column at most, so h &lt; 10·2⁵² and what is left with the carry in
   * it is below 21·2⁵².
   */
  static void montgomery(long[] r, long[] a, long[] b) {
    long[] x = limbs(a);
    long[] y = limbs(b);
    long[] m = new long[LIMBS];
    long[] z = new long[LIMBS];
    long carry = 0;
    for (int k = 0; k < 2 * LIMBS - 1; k++) {
      int from = Math.max(0, k - LIMBS + 1);
      int to = Math.min(k, LIMBS - 1);
      long low = carry;
      long high = 0;
      for (int i = from; i <= to; i++) {
        low += x[i] * y[k - i];
        high += Words.multiplyHigh(x[i] << 6, y[k - i] << 6);
      }
      for (int i = from; i <= to && i < k; i++) {
        low += m[i] * MODULUS[k - i];
        high += Words.multiplyHigh(m[i] << 6, MODULUS[k - i] << 6);
      }
      if (k < LIMBS) {
        m[k] = (low * FACTOR) & MASK;
        low += m[k] * MODULUS[0];
        high += Words.multiplyHigh(m[k] << 6, MODULUS[0] << 6);
      } else {
        z[k - LIMBS] = (low - (high << 52)) & MASK;
      }
      carry = high + ((low - (high << 52)) >> 52);
    }
    // a·b < 2²⁵⁶·n and m·n < 2²⁶⁰·n, so the sum divided by 2²⁶⁰ is below n + n/2⁴: one subtraction
    // is enough, but bit
    // 256 may be set before it.
    z[LIMBS - 1] = carry;
    r[0] = z[0] | z[1] << 52;
    r[1] = z[1] >>> 12 | z[2] << 40;
    r[2] = z[2] >>> 24 | z[3] << 28;
    r[3] = z[3] >>> 36 | z[4] << 16;
    long[] difference = new long[Words.COUNT];
    long below = Words.subtract(difference, r, N) & ~-(z[4] >>> 48);
    Words.select(r, below, r, difference);
    Words.clear(x, y, m, z, difference);
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

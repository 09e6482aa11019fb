package org.mpotr.crypto.p256;

/**
 * Inverses modulo p and n by division steps (D. J. Bernstein and B.-Y. Yang, "Fast constant-time
 * gcd computation and modular inversion", 2019), in the variant that starts at δ = 1/2, for which
 * 590 steps are enough for every odd modulus and value below 2²⁵⁶ (P. Wuille's bound by convex
 * hulls).
 *
 * <p>Numbers are five limbs of weight 2⁵²ⁱ, in [0, 2⁵²) but for the top one, which is signed. 52
 * steps are done on the low words alone and give a matrix (u v; q r), |u| + |v| ≤ 2⁵² and |q| + |r|
 * ≤ 2⁵², which is then applied to the whole numbers: to (f, g), which 2⁵² then divides, and modulo
 * the modulus to (d, e), with d·x = f and e·x = g throughout.
 *
 * <p>Products are summed as in {@link Field}: a column C is held as its low 64 bits s and an h that
 * is about C/2⁵², from the same sum in double arithmetic. All factors are exact as doubles, and C
 * is at most 2¹⁰⁶ in magnitude, so that the rounding to a multiple of 2⁶² in {@link Field#high} is
 * nearly all of the error, and s − (h &lt;&lt; 52) is below 2⁶² in magnitude.
 *
 * <p>One form takes the same steps for every value, 624 of them, for secrets; the other leaves when
 * it is done, for public values.
 */
final class DivisionSteps {

  private static final int LIMBS = 5;
  private static final int STEPS = 52;
  private static final int ROUNDS = 12;
  private static final long MASK = (1L << STEPS) - 1;

  private final long[] modulus;

  /** The inverse of the modulus modulo 2⁵². */
  private final long inverse;

  /** Inverses modulo an odd prime below 2²⁵⁶ of four words. */
  DivisionSteps(long[] prime) {
    modulus = limbs(prime);
    long x = prime[0];
    // Newton's iteration doubles the right bits, 3 at first.
    for (int bits = 3; bits < 64; bits *= 2) {
      x *= 2 - prime[0] * x;
    }
    inverse = x & MASK;
  }

  /** Replaces a secret x in [1, modulus) by its inverse; 0 stays 0. */
  void invertSecret(long[] x) {
    State state = new State(x);
    long z = -1;
    for (int round = 0; round < ROUNDS; round++) {
      z = state.stepsSecret(z);
      state.apply();
    }
    state.result(x);
    state.clear();
  }

  /** Replaces a public x in [1, modulus) by its inverse, in a time that depends on it. */
  void invertPublic(long[] x) {
    State state = new State(x);
    int delta = 0;
    do {
      delta = state.stepsPublic(delta);
      state.apply();
    } while (!state.done());
    state.result(x);
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

  private final class State {

    private final long[] f = modulus.clone();
    private final long[] g;
    private final long[] d = new long[LIMBS];
    private final long[] e = {1, 0, 0, 0, 0};
    private long u;
    private long v;
    private long q;
    private long r;

    State(long[] x) {
      g = limbs(x);
    }

    /**
     * 52 steps. With z = −δ − 1/2, a step is: where z &lt; 0 and g is odd, (z, f, g) becomes (−z −
     * 2, g, (g − f)/2); otherwise (z − 1, f, (g + (g mod 2)·f)/2). For z &lt; 0 the sum with −f in
     * place of f serves both.
     *
     * <p>For 26 steps each row of the matrix fits into one long, as u + 2³²·v: the rows are added
     * and doubled as they are.
     */
    long stepsSecret(long start) {
      long z = start;
      long a = f[0] | f[1] << STEPS;
      long b = g[0] | g[1] << STEPS;
      u = 1;
      v = 0;
      q = 0;
      r = 1;
      for (int half = 0; half < 2; half++) {
        long uv = 1;
        long qr = 1L << 32;
        for (int i = 0; i < STEPS / 2; i++) {
          long minus = z >> 63;
          long odd = -(b & 1);
          b += ((a ^ minus) - minus) & odd;
          qr += ((uv ^ minus) - minus) & odd;
          // A swap: f becomes the old g, which is the new one plus f, before it is halved.
          long swap = minus & odd;
          a += b & swap;
          uv += qr & swap;
          z = (z ^ swap) - 1;
          b >>= 1;
          uv <<= 1;
        }
        combine(uv, qr);
      }
      return z;
    }

    /** Multiplies the matrix from the left by one of two rows in a long each. */
    private void combine(long uv, long qr) {
      long u2 = (int) uv;
      long v2 = (uv - u2) >> 32;
      long q2 = (int) qr;
      long r2 = (qr - q2) >> 32;
      long oldU = u;
      long oldV = v;
      u = u2 * oldU + v2 * q;
      v = u2 * oldV + v2 * r;
      q = q2 * oldU + r2 * q;
      r = q2 * oldV + r2 * r;
    }

    /**
     * The same 52 steps on δ − 1/2, by runs of zeros and, between swaps, several bits of g at once.
     */
    int stepsPublic(int start) {
      int z = start;
      long a = f[0] | f[1] << STEPS;
      long b = g[0] | g[1] << STEPS;
      long u = 1;
      long v = 0;
      long q = 0;
      long r = 1;
      int left = STEPS;
      while (true) {
        int zeros = Long.numberOfTrailingZeros(b | -1L << left);
        b >>= zeros;
        u <<= zeros;
        v <<= zeros;
        z += zeros;
        left -= zeros;
        if (left == 0) {
          break;
        }
        if (z >= 0) {
          // One less than −z, for the halving of this step is still to come.
          z = -z - 1;
          long old = a;
          a = b;
          b = -old;
          old = u;
          u = q;
          q = -old;
          old = v;
          v = r;
          r = -old;
        }
        // No swap comes before z is 0: g may take multiples of f for so many steps at once, and
        // f·(f² − 2) is −1/f
        // modulo 2⁶.
        int run = Math.min(Math.min(-z, left), 6);
        long w = (a * b * (a * a - 2)) & ((1L << run) - 1);
        b += a * w;
        q += u * w;
        r += v * w;
      }
      this.u = u;
      this.v = v;
      this.q = q;
      this.r = r;
      return z;
    }

    void apply() {
      divide();
      divideModulo();
    }

    /** (f, g) becomes the matrix times it, divided by 2⁵² exactly. */
    private void divide() {
      double du = u;
      double dv = v;
      double dq = q;
      double dr = r;
      long carryF = 0;
      long carryG = 0;
      for (int i = 0; i < LIMBS; i++) {
        long x = f[i];
        long y = g[i];
        double dx = x;
        double dy = y;
        long h = Field.high(du * dx + dv * dy);
        long s = u * x + v * y + carryF;
        carryF = h + ((s - (h << STEPS)) >> STEPS);
        long hG = Field.high(dq * dx + dr * dy);
        long sG = q * x + r * y + carryG;
        carryG = hG + ((sG - (hG << STEPS)) >> STEPS);
        if (i > 0) {
          f[i - 1] = s & MASK;
          g[i - 1] = sG & MASK;
        }
      }
      f[LIMBS - 1] = carryF;
      g[LIMBS - 1] = carryG;
    }

    /**
     * (d, e) becomes the matrix times it, divided by 2⁵² modulo the modulus m. For d and e in (−2m,
     * m): where one is negative, m is added to it first, by its row or column of the matrix; then
     * the multiple of m is added that makes the sum divisible, taken from (−2⁵², 0], so the results
     * are in (−2m, m) again.
     */
    private void divideModulo() {
      long negativeD = d[LIMBS - 1] >> 63;
      long negativeE = e[LIMBS - 1] >> 63;
      long timesD = (u & negativeD) + (v & negativeE);
      long timesE = (q & negativeD) + (r & negativeE);
      timesD -= (inverse * (u * d[0] + v * e[0]) + timesD) & MASK;
      timesE -= (inverse * (q * d[0] + r * e[0]) + timesE) & MASK;
      double du = u;
      double dv = v;
      double dq = q;
      double dr = r;
      double dTimesD = timesD;
      double dTimesE = timesE;
      long carryD = 0;
      long carryE = 0;
      for (int i = 0; i < LIMBS; i++) {
        long x = d[i];
        long y = e[i];
        long m = modulus[i];
        double dx = x;
        double dy = y;
        double dm = m;
        long h = Field.high(du * dx + dv * dy + dTimesD * dm);
        long s = u * x + v * y + timesD * m + carryD;
        carryD = h + ((s - (h << STEPS)) >> STEPS);
        long hE = Field.high(dq * dx + dr * dy + dTimesE * dm);
        long sE = q * x + r * y + timesE * m + carryE;
        carryE = hE + ((sE - (hE << STEPS)) >> STEPS);
        if (i > 0) {
          d[i - 1] = s & MASK;
          e[i - 1] = sE & MASK;
        }
      }
      d[LIMBS - 1] = carryD;
      e[LIMBS - 1] = carryE;
    }

    boolean done() {
      return (g[0] | g[1] | g[2] | g[3] | g[4]) == 0;
    }

    /** Since f is now 1 or −1, the inverse is d or −d, brought from (−2m, m) into [0, m). */
    void result(long[] words) {
      addModulus(d[LIMBS - 1] >> 63);
      long sign = f[LIMBS - 1] >> 63;
      for (int i = 0; i < LIMBS; i++) {
        d[i] = (d[i] ^ sign) - sign;
      }
      addModulus(0);
      addModulus(d[LIMBS - 1] >> 63);
      addModulus(d[LIMBS - 1] >> 63);
      words[0] = d[0] | d[1] << 52;
      words[1] = d[1] >>> 12 | d[2] << 40;
      words[2] = d[2] >>> 24 | d[3] << 28;
      words[3] = d[3] >>> 36 | d[4] << 16;
    }

    private void addModulus(long mask) {
      long carry = 0;
      for (int i = 0; i < LIMBS - 1; i++) {
        carry += d[i] + (modulus[i] & mask);
        d[i] = carry & MASK;
        carry >>= STEPS;
      }
      d[LIMBS - 1] += carry + (modulus[LIMBS - 1] & mask);
    }

    void clear() {
      Words.clear(f, g, d, e);
      u = 0;
      v = 0;
      q = 0;
      r = 0;
    }
  }
}

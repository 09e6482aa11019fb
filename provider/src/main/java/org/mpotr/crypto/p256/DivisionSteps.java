package org.mpotr.crypto.p256;

/**
 * Inverses modulo p and n by division steps (D. J. Bernstein and B.-Y. Yang, "Fast constant-time
 * gcd computation and modular inversion", 2019), in the variant that starts at δ = 1/2, for which
 * 590 steps are enough for every odd modulus and value below 2²⁵⁶ (P. Wuille's bound by convex
 * hulls).
 *
 * <p>Numbers are five signed limbs of weight 2⁶⁰ⁱ, of which only the top one is negative. Sixty
 * steps are done on the low words alone and give a matrix (u v; q r), |u| + |v| ≤ 2⁶⁰ and |q| + |r|
 * ≤ 2⁶⁰, which is then applied to the whole numbers: to (f, g), which 2⁶⁰ then divides, and modulo
 * the modulus to (d, e), with d·x = f and e·x = g throughout.
 *
 * <p>One form takes the same steps for every value, 600 of them, for secrets; the other leaves when
 * it is done, for public values.
 */
final class DivisionSteps {

  private static final int LIMBS = 5;
  private static final int STEPS = 60;
  private static final int ROUNDS = 10;
  private static final long MASK = (1L << STEPS) - 1;

  private final long[] modulus;

  /** The inverse of the modulus modulo 2⁶⁰. */
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
    long delta = 0;
    for (int round = 0; round < ROUNDS; round++) {
      delta = state.stepsSecret(delta);
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
      (w[0] >>> 60 | w[1] << 4) & MASK,
      (w[1] >>> 56 | w[2] << 8) & MASK,
      (w[2] >>> 52 | w[3] << 12) & MASK,
      w[3] >>> 48
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
     * Sixty steps. With z = δ − 1/2, a step is: where z ≥ 0 and g is odd, (z, f, g) becomes (−z, g,
     * (g − f)/2); otherwise (z + 1, f, (g + (g mod 2)·f)/2). For z ≥ 0 the sum with −f in place of
     * f serves both.
     */
    long stepsSecret(long start) {
      long z = start;
      long a = f[0] | f[1] << STEPS;
      long b = g[0] | g[1] << STEPS;
      long u = 1;
      long v = 0;
      long q = 0;
      long r = 1;
      for (int i = 0; i < STEPS; i++) {
        long odd = -(b & 1);
        long minus = ~(z >> 63);
        b += ((a ^ minus) - minus) & odd;
        q += ((u ^ minus) - minus) & odd;
        r += ((v ^ minus) - minus) & odd;
        // A swap: f becomes the old g, which is the new one plus f, before it is halved.
        long swap = minus & odd;
        a += b & swap;
        u += q & swap;
        v += r & swap;
        z = (z ^ swap) + 1;
        b >>= 1;
        u <<= 1;
        v <<= 1;
      }
      this.u = u;
      this.v = v;
      this.q = q;
      this.r = r;
      return z;
    }

    /** The same sixty steps, by runs of zeros and, between swaps, several bits of g at once. */
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

    /**
     * (f, g) becomes the matrix times it, divided by 2⁶⁰ exactly. The high part of a product misses
     * less than 2⁶⁰, so what two of them and a carry leave in the low words is below 2⁶², and exact
     * although the words wrap round.
     */
    private void divide() {
      long carryF = 0;
      long carryG = 0;
      for (int i = 0; i < LIMBS; i++) {
        long x = f[i];
        long y = g[i];
        long high = high(u, x) + high(v, y);
        long rest = u * x + v * y - (high << STEPS) + (carryF & MASK);
        long highG = high(q, x) + high(r, y);
        long restG = q * x + r * y - (highG << STEPS) + (carryG & MASK);
        if (i > 0) {
          f[i - 1] = rest & MASK;
          g[i - 1] = restG & MASK;
        }
        carryF = high + (rest >> STEPS) + (carryF >> STEPS);
        carryG = highG + (restG >> STEPS) + (carryG >> STEPS);
      }
      f[LIMBS - 1] = carryF;
      g[LIMBS - 1] = carryG;
    }

    /**
     * (d, e) becomes the matrix times it, divided by 2⁶⁰ modulo the modulus m. For d and e in (−2m,
     * m): where one is negative, m is added to it first, by its row or column of the matrix; then
     * the multiple of m is added that makes the sum divisible, taken from (−2⁶⁰, 0], so the results
     * are in (−2m, m) again.
     */
    private void divideModulo() {
      long negativeD = d[LIMBS - 1] >> 63;
      long negativeE = e[LIMBS - 1] >> 63;
      long timesD = (u & negativeD) + (v & negativeE);
      long timesE = (q & negativeD) + (r & negativeE);
      timesD -= (inverse * (u * d[0] + v * e[0]) + timesD) & MASK;
      timesE -= (inverse * (q * d[0] + r * e[0]) + timesE) & MASK;
      long carryD = 0;
      long carryE = 0;
      for (int i = 0; i < LIMBS; i++) {
        long x = d[i];
        long y = e[i];
        long m = modulus[i];
        long high = high(u, x) + high(v, y) + high(timesD, m);
        long rest = u * x + v * y + timesD * m - (high << STEPS) + (carryD & MASK);
        long highE = high(q, x) + high(r, y) + high(timesE, m);
        long restE = q * x + r * y + timesE * m - (highE << STEPS) + (carryE & MASK);
        if (i > 0) {
          d[i - 1] = rest & MASK;
          e[i - 1] = restE & MASK;
        }
        carryD = high + (rest >> STEPS) + (carryD >> STEPS);
        carryE = highE + (restE >> STEPS) + (carryE >> STEPS);
      }
      d[LIMBS - 1] = carryD;
      e[LIMBS - 1] = carryE;
    }

    /** The product divided by 2⁶⁰, rounded down: |a| ≤ 2⁶¹ and |b| ≤ 2⁶⁰. */
    private long high(long a, long b) {
      return Words.multiplyHigh(a << 2, b << 2);
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
      words[0] = d[0] | d[1] << 60;
      words[1] = d[1] >>> 4 | d[2] << 56;
      words[2] = d[2] >>> 8 | d[3] << 52;
      words[3] = d[3] >>> 12 | d[4] << 48;
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

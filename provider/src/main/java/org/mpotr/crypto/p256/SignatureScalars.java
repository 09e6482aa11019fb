package org.mpotr.crypto.p256;

import java.util.Arrays;
import org.mpotr.crypto.P256;

/**
 * The numbers of one ECDSA verification (FIPS 186-5, 6.4.2), all public: R = u₁·G + u₂·Q must have
 * an x of r mod n.
 */
final class SignatureScalars {

  /** p − n, below which r has a second coordinate, r + n. */
  private static final long[] PRIME_LESS_ORDER = {0x0c46353d039cdaaeL, 0x4319055358e8617bL, 0, 0};

  private final long[] e;
  private final long[] r;
  private final long[] s;
  private final long[] u1 = new long[Words.COUNT];
  private final long[] u2 = new long[Words.COUNT];

  private SignatureScalars(long[] e, long[] r, long[] s) {
    this.e = e;
    this.r = r;
    this.s = s;
  }

  /**
   * The numbers of a signature, or null if its form is wrong: not 64 bytes, or r or s not in [1,
   * n).
   */
  static SignatureScalars parse(byte[] digest, byte[] signature) {
    long[] e = hash(digest);
    if (signature.length != P256.SIGNATURE_BYTES) {
      return null;
    }
    long[] r = Words.of(signature, 0);
    long[] s = Words.of(signature, P256.SCALAR_BYTES);
    if (!inRange(r) || !inRange(s)) {
      return null;
    }
    return new SignatureScalars(e, r, s);
  }

  private static boolean inRange(long[] scalar) {
    return Order.belowOrder(scalar) != 0 && Words.zeroMask(scalar) == 0;
  }

  /**
   * The leading 256 bits of a hash as an integer modulo n.
   *
   * @throws IllegalArgumentException for a hash that is not of 32 to 64 bytes
   */
  static long[] hash(byte[] digest) {
    if (digest.length < P256.SCALAR_BYTES || digest.length > 2 * P256.SCALAR_BYTES) {
      throw new IllegalArgumentException("a hash has 32 to 64 bytes");
    }
    long[] e = Words.of(digest, 0);
    Order.reduce(e);
    return e;
  }

  /** Computes u₁ and u₂. */
  void solve() {
    long[] inverse = s.clone();
    Order.invertPublic(inverse);
    solve(inverse);
  }

  private void solve(long[] inverse) {
    long[] raised = new long[Words.COUNT];
    Order.raise(raised, inverse);
    Order.montgomery(u1, raised, e);
    Order.montgomery(u2, raised, r);
  }

  /** Computes u₁ and u₂ of all with one inversion (P. L. Montgomery's trick). */
  static void solve(SignatureScalars[] all, int count) {
    if (count == 0) {
      return;
    }
    // products[i] is s₀···sᵢ·2²⁶⁰ mod n.
    long[][] products = new long[count][Words.COUNT];
    Order.raise(products[0], all[0].s);
    for (int i = 1; i < count; i++) {
      Order.raise(products[i], all[i].s);
      Order.montgomery(products[i], products[i], products[i - 1]);
    }
    long[] inverse = products[count - 1].clone();
    Order.montgomery(inverse, inverse, new long[] {1, 0, 0, 0});
    Order.invertPublic(inverse);
    long[] single = new long[Words.COUNT];
    for (int i = count - 1; i > 0; i--) {
      Order.montgomery(single, inverse, products[i - 1]);
      all[i].solve(single);
      Order.multiply(inverse, inverse, all[i].s);
    }
    all[0].solve(inverse);
  }

  long[] u1() {
    return u1;
  }

  long[] u2() {
    return u2;
  }

  /**
   * Whether the x-coordinate of a point is r modulo n, that is r, or r + n where that is below p.
   */
  boolean accepts(XyzzPoint point) {
    if (point.isInfinite()) {
      return false;
    }
    FieldElement x = new FieldElement();
    x.fromInteger(r);
    if (point.hasX(x)) {
      return true;
    }
    if (!hasSecond()) {
      return false;
    }
    x.fromInteger(second());
    return point.hasX(x);
  }

  /** The same for an affine x-coordinate. */
  boolean accepts(FieldElement affineX) {
    long[] x = affineX.toInteger();
    return Arrays.equals(x, r) || (hasSecond() && Arrays.equals(x, second()));
  }

  private boolean hasSecond() {
    return Words.subtract(new long[Words.COUNT], r, PRIME_LESS_ORDER) != 0;
  }

  private long[] second() {
    long[] sum = new long[Words.COUNT];
    Words.addMasked(sum, r, Order.N, -1);
    return sum;
  }
}

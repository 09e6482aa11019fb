package org.mpotr.crypto.p256;

/**
 * A mutable element of the field of p = 2²⁵⁶ − 2²²⁴ + 2¹⁹² + 2⁹⁶ − 1, as five signed limbs of
 * weight 2⁵²ⁱ, in Montgomery form: the element a is held as a·2²⁶⁰ mod p, and not as the only
 * number of its class. Sums and differences are taken limb by limb without a carry.
 *
 * <p>Two measures bound an element. Its <em>spread</em> is the largest magnitude of a limb in units
 * of 2⁵²; its <em>size</em> is the magnitude of its value in units of 2²⁵⁶. What {@link
 * Field#multiply} makes has limbs 0 to 3 in [0, 2⁵²), so a spread of 1; what the callers may feed
 * it is said there, and each formula writes its own bounds down.
 */
final class FieldElement {

  static final long MASK = (1L << 52) - 1;

  /** The limbs of p; limb 2 is zero. */
  private static final long P0 = MASK;

  private static final long P1 = (1L << 44) - 1;
  private static final long P3 = 1L << 36;
  private static final long P4 = (1L << 48) - (1L << 16);

  /** The integer 1, which takes an element out of Montgomery form. */
  private static final FieldElement UNIT = of(1, 0, 0, 0);

  /** 2⁵²⁰ mod p, which brings an integer into Montgomery form. */
  private static final FieldElement SQUARE_OF_RADIX =
      of(0x300L, 0xfffffbffffffff00L, 0xfffffffffffffeffL, 0x4fffffffdffL);

  /** The element one: 2²⁶⁰ mod p. */
  static final FieldElement ONE = of(0x10L, 0xfffffff000000000L, 0xffffffffffffffffL, 0xfffffffefL);

  long l0;
  long l1;
  long l2;
  long l3;
  long l4;

  static FieldElement of(long w0, long w1, long w2, long w3) {
    FieldElement element = new FieldElement();
    element.load(w0, w1, w2, w3);
    return element;
  }

  void set(FieldElement a) {
    l0 = a.l0;
    l1 = a.l1;
    l2 = a.l2;
    l3 = a.l3;
    l4 = a.l4;
  }

  void clear() {
    l0 = 0;
    l1 = 0;
    l2 = 0;
    l3 = 0;
    l4 = 0;
  }

  /** Spreads and sizes add up. */
  void add(FieldElement a, FieldElement b) {
    l0 = a.l0 + b.l0;
    l1 = a.l1 + b.l1;
    l2 = a.l2 + b.l2;
    l3 = a.l3 + b.l3;
    l4 = a.l4 + b.l4;
  }

  /** Spreads and sizes add up. */
  void subtract(FieldElement a, FieldElement b) {
    l0 = a.l0 - b.l0;
    l1 = a.l1 - b.l1;
    l2 = a.l2 - b.l2;
    l3 = a.l3 - b.l3;
    l4 = a.l4 - b.l4;
  }

  /** Spread and size grow by the factor, at most 15. */
  void times(FieldElement a, int factor) {
    l0 = a.l0 * factor;
    l1 = a.l1 * factor;
    l2 = a.l2 * factor;
    l3 = a.l3 * factor;
    l4 = a.l4 * factor;
  }

  /** This or its negative: {@code sign} is 0 or −1. */
  void negateIf(long sign) {
    l0 = (l0 ^ sign) - sign;
    l1 = (l1 ^ sign) - sign;
    l2 = (l2 ^ sign) - sign;
    l3 = (l3 ^ sign) - sign;
    l4 = (l4 ^ sign) - sign;
  }

  /**
   * Takes off the multiple of p that the top limb shows. For a size S ≤ 2⁸ and a spread s ≤ 2⁹ the
   * size is below 1 + S·2⁻³² + s·2⁻⁴⁷ &lt; 1 + 2⁻²³ afterwards, since p is 2²⁵⁶ less about 2²²⁴ and
   * the lower four limbs are worth 2²⁰⁹·s. Of limbs 0, 1 and 3 limb 1 grows most, by at most
   * 257·2⁴⁴ at S = 2⁸, and by about S·2⁴⁴ for the sizes of this package, which count as nothing in
   * its spreads; the spread of limb 4 falls to 2⁻⁴.
   */
  void shrink() {
    long q = l4 >> 48;
    l0 += q;
    l1 -= q << 44;
    l3 -= q << 36;
    l4 += (q << 16) - (q << 48);
  }

  /**
   * Carries into limb 4, so that limbs 0 to 3 come to lie in [0, 2⁵²), and takes off the multiple
   * of p that the top shows before: a spread of 1 and a size below 1 + 2⁻²³, for a spread up to 2⁹
   * and a size up to 2⁸.
   */
  void tidy() {
    shrink();
    carry();
  }

  private void carry() {
    l1 += l0 >> 52;
    l0 &= MASK;
    l2 += l1 >> 52;
    l1 &= MASK;
    l3 += l2 >> 52;
    l2 &= MASK;
    l4 += l3 >> 52;
    l3 &= MASK;
  }

  /**
   * Adds p to this for {@code mask} −1, or nothing for 0; a mask of the other sign and {@code p}
   * negated subtract.
   */
  private void addPrime(long mask, int sign) {
    l0 += sign * (P0 & mask);
    l1 += sign * (P1 & mask);
    l3 += sign * (P3 & mask);
    l4 += sign * (P4 & mask);
    carry();
  }

  /**
   * Makes the element the only number of its class in [0, p), for a size up to 2⁸ and a spread up
   * to 2⁹, without a branch.
   */
  void canonical() {
    tidy();
    // Now −2²⁵⁶·2⁻²³ < value < 2²⁵⁶·(1 + 2⁻²³), which is below 2p.
    addPrime(l4 >> 63, 1);
    // Now 0 ≤ value < 2p: subtract p, and add it again where the difference is negative.
    addPrime(-1L, -1);
    addPrime(l4 >> 63, 1);
  }

  /** Whether this is zero modulo p; leaves the canonical number. */
  boolean isZero() {
    canonical();
    return (l0 | l1 | l2 | l3 | l4) == 0;
  }

  /** Stores the limbs of a canonical element as four words. */
  void store(long[] words, int offset) {
    words[offset] = l0 | l1 << 52;
    words[offset + 1] = l1 >>> 12 | l2 << 40;
    words[offset + 2] = l2 >>> 24 | l3 << 28;
    words[offset + 3] = l3 >>> 36 | l4 << 16;
  }

  /** Loads four words; the limbs are in [0, 2⁵²), so the spread is 1, and the size 1. */
  void load(long[] words, int offset) {
    load(words[offset], words[offset + 1], words[offset + 2], words[offset + 3]);
  }

  void load(long w0, long w1, long w2, long w3) {
    l0 = w0 & MASK;
    l1 = (w0 >>> 52 | w1 << 12) & MASK;
    l2 = (w1 >>> 40 | w2 << 24) & MASK;
    l3 = (w2 >>> 28 | w3 << 36) & MASK;
    l4 = w3 >>> 16;
  }

  /** Loads an integer below 2²⁵⁶ and brings it into Montgomery form. */
  void fromInteger(long[] words) {
    load(words, 0);
    Field.multiply(this, this, SQUARE_OF_RADIX);
  }

  /** Writes the integer in [0, p) that this stands for; leaves this as it is. */
  long[] toInteger() {
    FieldElement plain = new FieldElement();
    Field.multiply(plain, this, UNIT);
    plain.canonical();
    long[] words = new long[Words.COUNT];
    plain.store(words, 0);
    plain.clear();
    return words;
  }
}

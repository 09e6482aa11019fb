package org.mpotr.crypto.p256;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The field against BigInteger, with limbs driven to the written bounds. */
class FieldTest {

  private static final long UNIT = 1L << 52;

  /** Pairs of spreads whose product is at most 48, the contract of a multiplication. */
  private static final double[][] SPREADS = {
    {1, 1}, {6.9, 6.9}, {12, 4}, {4, 12}, {16, 3}, {24, 2}, {31, 1.54}, {1.54, 31}, {48.0 / 31, 31}
  };

  private final SplittableRandom random = new SplittableRandom(20010);

  /** Limbs at the bound with every sign, one off it, zero, or at random below it. */
  private FieldElement element(double spread) {
    FieldElement a = new FieldElement();
    a.l0 = limb(spread);
    a.l1 = limb(spread);
    a.l2 = limb(spread);
    a.l3 = limb(spread);
    a.l4 = limb(spread);
    return a;
  }

  private long limb(double spread) {
    long bound = (long) (spread * UNIT);
    return switch (random.nextInt(8)) {
      case 0, 1 -> bound;
      case 2, 3 -> -bound;
      case 4 -> random.nextInt(3) - 1;
      case 5 -> bound - 1 - random.nextInt(3);
      default -> random.nextLong(-bound, bound + 1);
    };
  }

  /** All limbs at the bound, with the signs of {@code signs}. */
  private static FieldElement extreme(double spread, int signs) {
    long bound = (long) (spread * UNIT);
    FieldElement a = new FieldElement();
    a.l0 = (signs & 1) == 0 ? bound : -bound;
    a.l1 = (signs & 2) == 0 ? bound : -bound;
    a.l2 = (signs & 4) == 0 ? bound : -bound;
    a.l3 = (signs & 8) == 0 ? bound : -bound;
    a.l4 = (signs & 16) == 0 ? bound : -bound;
    return a;
  }

  /** Checks class, limbs and size of a result whose exact integer before the reduction is given. */
  private static void check(BigInteger product, FieldElement r) {
    BigInteger value = Reference.value(r);
    assertEquals(
        product.multiply(Reference.INVERSE_RADIX).mod(Reference.P), value.mod(Reference.P));
    for (long limb : new long[] {r.l0, r.l1, r.l2, r.l3}) {
      assertTrue(limb >= 0 && limb < UNIT);
    }
    // product/2²⁶⁰ ≤ result < product/2²⁶⁰ + p
    BigInteger excess = value.shiftLeft(260).subtract(product);
    assertTrue(excess.signum() >= 0);
    assertTrue(excess.compareTo(Reference.P.shiftLeft(260)) < 0);
  }

  private static void checkMultiply(FieldElement a, FieldElement b) {
    FieldElement r = new FieldElement();
    Field.multiply(r, a, b);
    check(Reference.value(a).multiply(Reference.value(b)), r);
  }

  private static void checkSquare(FieldElement a) {
    FieldElement r = new FieldElement();
    Field.square(r, a);
    check(Reference.value(a).pow(2), r);
  }

  @Test
  void multipliesAtEveryCornerOfTheBounds() {
    for (double[] spreads : SPREADS) {
      for (int signs = 0; signs < 1 << 10; signs++) {
        checkMultiply(extreme(spreads[0], signs & 31), extreme(spreads[1], signs >> 5));
      }
    }
    for (int signs = 0; signs < 32; signs++) {
      checkSquare(extreme(6.9, signs));
    }
  }

  @Test
  void multipliesWithinTheBounds() {
    for (int i = 0; i < Reference.count(20_000, 25); i++) {
      double[] spreads = SPREADS[i % SPREADS.length];
      checkMultiply(element(spreads[0]), element(spreads[1]));
      checkSquare(element(i % 2 == 0 ? 6.9 : 1));
    }
  }

  @Test
  void subtractsProductsWithinTheBounds() {
    double[][] quadruples = {
      {4, 6, 4, 6}, {1, 3, 4, 2}, {2, 4, 1, 1}, {12, 2, 2, 12}, {1, 47, 1, 1}
    };
    for (int i = 0; i < Reference.count(20_000, 10); i++) {
      double[] s = quadruples[i % quadruples.length];
      boolean corner = i < 4_000;
      FieldElement a = corner ? extreme(s[0], random.nextInt(32)) : element(s[0]);
      FieldElement b = corner ? extreme(s[1], random.nextInt(32)) : element(s[1]);
      FieldElement e = corner ? extreme(s[2], random.nextInt(32)) : element(s[2]);
      FieldElement d = corner ? extreme(s[3], random.nextInt(32)) : element(s[3]);
      BigInteger product =
          Reference.value(a)
              .multiply(Reference.value(b))
              .subtract(Reference.value(e).multiply(Reference.value(d)));
      FieldElement r = new FieldElement();
      Field.multiplySubtract(r, a, b, e, d);
      check(product, r);
    }
  }

  @Test
  void writesOverItsOperands() {
    for (int i = 0; i < 100; i++) {
      FieldElement a = element(2);
      BigInteger square = Reference.value(a).pow(2);
      Field.multiply(a, a, a);
      check(square, a);
    }
  }

  @Test
  void findsTheCanonicalNumber() {
    for (int i = 0; i < Reference.count(20_000, 10); i++) {
      FieldElement a = element(i % 2 == 0 ? 1 : 16);
      a.l4 >>= 12 - i % 8;
      BigInteger expected = Reference.value(a).mod(Reference.P);
      FieldElement tidy = new FieldElement();
      tidy.set(a);
      tidy.tidy();
      BigInteger near = Reference.value(tidy);
      assertEquals(expected, near.mod(Reference.P));
      BigInteger margin = BigInteger.ONE.shiftLeft(256 - 23);
      assertTrue(near.compareTo(margin.negate()) > 0);
      assertTrue(near.compareTo(BigInteger.ONE.shiftLeft(256).add(margin)) < 0);
      a.canonical();
      assertEquals(expected, Reference.value(a));
      long[] words = new long[Words.COUNT];
      a.store(words, 0);
      assertEquals(expected, Reference.integer(words));
      FieldElement loaded = new FieldElement();
      loaded.load(words, 0);
      assertEquals(expected, Reference.value(loaded));
    }
  }

  /** What is promised for a spread up to 2⁹ and a size up to 2⁸. */
  private static void checkReductions(FieldElement a) {
    BigInteger expected = Reference.value(a).mod(Reference.P);
    FieldElement r = new FieldElement();
    r.set(a);
    r.shrink();
    assertEquals(expected, Reference.value(r).mod(Reference.P));
    assertTrue(Reference.isNearlyReduced(r));
    // The top limb shows a multiple of p between −257 and 256.
    assertTrue(Math.abs(r.l4) <= (1L << 48) + (257L << 16));
    assertTrue(Math.abs(r.l1 - a.l1) <= 257L << 44);
    r.set(a);
    r.tidy();
    assertEquals(expected, Reference.value(r).mod(Reference.P));
    assertTrue(Reference.isTidy(r));
    r.set(a);
    r.canonical();
    assertEquals(expected, Reference.value(r));
    assertTrue(Reference.isTidy(r));
    assertEquals(expected.signum() == 0, r.isZero());
  }

  /** Makes the top limb the highest, or the lowest, that leaves a size of 2⁸ at most. */
  private static void fill(FieldElement a, boolean high) {
    a.l4 = 0;
    BigInteger low = Reference.value(a);
    BigInteger largest = BigInteger.ONE.shiftLeft(256 + 8);
    BigInteger room = high ? largest.subtract(low) : largest.add(low);
    long top = room.shiftRight(208).longValueExact();
    a.l4 = high ? top : -top;
  }

  @Test
  void reducesAtEveryCornerOfTheBounds() {
    for (int signs = 0; signs < 16; signs++) {
      FieldElement a = extreme(1 << 9, signs);
      fill(a, true);
      checkReductions(a);
      fill(a, false);
      checkReductions(a);
    }
  }

  @Test
  void reducesWithinTheBounds() {
    for (int i = 0; i < Reference.count(20_000, 10); i++) {
      FieldElement a = element(1 << 9);
      // Below 2⁵⁶ by what the lower limbs may be worth.
      long bound = (1L << 56) - (1L << 10);
      switch (i % 4) {
        case 0 -> fill(a, random.nextBoolean());
        case 1 -> a.l4 = random.nextLong(-bound, bound + 1);
        case 2 -> a.l4 = (random.nextLong(-255, 256) << 48) + random.nextLong(-1, 2);
        default -> a.l4 = random.nextLong(-1, 2);
      }
      checkReductions(a);
    }
  }

  @Test
  void knowsZeroInEveryForm() {
    for (int multiple = -256; multiple <= 256; multiple++) {
      for (int offset = -1; offset <= 1; offset++) {
        BigInteger value =
            Reference.P.multiply(BigInteger.valueOf(multiple)).add(BigInteger.valueOf(offset));
        assertEquals(offset == 0, Reference.limbs(value, () -> 0).isZero());
        FieldElement wide = Reference.limbs(value, () -> random.nextInt(-512, 512));
        checkReductions(wide);
        assertEquals(offset == 0, wide.isZero());
      }
    }
  }

  @Test
  void shrinksWithinTheClass() {
    for (int i = 0; i < 10_000; i++) {
      FieldElement a = element(3);
      a.l4 >>= 2 + i % 4;
      BigInteger before = Reference.value(a).mod(Reference.P);
      a.shrink();
      assertEquals(before, Reference.value(a).mod(Reference.P));
      assertTrue(Math.abs(a.l4) <= (1L << 48) + (1L << 24));
      assertTrue(Math.abs(a.l0) <= 3 * UNIT + (1 << 8));
    }
  }

  @Test
  void goesIntoMontgomeryFormAndBack() {
    for (int i = 0; i < 2_000; i++) {
      BigInteger value = Reference.below(random, Reference.P);
      FieldElement a = Reference.element(value);
      assertEquals(value.multiply(Reference.RADIX).mod(Reference.P), Reference.value(a));
      assertEquals(value, Reference.integer(a.toInteger()));
    }
    assertEquals(BigInteger.ONE, Reference.integer(FieldElement.ONE.toInteger()));
  }

  @Test
  void inverts() {
    for (int i = 0; i < Reference.count(3_000, 20); i++) {
      BigInteger value = Reference.below(random, Reference.P);
      FieldElement inverse = new FieldElement();
      Inversion.ofSecret(inverse, Reference.element(value));
      if (value.signum() == 0) {
        assertTrue(inverse.isZero());
        continue;
      }
      BigInteger expected = value.modInverse(Reference.P);
      assertEquals(expected, Reference.integer(inverse.toInteger()));
      Inversion.ofPublic(inverse, Reference.element(value));
      assertEquals(expected, Reference.integer(inverse.toInteger()));
    }
  }

  @Test
  void invertsManyAtOnce() {
    for (int count = 0; count < 20; count++) {
      FieldElement[] elements = Inversion.elements(count);
      FieldElement[] others = Inversion.elements(count);
      BigInteger[] values = new BigInteger[count];
      for (int i = 0; i < count; i++) {
        values[i] = BigInteger.ONE.add(new BigInteger(1, Reference.bytes(random, 31)));
        elements[i].set(Reference.element(values[i]));
        others[i].set(elements[i]);
      }
      Inversion.ofAllPublic(elements, count, Inversion.elements(count));
      Inversion.ofAllSecret(others, count, Inversion.elements(count));
      for (int i = 0; i < count; i++) {
        BigInteger expected = values[i].modInverse(Reference.P);
        assertEquals(expected, Reference.integer(elements[i].toInteger()));
        assertEquals(expected, Reference.integer(others[i].toInteger()));
      }
    }
    assertFalse(FieldElement.of(1, 0, 0, 0).isZero());
  }
}

package org.mpotr.crypto.p256;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Arithmetic modulo n, and the digits of scalars, against BigInteger. */
class OrderTest {

  private static final BigInteger N = Reference.N;

  private final SplittableRandom random = new SplittableRandom(6979);

  @Test
  void addsMultipliesAndInverts() {
    for (int i = 0; i < Reference.count(10_000, 20); i++) {
      BigInteger a = Reference.below(random, N);
      BigInteger b = Reference.below(random, N);
      long[] r = new long[Words.COUNT];
      Order.multiply(r, Reference.words(a), Reference.words(b));
      assertEquals(a.multiply(b).mod(N), Reference.integer(r));
      Order.add(r, Reference.words(a), Reference.words(b));
      assertEquals(a.add(b).mod(N), Reference.integer(r));
      if (a.signum() != 0) {
        r = Reference.words(a);
        Order.invertSecret(r);
        assertEquals(a.modInverse(N), Reference.integer(r));
        r = Reference.words(a);
        Order.invertPublic(r);
        assertEquals(a.modInverse(N), Reference.integer(r));
      }
    }
  }

  @Test
  void invertsEveryPowerOfTwoAndItsNeighbours() {
    for (int bit = 0; bit < 256; bit++) {
      for (int offset = -1; offset <= 1; offset++) {
        BigInteger a = BigInteger.ONE.shiftLeft(bit).add(BigInteger.valueOf(offset)).mod(N);
        if (a.signum() == 0) {
          continue;
        }
        long[] r = Reference.words(a);
        Order.invertSecret(r);
        assertEquals(a.modInverse(N), Reference.integer(r));
        r = Reference.words(a);
        Order.invertPublic(r);
        assertEquals(a.modInverse(N), Reference.integer(r));
      }
    }
  }

  @Test
  void reducesAndCompares() {
    BigInteger top = BigInteger.ONE.shiftLeft(256);
    for (int i = 0; i < 10_000; i++) {
      BigInteger a = i < 5 ? N.add(BigInteger.valueOf(i - 2)) : Reference.below(random, top);
      long[] r = Reference.words(a);
      assertEquals(a.compareTo(N) < 0 ? -1 : 0, Order.belowOrder(r));
      assertEquals(a.signum() == 0 ? -1 : 0, Words.zeroMask(r));
      assertEquals(a.compareTo(N.shiftRight(1)) > 0 ? -1 : 0, Order.upperHalf(r));
      Order.reduce(r);
      assertEquals(a.mod(N), Reference.integer(r));
      BigInteger b = a.mod(N);
      Order.negateIf(r, -1);
      assertEquals(N.subtract(b), Reference.integer(r));
      Order.negateIf(r, 0);
      assertEquals(N.subtract(b), Reference.integer(r));
    }
  }

  /** A number below n whose limbs of 52 bits are zero or as large as they may be. */
  private static BigInteger corner(int pattern) {
    BigInteger limb = BigInteger.ONE.shiftLeft(52).subtract(BigInteger.ONE);
    BigInteger corner = BigInteger.ZERO;
    for (int i = 0; i < 5; i++) {
      if ((pattern >>> i & 1) != 0) {
        corner = corner.or(limb.shiftLeft(52 * i));
      }
    }
    return corner.mod(BigInteger.ONE.shiftLeft(256)).min(N.subtract(BigInteger.ONE));
  }

  @Test
  void multipliesAndInvertsAtEveryCornerOfTheLimbs() {
    for (int i = 0; i < 32; i++) {
      BigInteger a = corner(i);
      for (int j = 0; j < 32; j++) {
        long[] r = new long[Words.COUNT];
        Order.multiply(r, Reference.words(a), Reference.words(corner(j)));
        assertEquals(a.multiply(corner(j)).mod(N), Reference.integer(r));
      }
      if (a.signum() != 0) {
        long[] r = Reference.words(a);
        Order.invertSecret(r);
        assertEquals(a.modInverse(N), Reference.integer(r));
        r = Reference.words(a);
        Order.invertPublic(r);
        assertEquals(a.modInverse(N), Reference.integer(r));
      }
    }
  }

  private static BigInteger sum(int[] digits, int step) {
    BigInteger sum = BigInteger.ZERO;
    for (int i = 0; i < digits.length; i++) {
      sum = sum.add(BigInteger.valueOf(digits[i]).shiftLeft(i * step));
    }
    return sum;
  }

  @Test
  void writesScalarsAsDigits() {
    for (int i = 0; i < 5_000; i++) {
      BigInteger a = Reference.below(random, N.shiftRight(1).add(BigInteger.ONE));
      long[] words = Reference.words(a);
      for (int count : new int[] {21, 25, 32, 43}) {
        Windows windows = new Windows(count);
        int[] digits = windows.digits(words);
        BigInteger sum = BigInteger.ZERO;
        for (int w = 0; w < count; w++) {
          sum = sum.add(BigInteger.valueOf(digits[w]).shiftLeft(windows.start(w)));
          assertTrue(Math.abs(digits[w]) <= windows.place(w + 1) - windows.place(w));
        }
        assertEquals(a, sum);
        assertEquals(256, windows.start(count));
      }
      checkSparse(a, 5);
      checkSparse(a, 6);
    }
  }

  private static int[] checkSparse(BigInteger a, int width) {
    int[] sparse = Digits.sparse(Reference.words(a), width);
    assertEquals(a, sum(sparse, 1));
    // The place from which on a digit may again be other than zero.
    int free = 0;
    for (int i = 0; i < sparse.length; i++) {
      if (sparse[i] != 0) {
        assertEquals(1, sparse[i] & 1);
        assertTrue(Math.abs(sparse[i]) < 1 << (width - 1));
        assertTrue(i >= free, () -> "digits closer than " + width + " in " + a);
        free = i + width;
      }
    }
    return sparse;
  }

  @Test
  void writesTheDensestScalarsAsDigits() {
    for (int digit : new int[] {1, -1, 31, -31}) {
      int[] sparse = checkSparse(Reference.densest(digit), 6);
      for (int i = 0; i < sparse.length; i++) {
        assertEquals(i == 252 ? 1 : i < 252 && i % 6 == 0 ? digit : 0, sparse[i]);
      }
      assertEquals(Terms.most(6), Arrays.stream(sparse).filter(each -> each != 0).count());
    }
  }

  @Test
  void writesOddScalarsAsOddDigits() {
    for (int i = 0; i < 5_000; i++) {
      BigInteger a = Reference.below(random, N).setBit(0);
      BigInteger larger = i % 2 == 0 ? a : a.setBit(256);
      for (int width : new int[] {5, 6}) {
        int windows = width == 5 ? 52 : 43;
        long[] pattern = Digits.pattern(Reference.words(a), i % 2, width, windows);
        BigInteger sum = BigInteger.ZERO;
        for (int w = 0; w < windows; w++) {
          int window = Words.bits(pattern, w * width, width);
          long digit = 2 * Digits.index(window, width) + 1;
          digit = (digit ^ Digits.sign(window, width)) - Digits.sign(window, width);
          sum = sum.add(BigInteger.valueOf(digit).shiftLeft(w * width));
        }
        assertEquals(larger, sum);
      }
    }
  }
}

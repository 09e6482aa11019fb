package org.mpotr.crypto.p256;

import org.mpotr.crypto.P256;

/**
 * Multiples of points by secret scalars, in constant time, and their affine coordinates as bytes.
 */
final class SecretPoint {

  private static final int WIDTH = 5;
  private static final int WINDOWS = 52;
  private static final int COUNT = 1 << (WIDTH - 1);

  private SecretPoint() {}

  /** The 65 bytes of k·G, k in [1, n). */
  static byte[] encodedOfBase(long[] k) {
    XyzzPoint point = new XyzzPoint();
    BasePoint.multiplySecret(point, k);
    return encoded(point);
  }

  /** The 65 bytes of k·P for a public P that is not infinity; k in [1, n). */
  static byte[] encodedOfPoint(long[] k, FieldElement x, FieldElement y) {
    FieldElement productX = new FieldElement();
    FieldElement productY = new FieldElement();
    multiplyAffine(k, x, y, productX, productY);
    byte[] encoded = encoded(productX, productY);
    productX.clear();
    productY.clear();
    return encoded;
  }

  /**
   * The 65 bytes of j·G + k·P for a public P that is not infinity, and j and k in [1, n) of which j
   * is drawn at random: that j·G is k·P or its negative has a chance of 2⁻²⁵⁵, and is not met.
   */
  static byte[] encodedOfSum(long[] j, long[] k, FieldElement x, FieldElement y) {
    FieldElement productX = new FieldElement();
    FieldElement productY = new FieldElement();
    multiplyAffine(k, x, y, productX, productY);
    XyzzPoint point = new XyzzPoint();
    BasePoint.multiplySecret(point, j);
    point.addDistinct(productX, productY);
    productX.clear();
    productY.clear();
    return encoded(point);
  }

  /** The affine coordinates, of spread 1 and size 1.01, of k·P. */
  private static void multiplyAffine(
      long[] k, FieldElement x, FieldElement y, FieldElement productX, FieldElement productY) {
    AffineTable table = Multiples.odd(new FieldElement[] {x}, new FieldElement[] {y}, COUNT);
    long[] scalar = k.clone();
    long negative = ~-(scalar[0] & 1);
    Order.negateIf(scalar, negative);
    long[] pattern = Digits.pattern(scalar, 0, WIDTH, WINDOWS);
    JacobianPoint point = new JacobianPoint();
    multiply(point, table, pattern);
    point.y.negateIf(negative);
    FieldElement inverse = new FieldElement();
    FieldElement square = new FieldElement();
    Inversion.ofSecret(inverse, point.z);
    Field.square(square, inverse);
    Field.multiply(productX, point.x, square);
    Field.multiply(square, square, inverse);
    Field.multiply(productY, point.y, square);
    productX.tidy();
    productY.tidy();
    point.clear();
    inverse.clear();
    square.clear();
    Words.clear(scalar, pattern);
  }

  /** The x-coordinate of k·G, k in [1, n). */
  static long[] xOfBase(long[] k) {
    XyzzPoint point = new XyzzPoint();
    BasePoint.multiplySecret(point, k);
    Inversion.ofSecret(point.zzz, point.zz);
    Field.multiply(point.x, point.x, point.zzz);
    long[] x = point.x.toInteger();
    point.clear();
    return x;
  }

  /** The x-coordinates, 32 bytes each, of k times public points, none infinity; k in [1, n). */
  static byte[][] xOfPoints(long[] k, FieldElement[] x, FieldElement[] y) {
    int count = x.length;
    AffineTable[] tables = Multiples.odd(x, y, COUNT).split(COUNT);
    long[] scalar = k.clone();
    long negative = ~-(scalar[0] & 1);
    Order.negateIf(scalar, negative);
    long[] pattern = Digits.pattern(scalar, 0, WIDTH, WINDOWS);
    FieldElement[] numerators = Inversion.elements(count);
    FieldElement[] denominators = Inversion.elements(count);
    JacobianPoint point = new JacobianPoint();
    for (int i = 0; i < count; i++) {
      multiply(point, tables[i], pattern);
      numerators[i].set(point.x);
      Field.square(denominators[i], point.z);
    }
    Inversion.ofAllSecret(denominators, count, Inversion.elements(count));
    byte[][] secrets = new byte[count][P256.SCALAR_BYTES];
    for (int i = 0; i < count; i++) {
      Field.multiply(numerators[i], numerators[i], denominators[i]);
      write(numerators[i], secrets[i], 0);
      numerators[i].clear();
      denominators[i].clear();
    }
    point.clear();
    Words.clear(scalar, pattern);
    return secrets;
  }

  /**
   * point = k·P by the odd multiples of P, for the pattern of an odd k in (0, n).
   *
   * <p>The sum s·P so far, s = 2⁵·(an odd number from 1 on), is never ±d·P for the next digit d,
   * |d| &lt; 2⁵: as integers they differ, and modulo n they could be equal only where s ± d reaches
   * n, at the last digit. There s + d = k is not a multiple of n. If s − d is, then so is k − 2d,
   * and as k is odd and below n, k = n + 2d with d negative. Then 2⁵ divides k − d = n + d, which
   * makes d = −17 (n is 17 modulo 32); but the quotient is the odd sum of the higher digits, and (n
   * − 17)/32 is even.
   */
  private static void multiply(JacobianPoint point, AffineTable table, long[] pattern) {
    FieldElement x = new FieldElement();
    FieldElement y = new FieldElement();
    long[] row = new long[AffineTable.ROW_WORDS];
    for (int w = WINDOWS - 1; w >= 0; w--) {
      int window = Words.bits(pattern, w * WIDTH, WIDTH);
      long index = Digits.index(window, WIDTH);
      table.select(index, Digits.sign(window, WIDTH), row, x, y);
      if (w == WINDOWS - 1) {
        point.set(x, y);
      } else {
        point.twice(WIDTH);
        point.add(x, y);
      }
    }
    x.clear();
    y.clear();
    Words.clear(row);
  }

  /** The affine coordinates of a point that is not infinity, which is cleared. */
  private static byte[] encoded(XyzzPoint point) {
    FieldElement inverse = new FieldElement();
    FieldElement square = new FieldElement();
    Inversion.ofSecret(inverse, point.zzz);
    // ZZ/ZZZ is 1/Z, whose square is 1/ZZ.
    Field.multiply(square, inverse, point.zz);
    Field.square(square, square);
    Field.multiply(point.x, point.x, square);
    Field.multiply(point.y, point.y, inverse);
    byte[] encoded = encoded(point.x, point.y);
    point.clear();
    inverse.clear();
    square.clear();
    return encoded;
  }

  private static byte[] encoded(FieldElement x, FieldElement y) {
    byte[] encoded = new byte[P256.POINT_BYTES];
    encoded[0] = 0x04;
    write(x, encoded, 1);
    write(y, encoded, 1 + P256.SCALAR_BYTES);
    return encoded;
  }

  private static void write(FieldElement element, byte[] bytes, int offset) {
    long[] words = element.toInteger();
    Words.toBytes(words, bytes, offset);
    Words.clear(words);
  }
}

package org.mpotr.crypto.p256;

import org.mpotr.crypto.P256;

/**
 * Multiples of points by secret scalars, in constant time, and their affine coordinates as bytes.
 */
final class SecretPoint {

  private SecretPoint() {}

  /** The 65 bytes of k·G, k in [1, n). */
  static byte[] encodedOfBase(long[] k) {
    XyzzPoint point = new XyzzPoint();
    BasePoint.multiplySecret(point, k);
    return encoded(point);
  }

  /** The 65 bytes of k·P for a public P that is not infinity; k in [1, n). */
  static byte[] encodedOfPoint(long[] k, Comb point) {
    FieldElement productX = new FieldElement();
    FieldElement productY = new FieldElement();
    multiplyAffine(k, point, productX, productY);
    byte[] encoded = encoded(productX, productY);
    productX.clear();
    productY.clear();
    return encoded;
  }

  /**
   * The 65 bytes of j·G + k·P for a public P that is not infinity, and j and k in [1, n) of which j
   * is drawn at random: that j·G is k·P or its negative has a chance of 2⁻²⁵⁵, and is not met.
   */
  static byte[] encodedOfSum(long[] j, long[] k, Comb point) {
    FieldElement productX = new FieldElement();
    FieldElement productY = new FieldElement();
    multiplyAffine(k, point, productX, productY);
    XyzzPoint sum = new XyzzPoint();
    BasePoint.multiplySecret(sum, j);
    sum.addDistinct(productX, productY);
    productX.clear();
    productY.clear();
    return encoded(sum);
  }

  /** The affine coordinates, of spread 1 and size 1.01, of k·P. */
  private static void multiplyAffine(
      long[] k, Comb comb, FieldElement productX, FieldElement productY) {
    long[] scalar = k.clone();
    long negative = ~-(scalar[0] & 1);
    Order.negateIf(scalar, negative);
    long[] pattern = Comb.pattern(scalar);
    JacobianPoint point = new JacobianPoint();
    comb.multiply(point, pattern);
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
  static byte[][] xOfPoints(long[] k, Comb[] points) {
    int count = points.length;
    long[] scalar = k.clone();
    long negative = ~-(scalar[0] & 1);
    Order.negateIf(scalar, negative);
    long[] pattern = Comb.pattern(scalar);
    FieldElement[] numerators = Inversion.elements(count);
    FieldElement[] denominators = Inversion.elements(count);
    JacobianPoint point = new JacobianPoint();
    for (int i = 0; i < count; i++) {
      points[i].multiply(point, pattern);
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

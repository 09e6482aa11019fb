package org.mpotr.reference;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * P-256 by the affine formulas of the textbook (section 1): the second reading of the text, in
 * {@link BigInteger}, as plain as possible and in no way constant in time.
 */
public final class Curve {
  /** The prime of the field. */
  public static final BigInteger P =
      new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

  static final BigInteger B =
      new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);

  /** The order of the group. */
  public static final BigInteger N =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  static final BigInteger THREE = BigInteger.valueOf(3);

  /** (0, 0) is not on the curve, so it can stand for the point at infinity. */
  static final Point INFINITY = new Point(BigInteger.ZERO, BigInteger.ZERO);

  static final Point G =
      new Point(
          new BigInteger("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", 16),
          new BigInteger("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5", 16));

  private static final Map<Product, Point> PRODUCTS = new ConcurrentHashMap<>();

  private Curve() {}

  /** A point by its coordinates. */
  record Point(BigInteger x, BigInteger y) {}

  static Point add(Point a, Point b) {
    if (a.equals(INFINITY)) {
      return b;
    }
    if (b.equals(INFINITY)) {
      return a;
    }
    BigInteger slope;
    if (!a.x.equals(b.x)) {
      slope = b.y.subtract(a.y).multiply(b.x.subtract(a.x).modInverse(P));
    } else if (a.y.equals(b.y) && a.y.signum() != 0) {
      slope = a.x.pow(2).multiply(THREE).subtract(THREE).multiply(a.y.add(a.y).modInverse(P));
    } else {
      return INFINITY;
    }
    BigInteger x = slope.pow(2).subtract(a.x).subtract(b.x).mod(P);
    return new Point(x, slope.multiply(a.x.subtract(x)).subtract(a.y).mod(P));
  }

  /** k times a point; what was multiplied once is remembered, since runs are played many times. */
  static Point multiply(BigInteger k, Point point) {
    return PRODUCTS.computeIfAbsent(new Product(k, point), Product::value);
  }

  private record Product(BigInteger k, Point point) {
    Point value() {
      return slowProduct(k, point);
    }
  }

  private static Point slowProduct(BigInteger k, Point point) {
    Point sum = INFINITY;
    for (int bit = k.bitLength() - 1; bit >= 0; bit--) {
      sum = add(sum, sum);
      if (k.testBit(bit)) {
        sum = add(sum, point);
      }
    }
    return sum;
  }

  /** The public point of a scalar, 65 bytes. */
  public static byte[] publicPoint(BigInteger scalar) {
    return encode(multiply(scalar, G));
  }

  /** ECDH of section 1: the x-coordinate, 32 bytes. */
  static byte[] agree(BigInteger scalar, byte[] point) throws Refused {
    return number(multiply(scalar, decode(point)).x);
  }

  /** The uncompressed form of SEC 1, 65 bytes. */
  static byte[] encode(Point point) {
    return new Struct().u8(4).raw(number(point.x)).raw(number(point.y)).bytes();
  }

  /** A point in its one encoding, validated in full. */
  static Point decode(byte[] encoded) throws Refused {
    if (encoded.length != 65 || encoded[0] != 4) {
      throw new Refused("bad-point");
    }
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(encoded, 1, 33));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(encoded, 33, 65));
    BigInteger right = x.pow(3).subtract(x.multiply(THREE)).add(B).mod(P);
    if (x.compareTo(P) >= 0 || y.compareTo(P) >= 0 || !y.pow(2).mod(P).equals(right)) {
      throw new Refused("bad-point");
    }
    return new Point(x, y);
  }

  /** 32 bytes, big-endian. */
  public static byte[] number(BigInteger value) {
    byte[] bytes = new byte[32];
    byte[] signed = value.toByteArray();
    int from = Math.max(0, signed.length - 32);
    System.arraycopy(signed, from, bytes, 32 - (signed.length - from), signed.length - from);
    return bytes;
  }
}

package org.mpotr.crypto;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.mpotr.crypto.p256.OwnP256;

/**
 * A point of P-256 other than infinity, fully validated (SP 800-56A, 5.6.2.3.3; the cofactor is 1):
 * whoever holds one need not check it again. Equal points are equal objects; an engine may keep
 * tables with the object.
 */
public final class PublicPoint {

  static final byte UNCOMPRESSED = 0x04;

  private final byte[] encoded;

  // Written without a lock: engines prepare immutable objects, and the loser of a race prepares one
  // more.
  private volatile Object prepared;

  private PublicPoint(byte[] encoded) {
    this.encoded = encoded;
  }

  /**
   * The point of an uncompressed SEC 1 encoding.
   *
   * @param encoded exactly 65 bytes, {@code 04 ‖ x ‖ y}, which are copied
   * @throws InvalidKeyException for any other form or length, coordinates out of range, or a point
   *     off the curve
   */
  public static PublicPoint decode(byte[] encoded) throws InvalidKeyException {
    if (encoded.length != P256.POINT_BYTES || encoded[0] != UNCOMPRESSED) {
      throw new InvalidKeyException("not an uncompressed point of P-256, 65 bytes");
    }
    byte[] copy = encoded.clone();
    if (!OwnP256.isPoint(copy)) {
      throw new InvalidKeyException("the point is not on P-256");
    }
    return new PublicPoint(copy);
  }

  /** A copy of the encoding, 65 bytes, {@code 04 ‖ x ‖ y}. */
  public byte[] encoded() {
    return encoded.clone();
  }

  /** The affine x-coordinate. */
  public BigInteger x() {
    return new BigInteger(1, encoded, 1, P256.SCALAR_BYTES);
  }

  /** The affine y-coordinate. */
  public BigInteger y() {
    return new BigInteger(1, encoded, 1 + P256.SCALAR_BYTES, P256.SCALAR_BYTES);
  }

  /** The sum with another point, in a time that depends on both; nothing where it is infinity. */
  public Optional<PublicPoint> plus(PublicPoint other) {
    BigInteger x = x();
    BigInteger y = y();
    BigInteger numerator;
    BigInteger denominator;
    if (!x.equals(other.x())) {
      numerator = other.y().subtract(y);
      denominator = other.x().subtract(x);
    } else if (y.equals(other.y())) {
      numerator = x.multiply(x).subtract(BigInteger.ONE).multiply(BigInteger.valueOf(3));
      denominator = y.shiftLeft(1);
    } else {
      return Optional.empty();
    }
    BigInteger slope = numerator.multiply(denominator.modInverse(Curve.P)).mod(Curve.P);
    BigInteger sumX = slope.multiply(slope).subtract(x).subtract(other.x()).mod(Curve.P);
    BigInteger sumY = slope.multiply(x.subtract(sumX)).subtract(y).mod(Curve.P);
    return Optional.of(of(sumX, sumY));
  }

  /** The sum with the negative of another point; nothing where both are the same. */
  public Optional<PublicPoint> minus(PublicPoint other) {
    return plus(of(other.x(), Curve.P.subtract(other.y())));
  }

  private static PublicPoint of(BigInteger x, BigInteger y) {
    byte[] encoded = new byte[P256.POINT_BYTES];
    encoded[0] = UNCOMPRESSED;
    Curve.putScalar(x, encoded, 1);
    Curve.putScalar(y, encoded, 1 + P256.SCALAR_BYTES);
    return new PublicPoint(encoded);
  }

  /** What an engine keeps with this point for the next use, prepared at the first. */
  public <T> T prepared(Class<T> kind, Function<PublicPoint, T> prepare) {
    Object found = prepared;
    if (!kind.isInstance(found)) {
      found = prepare.apply(this);
      prepared = found;
    }
    return kind.cast(found);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicPoint that && Arrays.equals(encoded, that.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  @Override
  public String toString() {
    return "PublicPoint[P-256]";
  }
}

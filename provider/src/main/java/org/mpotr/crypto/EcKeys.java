package org.mpotr.crypto;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.util.Arrays;

/** EC keys of the Java platform, of any provider, as the arithmetic takes them. */
public final class EcKeys {

  /** The domain parameters of P-256 as the platform has them. */
  static final ECParameterSpec PARAMETERS =
      new ECParameterSpec(
          new EllipticCurve(
              new ECFieldFp(Curve.P), Curve.P.subtract(BigInteger.valueOf(3)), Curve.B),
          new ECPoint(Curve.GX, Curve.GY),
          Curve.N,
          1);

  private EcKeys() {}

  /** Whether domain parameters are those of P-256, all of them. */
  public static boolean isP256(ECParameterSpec params) {
    return params != null
        && params.getOrder().equals(PARAMETERS.getOrder())
        && params.getCofactor() == PARAMETERS.getCofactor()
        && params.getGenerator().equals(PARAMETERS.getGenerator())
        && params.getCurve().getField().equals(PARAMETERS.getCurve().getField())
        && params.getCurve().getA().equals(PARAMETERS.getCurve().getA())
        && params.getCurve().getB().equals(PARAMETERS.getCurve().getB());
  }

  /**
   * The point of a public key.
   *
   * @throws InvalidKeyException when the key is on another curve, or its point is not on P-256
   */
  public static PublicPoint publicPoint(ECPublicKey key) throws InvalidKeyException {
    requireP256(key.getParams());
    ECPoint point = key.getW();
    byte[] encoded = new byte[P256.POINT_BYTES];
    encoded[0] = PublicPoint.UNCOMPRESSED;
    putCoordinate(point == null ? null : point.getAffineX(), encoded, 1);
    putCoordinate(point == null ? null : point.getAffineY(), encoded, 1 + P256.SCALAR_BYTES);
    return PublicPoint.decode(encoded);
  }

  /**
   * The scalar of a private key, to be destroyed by the caller; the key itself stays its owner's.
   *
   * @throws InvalidKeyException when the key is on another curve, keeps its number to itself, or
   *     the number is not from 1 to n − 1
   */
  public static SecretScalar scalar(ECPrivateKey key) throws InvalidKeyException {
    requireP256(key.getParams());
    BigInteger number;
    try {
      number = key.getS();
    } catch (RuntimeException e) {
      // Keys in hardware and destroyed keys have no other way to say so.
      throw new InvalidKeyException("the private key does not show its number", e);
    }
    if (number == null) {
      throw new InvalidKeyException("the private key does not show its number");
    }
    return scalar(number);
  }

  /**
   * The scalar of a number.
   *
   * @throws InvalidKeyException when it is not from 1 to n − 1
   */
  public static SecretScalar scalar(BigInteger number) throws InvalidKeyException {
    byte[] digits = number.toByteArray();
    byte[] fixed = new byte[P256.SCALAR_BYTES];
    try {
      int excess = Math.max(0, digits.length - fixed.length);
      if (number.signum() <= 0 || excess > 1 || (excess == 1 && digits[0] != 0)) {
        throw new InvalidKeyException("the private key is out of range");
      }
      int count = digits.length - excess;
      System.arraycopy(digits, excess, fixed, fixed.length - count, count);
      return SecretScalar.of(fixed);
    } catch (IllegalArgumentException e) {
      throw new InvalidKeyException("the private key is out of range", e);
    } finally {
      Arrays.fill(digits, (byte) 0);
      Arrays.fill(fixed, (byte) 0);
    }
  }

  private static void requireP256(ECParameterSpec params) throws InvalidKeyException {
    if (!isP256(params)) {
      throw new InvalidKeyException("the key is not on P-256");
    }
  }

  private static void putCoordinate(BigInteger value, byte[] target, int offset)
      throws InvalidKeyException {
    if (value == null || value.signum() < 0 || value.bitLength() > P256.SCALAR_BYTES * Byte.SIZE) {
      throw new InvalidKeyException("a coordinate of the public key is out of range");
    }
    Curve.putScalar(value, target, offset);
  }
}

package org.mpotr.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys of the platform: what is on P-256 and in range is taken, and nothing else. */
class EcKeysTest {

  private static final ECParameterSpec P_256 = EcKeys.PARAMETERS;

  static KeyPair pair(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void keysOfTheJdkAreRead() throws InvalidKeyException {
    KeyPair pair = pair("secp256r1");
    PublicPoint point = EcKeys.publicPoint((ECPublicKey) pair.getPublic());
    assertEquals(((ECPublicKey) pair.getPublic()).getW().getAffineX(), point.x());
    assertEquals(((ECPublicKey) pair.getPublic()).getW().getAffineY(), point.y());
    assertEquals(point, P256.engine().publicPoint(EcKeys.scalar((ECPrivateKey) pair.getPrivate())));
    assertTrue(EcKeys.isP256(((ECPublicKey) pair.getPublic()).getParams()));
  }

  static Stream<ECParameterSpec> otherCurves() {
    EllipticCurve curve = P_256.getCurve();
    EllipticCurve otherB =
        new EllipticCurve(curve.getField(), curve.getA(), curve.getB().add(BigInteger.ONE));
    EllipticCurve otherA =
        new EllipticCurve(curve.getField(), curve.getA().subtract(BigInteger.ONE), curve.getB());
    ECPoint g = P_256.getGenerator();
    ECPoint minusG = new ECPoint(g.getAffineX(), Curve.P.subtract(g.getAffineY()));
    return Stream.of(
        ((ECPublicKey) pair("secp384r1").getPublic()).getParams(),
        new ECParameterSpec(otherB, g, Curve.N, 1),
        new ECParameterSpec(otherA, g, Curve.N, 1),
        new ECParameterSpec(curve, minusG, Curve.N, 1),
        new ECParameterSpec(curve, g, Curve.N.subtract(BigInteger.TWO), 1),
        new ECParameterSpec(curve, g, Curve.N, 2));
  }

  @ParameterizedTest
  @MethodSource("otherCurves")
  void otherCurvesAreRefusedHoweverAlike(ECParameterSpec params) {
    assertFalse(EcKeys.isP256(params));
    assertThrows(
        InvalidKeyException.class,
        () -> EcKeys.publicPoint(new PlainPublicKey(P_256.getGenerator(), params)));
    assertThrows(
        InvalidKeyException.class,
        () -> EcKeys.scalar(new PlainPrivateKey(BigInteger.TEN, params)));
  }

  @Test
  void keysWithoutACurveAreRefused() {
    assertFalse(EcKeys.isP256(null));
    assertThrows(
        InvalidKeyException.class,
        () -> EcKeys.publicPoint(new PlainPublicKey(P_256.getGenerator(), null)));
    assertThrows(
        InvalidKeyException.class, () -> EcKeys.scalar(new PlainPrivateKey(BigInteger.ONE, null)));
  }

  static Stream<ECPoint> notPoints() {
    BigInteger x = Curve.GX;
    BigInteger y = Curve.GY;
    return Stream.of(
        ECPoint.POINT_INFINITY,
        new ECPoint(x, y.add(BigInteger.ONE)),
        new ECPoint(x.negate(), y),
        new ECPoint(x, y.subtract(Curve.P)),
        new ECPoint(x.add(Curve.P), y),
        new ECPoint(x.add(BigInteger.ONE.shiftLeft(256)), y),
        new ECPoint(BigInteger.ZERO, BigInteger.ZERO),
        new ECPoint(Curve.P, Curve.P));
  }

  @ParameterizedTest
  @MethodSource("notPoints")
  void whatIsNoPointOfTheCurveIsRefused(ECPoint point) {
    assertThrows(
        InvalidKeyException.class, () -> EcKeys.publicPoint(new PlainPublicKey(point, P_256)));
  }

  @Test
  void aKeyWithoutAPointIsRefused() {
    assertThrows(
        InvalidKeyException.class, () -> EcKeys.publicPoint(new PlainPublicKey(null, P_256)));
  }

  static Stream<BigInteger> notScalars() {
    BigInteger one = BigInteger.ONE;
    return Stream.of(
        BigInteger.ZERO,
        one.negate(),
        Curve.N,
        Curve.N.add(one),
        one.shiftLeft(256).subtract(one),
        one.shiftLeft(256),
        one.shiftLeft(256).add(one),
        one.shiftLeft(4096));
  }

  @ParameterizedTest
  @MethodSource("notScalars")
  void numbersOutOfRangeAreRefused(BigInteger number) {
    assertThrows(
        InvalidKeyException.class, () -> EcKeys.scalar(new PlainPrivateKey(number, P_256)));
  }

  static Stream<BigInteger> scalars() {
    return Stream.of(
        BigInteger.ONE,
        BigInteger.valueOf(0x80),
        BigInteger.ONE.shiftLeft(255),
        Curve.N.subtract(BigInteger.ONE));
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void numbersInRangeAreTaken(BigInteger number) throws InvalidKeyException {
    try (SecretScalar scalar = EcKeys.scalar(new PlainPrivateKey(number, P_256))) {
      assertArrayEquals(SecretScalarTest.bytes(number), scalar.copyBytes());
    }
  }

  @Test
  void aKeyThatHidesItsNumberIsRefused() {
    assertThrows(InvalidKeyException.class, () -> EcKeys.scalar(new PlainPrivateKey(null, P_256)));
    assertThrows(InvalidKeyException.class, () -> EcKeys.scalar(PlainPrivateKey.hidden()));
  }
}

package org.mpotr.crypto.p256;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;

/** Products and sums of points that are more than an x-coordinate, against BouncyCastle. */
class SecretMultiplesTest {

  private static final BigInteger N = Reference.N;

  private final SplittableRandom random = new SplittableRandom(800186);
  private final P256 engine = new OwnP256();

  private BigInteger number() {
    byte[] bytes = new byte[40];
    random.nextBytes(bytes);
    return new BigInteger(1, bytes).mod(N.subtract(BigInteger.ONE)).add(BigInteger.ONE);
  }

  private static SecretScalar scalar(BigInteger k) {
    return SecretScalar.of(BigIntegers.asUnsignedByteArray(32, k));
  }

  private static PublicPoint point(BigInteger k) throws Exception {
    return PublicPoint.decode(Reference.G.multiply(k).getEncoded(false));
  }

  /** Both ends of the range, and all last windows and carries in between. */
  private List<BigInteger> scalars() {
    List<BigInteger> scalars = new ArrayList<>();
    for (int i = 1; i <= 70; i++) {
      scalars.add(BigInteger.valueOf(i));
      scalars.add(N.subtract(BigInteger.valueOf(i)));
    }
    for (int i = 0; i < 60; i++) {
      scalars.add(number());
    }
    return scalars;
  }

  @Test
  void multipliesAnyPointByAnyScalar() throws Exception {
    for (BigInteger k : scalars()) {
      BigInteger q = number();
      assertEquals(point(k.multiply(q).mod(N)), engine.multiply(scalar(k), point(q)));
    }
  }

  @Test
  void addsAMultipleOfTheBasePoint() throws Exception {
    for (BigInteger k : scalars()) {
      BigInteger j = number();
      BigInteger q = number();
      assertEquals(point(j.add(k.multiply(q)).mod(N)), engine.sum(scalar(j), scalar(k), point(q)));
    }
  }

  @Test
  void addsAndSubtractsPublicPoints() throws Exception {
    for (int a = 1; a <= 6; a++) {
      for (int b = 1; b <= 6; b++) {
        PublicPoint first = point(BigInteger.valueOf(a));
        PublicPoint second = point(BigInteger.valueOf(b));
        assertEquals(point(BigInteger.valueOf(a + b)), first.plus(second).orElseThrow());
        ECPoint difference = Reference.G.multiply(BigInteger.valueOf(a - b));
        assertEquals(difference.isInfinity(), first.minus(second).isEmpty());
        if (a != b) {
          assertArrayEquals(
              difference.getEncoded(false), first.minus(second).orElseThrow().encoded());
        }
      }
    }
    PublicPoint last = point(N.subtract(BigInteger.TWO));
    assertTrue(last.plus(point(BigInteger.TWO)).isEmpty());
  }

  @Test
  void respondsModuloTheOrder() {
    for (int i = 0; i < 200; i++) {
      BigInteger a = number();
      BigInteger b = i % 3 == 0 ? N.subtract(BigInteger.ONE) : number();
      BigInteger c = i % 5 == 0 ? BigInteger.ONE : number();
      assertArrayEquals(
          BigIntegers.asUnsignedByteArray(32, a.subtract(b.multiply(c)).mod(N)),
          scalar(a).minusProduct(scalar(b), scalar(c)).copyBytes());
    }
  }

  @Test
  void aHashStandsForItsLeadingBits() {
    byte[] hash = new byte[64];
    Arrays.fill(hash, (byte) 0xff);
    assertArrayEquals(
        BigIntegers.asUnsignedByteArray(
            32, BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE).mod(N)),
        SecretScalar.ofHash(hash).copyBytes());
  }
}

package org.mpotr.crypto.p256;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;

/** The engine against the JDK's P-256, which has another author than BouncyCastle's. */
class JdkDifferentialTest {

  private static final byte[] NO_HEDGE = new byte[0];

  private final SplittableRandom random = new SplittableRandom(17);
  private final OwnP256 engine = new OwnP256();

  private static List<BigInteger> edges() {
    List<BigInteger> scalars = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      scalars.add(BigInteger.valueOf(i));
      scalars.add(Reference.N.subtract(BigInteger.valueOf(i)));
    }
    for (int bit = 8; bit < 256; bit += 31) {
      scalars.add(BigInteger.ONE.shiftLeft(bit));
      scalars.add(BigInteger.ONE.shiftLeft(bit).subtract(BigInteger.ONE));
    }
    return scalars;
  }

  /** The edges first, then at random. */
  private List<BigInteger> scalars(int count) {
    List<BigInteger> scalars = edges();
    for (int i = 0; i < count; i++) {
      scalars.add(Reference.scalar(random));
    }
    return scalars;
  }

  @Test
  void makesThePublicPointsOfItsKeyPairs() throws GeneralSecurityException {
    KeyPairGenerator generator = JdkReference.generator();
    Progress progress = new Progress("key pairs", Reference.count(100, 2_500));
    while (progress.more()) {
      KeyPair pair = generator.generateKeyPair();
      SecretScalar d = Reference.secret(JdkReference.scalar(pair));
      assertArrayEquals(JdkReference.encoded(pair), engine.publicPoint(d).encoded());
    }
  }

  @Test
  void agreesOnSecrets() throws GeneralSecurityException {
    List<BigInteger> others = edges();
    List<BigInteger> scalars = scalars(Reference.count(100, 2_500));
    Progress progress = new Progress("secrets", scalars.size());
    for (BigInteger d : scalars) {
      progress.more();
      BigInteger other =
          random.nextBoolean()
              ? others.get(random.nextInt(others.size()))
              : Reference.scalar(random);
      PublicPoint q = engine.publicPoint(Reference.secret(other));
      assertArrayEquals(JdkReference.agree(d, q), engine.agree(Reference.secret(d), q));
    }
  }

  @Test
  void bothVerifyWhatEitherSigns() throws GeneralSecurityException {
    List<BigInteger> scalars = scalars(Reference.count(100, 2_500));
    Progress progress = new Progress("signatures of both", scalars.size());
    for (BigInteger d : scalars) {
      progress.more();
      SecretScalar scalar = Reference.secret(d);
      PublicPoint q = engine.publicPoint(scalar);
      byte[] digest = Reference.bytes(random, 32 + random.nextInt(33));
      byte[] theirs = JdkReference.sign(d, digest);
      byte[] ours = engine.sign(scalar, digest, NO_HEDGE);
      assertTrue(engine.verify(q, digest, theirs));
      assertTrue(JdkReference.verify(q, digest, ours));
    }
  }

  @Test
  void judgesSpoiledSignaturesAlike() throws GeneralSecurityException {
    Progress progress = new Progress("spoiled signatures", Reference.count(100, 2_500));
    while (progress.more()) {
      SecretScalar scalar = Reference.secret(Reference.scalar(random));
      PublicPoint q = engine.publicPoint(scalar);
      byte[] digest = Reference.bytes(random, 64);
      byte[] signature = engine.sign(scalar, digest, NO_HEDGE);
      switch (random.nextInt(4)) {
        case 0 -> signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
        case 1 -> digest[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
        case 2 ->
            signature =
                Reference.signature(
                    Reference.r(signature), Reference.N.subtract(Reference.s(signature)));
        default -> q = engine.publicPoint(Reference.secret(Reference.scalar(random)));
      }
      assertEquals(JdkReference.verify(q, digest, signature), engine.verify(q, digest, signature));
    }
  }

  @Test
  void judgesEdgesOfSignaturesAlike() throws GeneralSecurityException {
    PublicPoint q = engine.publicPoint(Reference.secret(Reference.scalar(random)));
    List<BigInteger> numbers = edges();
    numbers.add(BigInteger.ZERO);
    numbers.add(Reference.N);
    numbers.add(Reference.N.add(BigInteger.ONE));
    numbers.add(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE));
    List<byte[]> digests = List.of(new byte[32], new byte[64], Reference.bytes(Reference.N));
    for (BigInteger r : numbers) {
      BigInteger s = numbers.get(random.nextInt(numbers.size()));
      byte[] signature = Reference.signature(r, s);
      byte[] digest = digests.get(random.nextInt(digests.size()));
      assertEquals(JdkReference.verify(q, digest, signature), engine.verify(q, digest, signature));
    }
  }

  /** Hash 0, hash n, Q = ±G, and keys for which u₁·G and u₂·Q are equal or opposite. */
  @Test
  void judgesMeetingPointsAlike() throws GeneralSecurityException {
    for (BigInteger d : scalars(20)) {
      PublicPoint q = engine.publicPoint(Reference.secret(d));
      BigInteger k = Reference.scalar(random);
      BigInteger r =
          Reference.G.multiply(k).normalize().getAffineXCoord().toBigInteger().mod(Reference.N);
      BigInteger same = r.multiply(d).mod(Reference.N);
      BigInteger inverse = k.modInverse(Reference.N);
      byte[] equal = Reference.signature(r, inverse.multiply(same.shiftLeft(1)).mod(Reference.N));
      byte[] ofZero = Reference.signature(r, inverse.multiply(same).mod(Reference.N));
      judge(true, q, Reference.bytes(same), equal);
      judge(false, q, Reference.bytes(Reference.N.subtract(same)), equal);
      judge(true, q, new byte[32], ofZero);
      judge(true, q, Reference.bytes(Reference.N), ofZero);
    }
  }

  private void judge(boolean expected, PublicPoint q, byte[] digest, byte[] signature)
      throws GeneralSecurityException {
    assertEquals(expected, JdkReference.verify(q, digest, signature));
    assertEquals(expected, engine.verify(q, digest, signature));
  }
}

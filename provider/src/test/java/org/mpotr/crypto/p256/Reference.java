package org.mpotr.crypto.p256;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.util.SplittableRandom;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;

/** What the engine is compared with: BigInteger and BouncyCastle's lightweight classes. */
final class Reference {

  static final BigInteger P =
      new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
  static final BigInteger N =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
  static final BigInteger RADIX = BigInteger.ONE.shiftLeft(260);

  static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256r1");
  static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
  static final ECPoint G = CURVE.getG();

  /** Whether the long profile runs, with a million operations in place of some thousands. */
  static final boolean LONG = Boolean.getBoolean("mpotr.long");

  private Reference() {}

  /** A count for the short profile, or {@code factor} times it for the long one. */
  static int count(int few, int factor) {
    return LONG ? few * factor : few;
  }

  static BigInteger value(FieldElement a) {
    BigInteger value = BigInteger.ZERO;
    for (long limb : new long[] {a.l4, a.l3, a.l2, a.l1, a.l0}) {
      value = value.shiftLeft(52).add(BigInteger.valueOf(limb));
    }
    return value;
  }

  static FieldElement element(BigInteger integer) {
    FieldElement element = new FieldElement();
    element.fromInteger(words(integer));
    element.canonical();
    return element;
  }

  static BigInteger integer(long[] words) {
    return new BigInteger(1, bytes(words));
  }

  static byte[] bytes(long[] words) {
    byte[] bytes = new byte[32];
    Words.toBytes(words, bytes, 0);
    return bytes;
  }

  static long[] words(BigInteger integer) {
    long[] words = new long[Words.COUNT];
    for (int i = 0; i < words.length; i++) {
      words[i] = integer.shiftRight(64 * i).longValue();
    }
    return words;
  }

  static byte[] bytes(BigInteger integer) {
    return bytes(words(integer));
  }

  static byte[] bytes(SplittableRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /**
   * An integer in [0, bound), at random, now and then with long runs of equal bits or near an end.
   */
  static BigInteger below(SplittableRandom random, BigInteger bound) {
    BigInteger value =
        switch (random.nextInt(8)) {
          case 0 -> BigInteger.valueOf(random.nextInt(200));
          case 1 -> bound.subtract(BigInteger.valueOf(1 + random.nextInt(200)));
          case 2 ->
              BigInteger.ONE
                  .shiftLeft(random.nextInt(257))
                  .subtract(BigInteger.ONE.shiftLeft(random.nextInt(257)));
          default -> new BigInteger(1, bytes(random, 32));
        };
    return value.mod(bound);
  }

  /** A scalar in [1, n). */
  static BigInteger scalar(SplittableRandom random) {
    return below(random, N.subtract(BigInteger.ONE)).add(BigInteger.ONE);
  }

  static SecretScalar secret(BigInteger d) {
    return SecretScalar.of(bytes(d));
  }

  static PublicPoint point(ECPoint point) {
    try {
      return PublicPoint.decode(point.getEncoded(false));
    } catch (InvalidKeyException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] signature(BigInteger r, BigInteger s) {
    byte[] signature = new byte[64];
    Words.toBytes(words(r), signature, 0);
    Words.toBytes(words(s), signature, 32);
    return signature;
  }

  static BigInteger r(byte[] signature) {
    return new BigInteger(1, signature, 0, 32);
  }

  static BigInteger s(byte[] signature) {
    return new BigInteger(1, signature, 32, 32);
  }

  static boolean verify(ECPoint q, byte[] digest, byte[] signature) {
    ECDSASigner signer = new ECDSASigner();
    signer.init(false, new ECPublicKeyParameters(q, DOMAIN));
    return signer.verifySignature(digest, r(signature), s(signature));
  }

  static byte[] sign(BigInteger d, byte[] digest) {
    ECDSASigner signer = new ECDSASigner();
    signer.init(true, new ECPrivateKeyParameters(d, DOMAIN));
    BigInteger[] rs = signer.generateSignature(digest);
    return signature(rs[0], rs[1]);
  }

  static byte[] agree(BigInteger d, ECPoint q) {
    return q.multiply(d).normalize().getAffineXCoord().getEncoded();
  }
}

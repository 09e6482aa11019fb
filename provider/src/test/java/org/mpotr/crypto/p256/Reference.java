package org.mpotr.crypto.p256;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECFieldElement;
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
  static final BigInteger INVERSE_RADIX = RADIX.modInverse(P);

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

  /**
   * An integer, not brought into Montgomery form, as limbs: each of the lower four is the one in
   * [0, 2⁵²) and so many times 2⁵², which the next one lacks.
   */
  static FieldElement limbs(BigInteger value, IntSupplier borrowed) {
    long[] limbs = new long[4];
    BigInteger rest = value;
    for (int i = 0; i < limbs.length; i++) {
      limbs[i] = (rest.longValue() & FieldElement.MASK) + ((long) borrowed.getAsInt() << 52);
      rest = rest.subtract(BigInteger.valueOf(limbs[i])).shiftRight(52);
    }
    FieldElement element = new FieldElement();
    element.l0 = limbs[0];
    element.l1 = limbs[1];
    element.l2 = limbs[2];
    element.l3 = limbs[3];
    element.l4 = rest.longValueExact();
    return element;
  }

  /** Whether the lower limbs are in [0, 2⁵²), and the size below 1 + 2⁻²³. */
  static boolean isTidy(FieldElement a) {
    long all = a.l0 | a.l1 | a.l2 | a.l3;
    return all >= 0 && all <= FieldElement.MASK && isNearlyReduced(a);
  }

  /** Whether the size is below 1 + 2⁻²³. */
  static boolean isNearlyReduced(FieldElement a) {
    BigInteger limit = BigInteger.ONE.shiftLeft(256).add(BigInteger.ONE.shiftLeft(256 - 23));
    return value(a).abs().compareTo(limit) < 0;
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

  /** 2²⁵² and a digit at each lower sixth place: 43 digits in the sparse form of width 6. */
  static BigInteger densest(int digit) {
    BigInteger scalar = BigInteger.ONE;
    for (int i = 0; i < 42; i++) {
      scalar = scalar.shiftLeft(6).add(BigInteger.valueOf(digit));
    }
    return scalar;
  }

  static SecretScalar secret(BigInteger d) {
    return SecretScalar.of(bytes(d));
  }

  /** A point of an x in [0, p), or null if the curve has none. */
  static ECPoint pointOfX(BigInteger x) {
    ECCurve curve = CURVE.getCurve();
    ECFieldElement element = curve.fromBigInteger(x);
    ECFieldElement square = element.square().add(curve.getA()).multiply(element).add(curve.getB());
    ECFieldElement root = square.sqrt();
    return root == null ? null : curve.createPoint(x, root.toBigInteger());
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

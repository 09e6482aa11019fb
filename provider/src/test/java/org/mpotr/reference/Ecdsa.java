package org.mpotr.reference;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * ECDSA of section 1 over a SHA-512 hash that is already there: the nonce of RFC 6979 under
 * HMAC-SHA-256 with additional data, s in its lower half. Part of the second reading of the text.
 */
public final class Ecdsa {
  private static final BigInteger HALF = Curve.N.shiftRight(1);

  private Ecdsa() {}

  /** 64 bytes, r and s. */
  public static byte[] sign(BigInteger key, byte[] hash, byte[] hedge) {
    BigInteger nonce = nonce(key, hash, hedge);
    BigInteger r = Curve.multiply(nonce, Curve.G).x().mod(Curve.N);
    BigInteger s =
        nonce.modInverse(Curve.N).multiply(leading(hash).add(r.multiply(key))).mod(Curve.N);
    if (r.signum() == 0 || s.signum() == 0) {
      throw new IllegalStateException("nobody has ever seen this happen");
    }
    return Struct.join(Curve.number(r), Curve.number(s.min(Curve.N.subtract(s))));
  }

  /** The nonce of RFC 6979, section 3.2, with the additional data of section 3.6. */
  public static BigInteger nonce(BigInteger key, byte[] hash, byte[] hedge) {
    byte[] seed = Struct.join(Curve.number(key), Curve.number(leading(hash).mod(Curve.N)), hedge);
    byte[] v = new byte[32];
    Arrays.fill(v, (byte) 1);
    byte[] k = new byte[32];
    for (int step = 0; step < 2; step++) {
      k = Labelled.hmacSha256(k, new Struct().raw(v).u8(step).raw(seed).bytes());
      v = Labelled.hmacSha256(k, v);
    }
    while (true) {
      v = Labelled.hmacSha256(k, v);
      BigInteger nonce = leading(v);
      if (nonce.signum() > 0 && nonce.compareTo(Curve.N) < 0) {
        return nonce;
      }
      k = Labelled.hmacSha256(k, new Struct().raw(v).u8(0).bytes());
      v = Labelled.hmacSha256(k, v);
    }
  }

  /** Whether a signature of 64 bytes holds for the hash under a public point. */
  static boolean verify(byte[] point, byte[] hash, byte[] signature) throws Refused {
    BigInteger r = new BigInteger(1, Arrays.copyOfRange(signature, 0, 32));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
    if (signature.length != 64
        || r.signum() == 0
        || r.compareTo(Curve.N) >= 0
        || s.signum() == 0
        || s.compareTo(HALF) > 0) {
      return false;
    }
    BigInteger inverse = s.modInverse(Curve.N);
    Curve.Point sum =
        Curve.add(
            Curve.multiply(leading(hash).multiply(inverse).mod(Curve.N), Curve.G),
            Curve.multiply(r.multiply(inverse).mod(Curve.N), Curve.decode(point)));
    return !sum.equals(Curve.INFINITY) && sum.x().mod(Curve.N).equals(r);
  }

  /** The other signature that plain ECDSA would accept, with s in the upper half. */
  public static byte[] mauled(byte[] signature) {
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
    return new Struct()
        .raw(Arrays.copyOf(signature, 32))
        .raw(Curve.number(Curve.N.subtract(s)))
        .bytes();
  }

  /** The leading 256 bits as a number. */
  private static BigInteger leading(byte[] bytes) {
    return new BigInteger(1, Arrays.copyOf(bytes, 32));
  }
}

package org.mpotr.crypto.p256;

import org.mpotr.crypto.P256;

/** ECDSA signatures (FIPS 186-5, 6.4.1), in constant time in the private scalar and the nonce. */
final class Signer {

  private Signer() {}

  /** Signs a hash with a private scalar of 32 bytes in [1, n); the caller clears the scalar. */
  static byte[] sign(byte[] scalar, byte[] digest, byte[] hedge) {
    if (hedge.length != 0 && hedge.length != P256.HEDGE_BYTES) {
      throw new IllegalArgumentException("a hedge has 32 bytes, or none");
    }
    long[] e = SignatureScalars.hash(digest);
    byte[] hash = new byte[P256.SCALAR_BYTES];
    Words.toBytes(e, hash, 0);
    long[] d = Words.of(scalar, 0);
    Nonces nonces = new Nonces(scalar, hash, hedge);
    try {
      while (true) {
        byte[] signature = sign(d, e, nonces.next());
        if (signature != null) {
          return signature;
        }
        nonces.reject();
      }
    } finally {
      nonces.clear();
      Words.clear(d);
    }
  }

  /**
   * The signature by one nonce, which is cleared; null in the case, of probability 2⁻²⁵⁶, that r or
   * s is zero.
   */
  static byte[] sign(long[] d, long[] e, long[] nonce) {
    long[] r = SecretPoint.xOfBase(nonce);
    Order.reduce(r);
    long[] s = new long[Words.COUNT];
    Order.invertSecret(nonce);
    Order.multiply(s, r, d);
    Order.add(s, s, e);
    Order.multiply(s, s, nonce);
    Words.clear(nonce);
    // r and s are public from here on.
    if ((Words.zeroMask(r) | Words.zeroMask(s)) != 0) {
      Words.clear(s);
      return null;
    }
    Order.negateIf(s, Order.upperHalf(s));
    byte[] signature = new byte[P256.SIGNATURE_BYTES];
    Words.toBytes(r, signature, 0);
    Words.toBytes(s, signature, P256.SCALAR_BYTES);
    return signature;
  }
}

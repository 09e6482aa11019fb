package org.mpotr.crypto.p256;

import org.mpotr.crypto.P256;

/** Arithmetic on secret scalars modulo n, 32 bytes each and big-endian, in constant time. */
public final class Scalars {

  private Scalars() {}

  /** The leading 256 bits of a hash modulo n, to be cleared by the caller. */
  public static byte[] reduce(byte[] hash) {
    long[] words = Words.of(hash, 0);
    Order.reduce(words);
    return bytes(words);
  }

  /** {@code a − b·c} modulo n, for scalars below n; to be cleared by the caller. */
  public static byte[] subtractProduct(byte[] a, byte[] b, byte[] c) {
    long[] difference = Words.of(a, 0);
    long[] first = Words.of(b, 0);
    long[] second = Words.of(c, 0);
    long[] product = new long[Words.COUNT];
    Order.multiply(product, first, second);
    Order.negateIf(product, -1);
    Order.add(difference, difference, product);
    Words.clear(first, second, product);
    return bytes(difference);
  }

  private static byte[] bytes(long[] words) {
    byte[] bytes = new byte[P256.SCALAR_BYTES];
    Words.toBytes(words, bytes, 0);
    Words.clear(words);
    return bytes;
  }
}

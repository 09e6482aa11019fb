package org.mpotr.crypto.p256;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Integers below 2²⁵⁶ as four words of 64 bits, least significant first. Nothing here branches on a
 * value, but for the methods that say so.
 */
final class Words {

  /** Words of an integer. */
  static final int COUNT = 4;

  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Words() {}

  /** The integer of 32 bytes, big-endian, from {@code offset} on. */
  static long[] of(byte[] bytes, int offset) {
    long[] words = new long[COUNT];
    for (int i = 0; i < COUNT; i++) {
      words[i] = (long) BIG_ENDIAN.get(bytes, offset + 24 - 8 * i);
    }
    return words;
  }

  /** Writes the integer as 32 bytes, big-endian. */
  static void toBytes(long[] words, byte[] bytes, int offset) {
    for (int i = 0; i < COUNT; i++) {
      BIG_ENDIAN.set(bytes, offset + 24 - 8 * i, words[i]);
    }
  }

  /**
   * The borrow of the unsigned difference a − b − borrow, where {@code difference} is it modulo
   * 2⁶⁴.
   */
  private static long borrow(long a, long b, long difference) {
    return ((~a & b) | (~(a ^ b) & difference)) >>> 63;
  }

  /** r = a − b modulo 2²⁵⁶; returns −1 if a &lt; b, otherwise 0. */
  static long subtract(long[] r, long[] a, long[] b) {
    long borrow = 0;
    for (int i = 0; i < COUNT; i++) {
      long difference = a[i] - b[i] - borrow;
      borrow = borrow(a[i], b[i], difference);
      r[i] = difference;
    }
    return -borrow;
  }

  /** r = a + (b &amp; mask) modulo 2²⁵⁶; returns the carry, 0 or 1. */
  static long addMasked(long[] r, long[] a, long[] b, long mask) {
    long carry = 0;
    for (int i = 0; i < COUNT; i++) {
      long x = a[i];
      long y = b[i] & mask;
      long sum = x + y + carry;
      carry = ((x & y) | ((x | y) & ~sum)) >>> 63;
      r[i] = sum;
    }
    return carry;
  }

  /** r = mask ? a : b, where {@code mask} is −1 or 0. */
  static void select(long[] r, long mask, long[] a, long[] b) {
    for (int i = 0; i < COUNT; i++) {
      r[i] = b[i] ^ ((a[i] ^ b[i]) & mask);
    }
  }

  /** −1 if the integer is zero, otherwise 0. */
  static long zeroMask(long[] a) {
    long any = a[0] | a[1] | a[2] | a[3];
    return ~((any | -any) >> 63);
  }

  /** Whether two integers are equal, in a time that does not depend on them. */
  static boolean equal(long[] a, long[] b) {
    return ((a[0] ^ b[0]) | (a[1] ^ b[1]) | (a[2] ^ b[2]) | (a[3] ^ b[3])) == 0;
  }

  /**
   * {@code count} bits, at most 31, from a public {@code position} on, of an integer of any number
   * of words; bits above its words are zero.
   */
  static int bits(long[] a, int position, int count) {
    int word = position >>> 6;
    int shift = position & 63;
    long value = word < a.length ? a[word] >>> shift : 0;
    if (shift + count > 64 && word + 1 < a.length) {
      value |= a[word + 1] << (64 - shift);
    }
    return (int) value & ((1 << count) - 1);
  }

  static void clear(long[]... arrays) {
    for (long[] array : arrays) {
      java.util.Arrays.fill(array, 0L);
    }
  }
}

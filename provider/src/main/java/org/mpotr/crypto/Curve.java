package org.mpotr.crypto;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The domain parameters of P-256 (SP 800-186, 3.2.1.3) and the checks on public values that need
 * only them.
 */
final class Curve {

  static final BigInteger P =
      hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
  static final BigInteger N =
      hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  static final BigInteger B =
      hex("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");

  static final BigInteger GX =
      hex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296");
  static final BigInteger GY =
      hex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");

  private static final byte[] ORDER = N.toByteArray();
  private static final byte[] HALF_ORDER = N.shiftRight(1).toByteArray();

  private Curve() {}

  /** Whether 32 bytes are a scalar from 1 to n − 1, in a time that does not depend on them. */
  static boolean isScalar(byte[] scalar) {
    return scalar.length == P256.SCALAR_BYTES && isScalar(scalar, 0);
  }

  /**
   * Whether the 32 bytes from an offset on are a scalar, in a time that does not depend on them.
   */
  static boolean isScalar(byte[] bytes, int offset) {
    int borrow = 0;
    int any = 0;
    for (int i = P256.SCALAR_BYTES - 1; i >= 0; i--) {
      int digit = bytes[offset + i] & 0xff;
      any |= digit;
      // The order's encoding has a leading sign byte.
      borrow = (digit - (ORDER[i + 1] & 0xff) - borrow) >>> 31;
    }
    return (borrow & ((any + 0xff) >>> 8)) == 1;
  }

  /** Whether the last 32 of 64 bytes are at most (n − 1)/2. */
  static boolean isLowS(byte[] signature) {
    return Arrays.compareUnsigned(
            signature, P256.SCALAR_BYTES, P256.SIGNATURE_BYTES, HALF_ORDER, 0, P256.SCALAR_BYTES)
        <= 0;
  }

  /** Writes a number below 2²⁵⁶ as 32 bytes, big-endian. */
  static void putScalar(BigInteger number, byte[] target, int offset) {
    byte[] digits = number.toByteArray();
    int sign = digits.length > P256.SCALAR_BYTES ? 1 : 0;
    int count = digits.length - sign;
    // What was there before must not show in front of a short number.
    Arrays.fill(target, offset, offset + P256.SCALAR_BYTES - count, (byte) 0);
    System.arraycopy(digits, sign, target, offset + P256.SCALAR_BYTES - count, count);
  }

  private static BigInteger hex(String digits) {
    return new BigInteger(digits, 16);
  }
}

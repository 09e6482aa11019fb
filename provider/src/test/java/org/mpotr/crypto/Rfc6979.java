package org.mpotr.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The nonce of RFC 6979, 3.2 and 3.6, written once more and plainly, to hold engines against. */
final class Rfc6979 {

  private Rfc6979() {}

  /** The first candidate k under HMAC-SHA-256 with additional input; out of range once in 2³². */
  static BigInteger nonce(byte[] x, byte[] digest, byte[] additional) {
    BigInteger e = new BigInteger(1, digest, 0, 32);
    byte[] h = SecretScalarTest.bytes(e.mod(Curve.N));
    byte[] v = new byte[32];
    Arrays.fill(v, (byte) 1);
    byte[] k = new byte[32];
    k = hmac(k, v, new byte[] {0}, x, h, additional);
    v = hmac(k, v);
    k = hmac(k, v, new byte[] {1}, x, h, additional);
    v = hmac(k, v);
    v = hmac(k, v);
    return new BigInteger(1, v, 0, 32);
  }

  private static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}

package org.mpotr.crypto;

import java.math.BigInteger;
import java.security.SignatureException;
import java.util.Arrays;

/**
 * ECDSA signatures on P-256 in the two forms that meet at the edge of this library: the DER
 * structure {@code Ecdsa-Sig-Value} (RFC 3279, 2.2.3) of the platform and of certificates, and the
 * 64 bytes {@code r ‖ s} of the protocol (PROTOCOL.md, section 1).
 */
public final class EcdsaDer {

  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;

  private EcdsaDer() {}

  /**
   * {@code r ‖ s} from DER. Only the one canonical encoding is taken: definite minimal lengths,
   * minimal integers, both positive and of at most 32 bytes, nothing after them. Whether they are
   * below n is left to verification.
   *
   * @return 64 bytes
   * @throws SignatureException for every other input
   */
  public static byte[] decode(byte[] der) throws SignatureException {
    // Two integers of 33 bytes with their headers make 70, so that no length needs a second byte.
    if (der.length < 2 || der[0] != SEQUENCE || der[1] != der.length - 2) {
      throw new SignatureException("not the DER of an ECDSA signature on P-256");
    }
    byte[] signature = new byte[P256.SIGNATURE_BYTES];
    int afterR = decodeInteger(der, 2, signature, 0);
    int afterS = decodeInteger(der, afterR, signature, P256.SCALAR_BYTES);
    if (afterS != der.length) {
      throw new SignatureException("bytes after an ECDSA signature");
    }
    return signature;
  }

  /**
   * The DER of {@code r ‖ s}.
   *
   * @param signature 64 bytes
   * @return 8 to 72 bytes
   * @throws SignatureException for another length, or when r or s is zero
   */
  public static byte[] encode(byte[] signature) throws SignatureException {
    requireLength(signature);
    byte[] r = encodeInteger(signature, 0);
    byte[] s = encodeInteger(signature, P256.SCALAR_BYTES);
    byte[] der = new byte[2 + r.length + s.length];
    der[0] = SEQUENCE;
    der[1] = (byte) (r.length + s.length);
    System.arraycopy(r, 0, der, 2, r.length);
    System.arraycopy(s, 0, der, 2 + r.length, s.length);
    return der;
  }

  /**
   * The same signature with {@code s} in the lower half of its range: {@code n − s} replaces an
   * {@code s} above it.
   *
   * @param signature {@code r ‖ s}, 64 bytes, of a provider that does not care
   * @return 64 new bytes
   * @throws SignatureException for another length, or when s is not from 1 to n − 1
   */
  public static byte[] toLowS(byte[] signature) throws SignatureException {
    requireLength(signature);
    byte[] s = Arrays.copyOfRange(signature, P256.SCALAR_BYTES, P256.SIGNATURE_BYTES);
    if (!Curve.isScalar(s)) {
      throw new SignatureException("s of the signature is out of range");
    }
    byte[] low = signature.clone();
    if (!Curve.isLowS(signature)) {
      Curve.putScalar(Curve.N.subtract(new BigInteger(1, s)), low, P256.SCALAR_BYTES);
    }
    return low;
  }

  /** Decodes the integer at {@code offset} into 32 bytes of the target; returns where it ends. */
  private static int decodeInteger(byte[] der, int offset, byte[] target, int targetOffset)
      throws SignatureException {
    if (der.length - offset < 3 || der[offset] != INTEGER) {
      throw new SignatureException("an integer of the signature is missing");
    }
    int length = der[offset + 1];
    int from = offset + 2;
    if (length < 1 || length > der.length - from || der[from] < 0) {
      throw new SignatureException("an integer of the signature has a wrong length or sign");
    }
    int end = from + length;
    if (der[from] == 0) {
      // A leading zero is there only to keep the sign away from a high bit; zero itself is not
      // positive.
      if (length == 1 || der[from + 1] >= 0) {
        throw new SignatureException("an integer of the signature is zero or not minimal");
      }
      from++;
    }
    int digits = end - from;
    if (digits > P256.SCALAR_BYTES) {
      throw new SignatureException("an integer of the signature is too large");
    }
    System.arraycopy(der, from, target, targetOffset + P256.SCALAR_BYTES - digits, digits);
    return end;
  }

  private static byte[] encodeInteger(byte[] signature, int offset) throws SignatureException {
    BigInteger value = new BigInteger(1, signature, offset, P256.SCALAR_BYTES);
    if (value.signum() == 0) {
      throw new SignatureException("r or s of the signature is zero");
    }
    byte[] digits = value.toByteArray();
    byte[] der = new byte[2 + digits.length];
    der[0] = INTEGER;
    der[1] = (byte) digits.length;
    System.arraycopy(digits, 0, der, 2, digits.length);
    return der;
  }

  private static void requireLength(byte[] signature) throws SignatureException {
    if (signature.length != P256.SIGNATURE_BYTES) {
      throw new SignatureException("a signature has 64 bytes, not " + signature.length);
    }
  }
}

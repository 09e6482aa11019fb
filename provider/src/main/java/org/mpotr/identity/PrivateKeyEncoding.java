package org.mpotr.identity;

import java.util.Arrays;
import java.util.HexFormat;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;

/** Private keys on P-256 in PKCS #8 (RFC 5958, RFC 5915). */
final class PrivateKeyEncoding {

  // PrivateKeyInfo { 0, { id-ecPublicKey, secp256r1 }, OCTET STRING { ECPrivateKey { 1, OCTET
  // STRING
  private static final byte[] BEFORE_SCALAR =
      HexFormat.of()
          .parseHex("308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420");
  // [1] { BIT STRING } with no unused bits, up to the point
  private static final byte[] BEFORE_POINT = HexFormat.of().parseHex("a144034200");

  private PrivateKeyEncoding() {}

  /** The encoding, 138 bytes of DER, to be cleared by the caller. */
  static byte[] encode(SecretScalar scalar, PublicPoint point) {
    byte[] digits = scalar.copyBytes();
    int pointOffset = BEFORE_SCALAR.length + digits.length;
    byte[] encoded =
        Arrays.copyOf(BEFORE_SCALAR, pointOffset + BEFORE_POINT.length + P256.POINT_BYTES);
    System.arraycopy(digits, 0, encoded, BEFORE_SCALAR.length, digits.length);
    System.arraycopy(BEFORE_POINT, 0, encoded, pointOffset, BEFORE_POINT.length);
    System.arraycopy(
        point.encoded(), 0, encoded, pointOffset + BEFORE_POINT.length, P256.POINT_BYTES);
    Arrays.fill(digits, (byte) 0);
    return encoded;
  }
}

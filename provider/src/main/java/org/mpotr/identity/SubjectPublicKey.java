package org.mpotr.identity;

import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.HexFormat;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;

/**
 * The SubjectPublicKeyInfo of an EC key on P-256 (RFC 5480, 2) in its one form that mpOTR takes:
 * DER with algorithm id-ecPublicKey, the named curve and an uncompressed point, 91 bytes
 * (PROTOCOL.md, section 3). All of it but the point is fixed, so that reading it is a comparison.
 */
public final class SubjectPublicKey {

  /** Bytes of the encoding. */
  public static final int ENCODED_BYTES = 91;

  // SEQUENCE { SEQUENCE { 1.2.840.10045.2.1, 1.2.840.10045.3.1.7 }, BIT STRING, no unused bits } up
  // to the point.
  private static final byte[] HEADER =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

  private SubjectPublicKey() {}

  /**
   * The point of an encoded key.
   *
   * @param encoded SubjectPublicKeyInfo, exactly 91 bytes of DER
   * @throws InvalidKeyException for any other algorithm, curve, form, encoding or length, or an
   *     invalid point
   */
  public static PublicPoint decode(byte[] encoded) throws InvalidKeyException {
    if (encoded.length != ENCODED_BYTES
        || !Arrays.equals(encoded, 0, HEADER.length, HEADER, 0, HEADER.length)) {
      throw new InvalidKeyException(
          "not the SubjectPublicKeyInfo of an EC key on the named curve P-256,"
              + " point uncompressed");
    }
    return PublicPoint.decode(Arrays.copyOfRange(encoded, HEADER.length, ENCODED_BYTES));
  }

  /** The encoding of a point as SubjectPublicKeyInfo, 91 bytes of DER. */
  public static byte[] encode(PublicPoint point) {
    byte[] encoded = Arrays.copyOf(HEADER, ENCODED_BYTES);
    System.arraycopy(point.encoded(), 0, encoded, HEADER.length, P256.POINT_BYTES);
    return encoded;
  }
}

package org.mpotr.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
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

  /** The number in an encoding on the named curve P-256, in any form that ASN.1 allows. */
  static BigInteger decode(byte[] encoded) throws InvalidKeyException {
    try {
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(encoded);
      boolean isP256 =
          info.getPrivateKeyAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
              && SECObjectIdentifiers.secp256r1.equals(
                  info.getPrivateKeyAlgorithm().getParameters());
      if (isP256) {
        return ECPrivateKey.getInstance(info.parsePrivateKey()).getKey();
      }
    } catch (IOException | RuntimeException e) {
      // Fall through to the one answer: what is wrong inside a private key is nobody's business.
      throw new InvalidKeyException("the identity key has no readable PKCS #8 encoding");
    }
    throw new InvalidKeyException("an identity key is an EC key on the named curve P-256");
  }
}

package org.mpotr.vectors;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;

/** From the numbers and names of vectors to what the library takes. */
final class Numbers {

  /** The order of P-256. */
  static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private Numbers() {}

  /**
   * The point of two coordinates, encoded as they are: a coordinate of 33 bytes makes a long
   * encoding.
   */
  static PublicPoint point(BigInteger x, BigInteger y) throws InvalidKeyException {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    encoded.write(4);
    encoded.writeBytes(unsigned(x));
    encoded.writeBytes(unsigned(y));
    return PublicPoint.decode(encoded.toByteArray());
  }

  /** A private number without the sign byte or the leading zeros that vectors may give it. */
  static SecretScalar scalar(BigInteger number) {
    return SecretScalar.of(unsigned(number));
  }

  static byte[] signature(BigInteger r, BigInteger s) {
    ByteArrayOutputStream signature = new ByteArrayOutputStream();
    signature.writeBytes(unsigned(r));
    signature.writeBytes(unsigned(s));
    return signature.toByteArray();
  }

  /** At least 32 bytes, big-endian; more only for a number that needs them. */
  static byte[] unsigned(BigInteger number) {
    byte[] digits = number.toByteArray();
    int from = digits[0] == 0 ? 1 : 0;
    byte[] fixed = new byte[Math.max(P256.SCALAR_BYTES, digits.length - from)];
    System.arraycopy(
        digits, from, fixed, fixed.length - (digits.length - from), digits.length - from);
    return fixed;
  }

  /** The hash of a message by its name in the vectors. */
  static byte[] hash(String name, byte[] message) throws NoSuchAlgorithmException {
    return MessageDigest.getInstance(name).digest(message);
  }

  /** Why a signature over such a hash is not for mpOTR, if it is not. */
  static Optional<String> hashNotForUs(String name) {
    try {
      int length = MessageDigest.getInstance(name).getDigestLength();
      return length < 32 || length > 64
          ? Optional.of("signatures over " + name + ", which is not 32 to 64 bytes")
          : Optional.empty();
    } catch (NoSuchAlgorithmException e) {
      return Optional.of("signatures over " + name + ", which this JDK does not have");
    }
  }

  static boolean isP256(String curve) {
    return Arrays.asList("SECP256R1", "P256", "PRIME256V1").contains(Vector.plain(curve));
  }
}

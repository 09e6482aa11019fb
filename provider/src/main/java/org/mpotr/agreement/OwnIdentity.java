package org.mpotr.agreement;

import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.identity.IdentityKey;

/** The check that the two halves of the member's own identity belong together. */
final class OwnIdentity {

  private static final PublicPoint BASE_POINT = basePoint();

  private OwnIdentity() {}

  /**
   * An agreement with the base point gives the x-coordinate of the key's own public point, so this
   * works for keys that never show their scalar.
   */
  static void requireMatch(IdentityKey identityKey, PublicPoint publicIdentity)
      throws InvalidKeyException {
    byte[] x = identityKey.agree(List.of(BASE_POINT)).get(0);
    byte[] encoded = publicIdentity.encoded();
    if (!Arrays.equals(x, 0, x.length, encoded, 1, 1 + P256.SCALAR_BYTES)) {
      throw new InvalidKeyException("the public key is not that of the identity key");
    }
  }

  private static PublicPoint basePoint() {
    try {
      return PublicPoint.decode(
          HexFormat.of()
              .parseHex(
                  "04"
                      + "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                      + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));
    } catch (InvalidKeyException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}

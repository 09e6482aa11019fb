package org.mpotr.identity;

import java.security.InvalidKeyException;
import java.security.PublicKey;
import org.mpotr.crypto.Labelled;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.WireWriter;

/**
 * The fingerprint of an identity key (PROTOCOL.md, section 3.1): 64 bytes for software, 40 decimal
 * digits of it for people.
 *
 * @param bytes the hash, 64 bytes
 */
public record Fingerprint(Bytes bytes) {

  private static final int DIGIT_GROUPS = 8;

  /**
   * The fingerprint of an identity key.
   *
   * @throws InvalidKeyException when it is not a public key on P-256
   */
  public static Fingerprint of(PublicKey identityKey) throws InvalidKeyException {
    return of(IdentityKeys.publicPoint(identityKey));
  }

  /** The fingerprint of an identity key. */
  public static Fingerprint of(PublicPoint identityKey) {
    WireWriter input = WireWriter.labelled("identity", Bytes.EMPTY);
    return new Fingerprint(
        Bytes.of(Labelled.hash(input.vector(SubjectPublicKey.encode(identityKey)))));
  }

  /** Eight groups of five decimal digits with spaces between them, to be read aloud. */
  @Override
  public String toString() {
    return DecimalDigits.groups(bytes.toArray(), DIGIT_GROUPS);
  }
}

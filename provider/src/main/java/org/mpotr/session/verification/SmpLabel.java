package org.mpotr.session.verification;

import java.security.MessageDigest;
import java.util.Arrays;
import org.mpotr.crypto.Labelled;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.wire.WireWriter;

/**
 * The place of one proof in one run: no proof can be taken for another (PROTOCOL.md, section 10).
 */
record SmpLabel(SmpPair pair, String purpose) {

  /** The challenge of a proof: the hash of all its points. */
  SecretScalar challenge(PublicPoint... points) {
    WireWriter input = pair.labelled(purpose);
    for (PublicPoint point : points) {
      input.opaque(point.encoded());
    }
    return SecretScalar.ofHash(Labelled.hash(input));
  }

  /** Whether two scalars are the same, in constant time. */
  static boolean same(SecretScalar a, SecretScalar b) {
    byte[] first = a.copyBytes();
    byte[] second = b.copyBytes();
    try {
      return MessageDigest.isEqual(first, second);
    } finally {
      Arrays.fill(first, (byte) 0);
      Arrays.fill(second, (byte) 0);
    }
  }
}

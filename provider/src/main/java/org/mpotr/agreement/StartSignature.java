package org.mpotr.agreement;

import java.security.InvalidKeyException;
import org.mpotr.crypto.Labelled;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Start;
import org.mpotr.wire.WireWriter;

/** The signature of a START by the ephemeral key that it names (PROTOCOL.md, section 9). */
public final class StartSignature {

  private StartSignature() {}

  /** Whether the holder of its E signed a START. */
  public static boolean holds(Start start) {
    byte[] signature = start.signature().toArray();
    try {
      PublicPoint key = PublicPoint.decode(start.signatureKey().toArray());
      return P256.isLowS(signature) && P256.engine().verify(key, digest(start), signature);
    } catch (InvalidKeyException e) {
      // A point that is not on the curve signed nothing.
      return false;
    }
  }

  static byte[] digest(Start start) {
    return Labelled.hash(
        WireWriter.labelled("start signature", Bytes.EMPTY).vector(start.unsigned()));
  }
}

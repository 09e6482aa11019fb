package org.mpotr.reference;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A long-term identity of section 3.1: a scalar and the SubjectPublicKeyInfo of its point. Part of
 * the second reading of the text.
 */
public record Identity(BigInteger scalar) {
  /** All of the 91 bytes that come before the point, the point's first byte left to the point. */
  private static final byte[] PREFIX =
      HexFormat.of()
          .parseHex(
              "3059" // SEQUENCE
                  + "3013" // SEQUENCE
                  + "06072a8648ce3d0201" // id-ecPublicKey
                  + "06082a8648ce3d030107" // secp256r1
                  + "034200"); // BIT STRING, no unused bits

  /** What goes on the wire, 91 bytes. */
  public byte[] spki() {
    return Struct.join(PREFIX, Curve.publicPoint(scalar));
  }

  /** The fingerprint, 64 bytes. */
  public static byte[] fingerprint(byte[] spki) {
    return Labelled.hash("identity", Labelled.NO_SID, Struct.v(spki));
  }

  /** The point of a SubjectPublicKeyInfo, if it is a valid key. */
  static byte[] point(byte[] spki) throws Refused {
    int start = PREFIX.length;
    if (spki.length != 91 || !Arrays.equals(PREFIX, Arrays.copyOf(spki, start))) {
      throw new Refused("bad-identity");
    }
    byte[] point = Arrays.copyOfRange(spki, start, 91);
    try {
      Curve.decode(point);
    } catch (Refused e) {
      throw new Refused("bad-identity");
    }
    return point;
  }
}

package org.mpotr.vectors;

import java.security.MessageDigest;

/** What the library made of one vector. */
enum Answer {
  /** Its result is that of the vector; for a signature or tag: it holds. */
  AS_THE_VECTOR,
  /** It said no in the documented way. */
  REFUSED,
  /** It gave another result. */
  DIFFERENT;

  static Answer compare(byte[] expected, byte[] actual) {
    return MessageDigest.isEqual(expected, actual) ? AS_THE_VECTOR : DIFFERENT;
  }

  static Answer verdict(boolean holds) {
    return holds ? AS_THE_VECTOR : REFUSED;
  }
}

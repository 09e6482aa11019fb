package org.mpotr.reference;

import java.util.Arrays;

/**
 * What a member knows of another, or of itself, after the INTRODUCTIONs. Part of the second reading
 * of the text.
 */
record Known(byte[] introKey, int flag, byte[] nickname, byte[] identity, byte[] commitment) {
  static final int FULL = 0;
  static final int RESUMED = 1;

  boolean sameAs(Epoch.Person before) {
    return Arrays.equals(nickname, before.nickname()) && Arrays.equals(identity, before.identity());
  }
}

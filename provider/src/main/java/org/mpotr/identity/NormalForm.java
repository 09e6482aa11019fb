package org.mpotr.identity;

import java.text.Normalizer;

/** Normalization form C of Unicode (UAX #15), which names of members and channels have. */
public final class NormalForm {

  private NormalForm() {}

  /** Whether a text is in normalization form C. */
  public static boolean isComposed(String text) {
    return isAscii(text) || Normalizer.isNormalized(text, Normalizer.Form.NFC);
  }

  /** The text in normalization form KD, for comparison alone. */
  static String decomposed(String text) {
    return isAscii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFKD);
  }

  /** ASCII is the same in every form, and spares most programs the platform's tables. */
  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}

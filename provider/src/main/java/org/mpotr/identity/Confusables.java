package org.mpotr.identity;

import java.util.HashMap;
import java.util.Map;

/**
 * The look-alikes of PROTOCOL.md, section 3.2: each character of the first string of a pair is
 * taken for the letter at the same place in the second.
 */
final class Confusables {

  private static final String[][] PAIRS = {
    // Cyrillic
    {"АВЕЗКМНОРСТУХІЈЅԌԚԜҺ", "ABE3KMHOPCTYXIJSGQWH"},
    {"авезкмнорстухіјѕԁԍһԛԝгпь", "abe3kmhopctyxijsdghqwrnb"},
    // Greek
    {"ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ", "ABEZHIKMNOPTYXC"},
    {"αβγεηικνοπρτυχωϲϳ", "abyenikvonptuxwcj"},
    // Latin letters with a stroke or of an unusual shape, which have no decomposition
    {"ıɑɡɩʟøłđħØŁĐĦ", "iagiloldholdh"},
    // Digits and signs
    {"01|", "oll"},
  };

  private static final Map<Integer, Integer> LATIN = new HashMap<>();

  static {
    for (String[] pair : PAIRS) {
      // None of them needs more than one char.
      for (int i = 0; i < pair[0].length(); i++) {
        LATIN.put((int) pair[0].charAt(i), (int) pair[1].charAt(i));
      }
    }
  }

  private Confusables() {}

  /** Each character of the table replaced by the letter it is taken for. */
  static String latin(String text) {
    StringBuilder letters = new StringBuilder(text.length());
    for (int i = 0, c; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      letters.appendCodePoint(LATIN.getOrDefault(c, c));
    }
    return letters.toString();
  }

  /**
   * Folds, in lower case, what is still alike: a dot over a stroke, and pairs that pass for one
   * letter.
   */
  static String merge(String skeleton) {
    return skeleton.replace('i', 'l').replace("rn", "m").replace("vv", "w").replace("cl", "d");
  }
}

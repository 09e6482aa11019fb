package org.mpotr.identity;

import java.util.Locale;
import java.util.StringJoiner;

/**
 * Hashes as digits for people (PROTOCOL.md, section 3.1): each group of five decimal digits stands
 * for five bytes, big-endian, modulo 100,000. Public values only.
 */
public final class DecimalDigits {

  private static final int BYTES_PER_GROUP = 5;
  private static final long MODULUS = 100_000;

  private DecimalDigits() {}

  /** {@code groups} groups of five digits from the leading bytes of a hash, with spaces between. */
  public static String groups(byte[] hash, int groups) {
    StringJoiner digits = new StringJoiner(" ");
    for (int group = 0; group < groups; group++) {
      long value = 0;
      for (int i = 0; i < BYTES_PER_GROUP; i++) {
        value = (value << 8) | (hash[group * BYTES_PER_GROUP + i] & 0xff);
      }
      digits.add(String.format(Locale.ROOT, "%05d", value % MODULUS));
    }
    return digits.toString();
  }
}

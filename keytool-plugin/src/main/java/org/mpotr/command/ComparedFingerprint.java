package org.mpotr.command;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.regex.Pattern;
import org.mpotr.identity.Fingerprint;

/**
 * A fingerprint as somebody typed, pasted or photographed it: the 40 digits for people or the 64
 * bytes for software (PROTOCOL.md, section 3.1), the latter in hexadecimal digits, as in a QR code.
 */
final class ComparedFingerprint {

  /** What a QR code begins with. */
  static final String PREFIX = "MPOTR:";

  private static final int MAX_CHARACTERS = 1024;
  private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Z}.:_-]+");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{40}");
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{128}");

  private final String normal;

  private ComparedFingerprint(String normal) {
    this.normal = normal;
  }

  /** Reads 40 decimal or 128 hexadecimal digits, however they are grouped. */
  static ComparedFingerprint parse(String text) {
    String rest = text.strip();
    if (rest.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
      rest = rest.substring(PREFIX.length());
    }
    if (rest.length() <= MAX_CHARACTERS) {
      String normal = SEPARATORS.matcher(rest).replaceAll("").toLowerCase(Locale.ROOT);
      if (DIGITS.matcher(normal).matches() || HEX.matcher(normal).matches()) {
        return new ComparedFingerprint(normal);
      }
    }
    throw Failure.usage(
        "This is no fingerprint: " + Visible.line(text.strip()) + ".",
        "A fingerprint has 40 digits in eight groups of five, or is the picture of a QR code.");
  }

  /** What the QR code of a fingerprint says, in the characters that QR codes hold best. */
  static String code(Fingerprint fingerprint) {
    return PREFIX + fingerprint.bytes().toHex().toUpperCase(Locale.ROOT);
  }

  /** Whether it is that of a key; all of it is compared, whatever differs. */
  boolean isOf(Fingerprint fingerprint) {
    String expected =
        DIGITS.matcher(normal).matches()
            ? SEPARATORS.matcher(fingerprint.toString()).replaceAll("")
            : fingerprint.bytes().toHex().toLowerCase(Locale.ROOT);
    return MessageDigest.isEqual(
        normal.getBytes(StandardCharsets.US_ASCII), expected.getBytes(StandardCharsets.US_ASCII));
  }
}

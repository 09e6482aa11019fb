package org.mpotr.session.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * The name of an offered file (PROTOCOL.md, section 11): 1 to 255 bytes of UTF-8 in Unicode
 * normalization form C that name a file in the folder that the receiver chooses, on any platform,
 * and nothing elsewhere: no separator of folders, drives or streams, no control or format
 * character, no name with a meaning of its own.
 *
 * @param text the name itself
 */
public record FileName(String text) {

  /** The longest name, in bytes of UTF-8. */
  public static final int MAX_BYTES = 255;

  private static final String SEPARATORS_AND_WILDCARDS = "/\\:*?\"<>|";

  // Names of devices, which Windows finds in every folder and with any extension.
  private static final Pattern DEVICE =
      Pattern.compile(
          "(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])[ ]*(\\..*)?",
          Pattern.CASE_INSENSITIVE);

  /**
   * @throws IllegalArgumentException when the text breaks a rule, which the message names
   */
  public FileName {
    String broken = brokenRule(text);
    if (broken != null) {
      throw new IllegalArgumentException("the name of a file " + broken);
    }
  }

  /**
   * The name of these bytes.
   *
   * @throws IllegalArgumentException when they are not UTF-8, or break a rule
   */
  static FileName of(byte[] utf8) {
    try {
      return new FileName(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the name of a file is UTF-8", e);
    }
  }

  /** The name in UTF-8, 1 to 255 bytes. */
  byte[] utf8() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The name itself. */
  @Override
  public String toString() {
    return text;
  }

  private static String brokenRule(String text) {
    if (text.isEmpty() || text.length() > MAX_BYTES) {
      return "has 1 to 255 bytes";
    }
    if (text.codePoints().anyMatch(FileName::isForbidden)) {
      return "has no control, format, surrogate or separating characters";
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return "has 1 to 255 bytes";
    }
    if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
      return "is in normalization form C";
    }
    if (isSpace(text.codePointAt(0)) || isSpace(text.codePointBefore(text.length()))) {
      return "has no white space at its ends";
    }
    // Also refuses the folders "." and "..".
    if (text.endsWith(".")) {
      return "does not end in a full stop";
    }
    return DEVICE.matcher(text).matches() ? "is not that of a device" : null;
  }

  private static boolean isForbidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> SEPARATORS_AND_WILDCARDS.indexOf(codePoint) >= 0;
    };
  }

  private static boolean isSpace(int codePoint) {
    return Character.isSpaceChar(codePoint) || Character.isWhitespace(codePoint);
  }
}

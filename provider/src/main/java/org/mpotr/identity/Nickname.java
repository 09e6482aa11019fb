package org.mpotr.identity;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a member wants to be called (PROTOCOL.md, section 3.2): 1 to 64 bytes of UTF-8 in Unicode
 * normalization form C, without control, format, surrogate, private-use or unassigned characters,
 * without white space at its ends.
 *
 * @param text the nickname itself
 */
public record Nickname(String text) {

  /** The longest nickname, in bytes of UTF-8. */
  public static final int MAX_BYTES = 64;

  /**
   * @throws IllegalArgumentException when the text breaks a rule, which the message names
   */
  public Nickname {
    String broken = brokenRule(text);
    if (broken != null) {
      throw new IllegalArgumentException("a nickname " + broken);
    }
  }

  /**
   * The nickname of these bytes.
   *
   * @throws IllegalArgumentException when they are not UTF-8, or break a rule
   */
  public static Nickname of(byte[] utf8) {
    try {
      return new Nickname(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a nickname is UTF-8", e);
    }
  }

  /** The nickname in UTF-8, 1 to 64 bytes. */
  public byte[] utf8() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * What the nickname looks like: two nicknames with one skeleton must not meet in a roster.
   * Compatibility forms, accents and case are folded, and look-alike letters of the Cyrillic and
   * Greek scripts and digits are mapped to Latin letters. This is less than the table of Unicode
   * Technical Standard 39, which changes with each version of Unicode, while all members must come
   * to one answer.
   */
  public String skeleton() {
    StringBuilder letters = new StringBuilder();
    // Mapped before and after each step that could take a look-alike out of the table's reach.
    String decomposed = NormalForm.decomposed(Confusables.latin(text));
    for (int i = 0, c; i < decomposed.length(); i += Character.charCount(c)) {
      c = decomposed.codePointAt(i);
      if (!isMark(c) && !isSpace(c)) {
        letters.appendCodePoint(c);
      }
    }
    String lower = Confusables.latin(letters.toString()).toLowerCase(Locale.ROOT);
    return Confusables.merge(Confusables.latin(lower));
  }

  /** The nickname itself. */
  @Override
  public String toString() {
    return text;
  }

  private static String brokenRule(String text) {
    if (text.isEmpty() || text.length() > MAX_BYTES) {
      return "has 1 to 64 bytes";
    }
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (isForbidden(text.codePointAt(i))) {
        return "has no control, format, surrogate, private-use or unassigned characters";
      }
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return "has 1 to 64 bytes";
    }
    if (!NormalForm.isComposed(text)) {
      return "is in normalization form C";
    }
    if (isSpace(text.codePointAt(0)) || isSpace(text.codePointBefore(text.length()))) {
      return "has no white space at its ends";
    }
    return null;
  }

  private static boolean isForbidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isSpace(int codePoint) {
    return Character.isSpaceChar(codePoint) || Character.isWhitespace(codePoint);
  }
}

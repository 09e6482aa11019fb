package org.mpotr.command;

import java.util.Locale;

/**
 * Text that others wrote, safe to print: what would move the cursor, hide or reorder anything is
 * shown by its number.
 */
final class Visible {

  private static final int MAX_CHARACTERS = 256;

  private Visible() {}

  /**
   * The text with {@code \}{@code u{202e}} for each character that does not stand for itself alone,
   * cut after 256 characters.
   */
  static String line(String text) {
    StringBuilder shown = new StringBuilder();
    int[] characters = text.codePoints().limit(MAX_CHARACTERS + 1L).toArray();
    for (int i = 0; i < characters.length && i < MAX_CHARACTERS; i++) {
      append(shown, characters[i]);
    }
    return characters.length > MAX_CHARACTERS ? shown + "…" : shown.toString();
  }

  /** The whole text of a message, the same way. */
  static String text(String text) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().forEach(character -> append(shown, character));
    return shown.toString();
  }

  private static void append(StringBuilder shown, int character) {
    if (isPlain(character)) {
      shown.appendCodePoint(character);
    } else {
      shown.append(String.format(Locale.ROOT, "\\u{%x}", character));
    }
  }

  private static boolean isPlain(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}

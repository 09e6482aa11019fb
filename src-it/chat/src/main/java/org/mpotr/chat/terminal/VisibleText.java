package org.mpotr.chat.terminal;

import java.util.Locale;

/**
 * Text that others wrote, made fit for a terminal: nothing in it moves the cursor, changes colours,
 * ends the line or turns the direction of writing. What was there stays visible as a sign or a
 * number.
 */
public final class VisibleText {

  private static final int FIRST_PICTURE = 0x2400;
  private static final int PICTURE_OF_DELETE = 0x2421;
  private static final int DELETE = 0x7f;

  private VisibleText() {}

  /** The text with a visible sign in place of each character that would act on a terminal. */
  public static String of(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(visible, c));
    return visible.toString();
  }

  private static void append(StringBuilder visible, int codePoint) {
    if (codePoint < ' ') {
      visible.append((char) (FIRST_PICTURE + codePoint));
    } else if (codePoint == DELETE) {
      visible.append((char) PICTURE_OF_DELETE);
    } else if (actsOnTerminal(codePoint)) {
      visible.append(String.format(Locale.ROOT, "<U+%04X>", codePoint));
    } else {
      visible.appendCodePoint(codePoint);
    }
  }

  private static boolean actsOnTerminal(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}

package org.mpotr.chat.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others wrote does nothing to a terminal. */
class VisibleTextTest {

  @ParameterizedTest
  @CsvSource({
    "'\u001b[2J', '␛[2J'",
    "'a\rb\nc\u007f', 'a␍b␊c␡'",
    "'\u009b31m', '<U+009B>31m'",
    "'a\u202eb\u2066c', 'a<U+202E>b<U+2066>c'",
    "'x\u2028y', 'x<U+2028>y'",
    "'Grüße, 茶 🍵', 'Grüße, 茶 🍵'",
  })
  void showsWhatWouldAct(String text, String visible) {
    assertEquals(visible, VisibleText.of(text));
  }

  @Test
  void leavesNoControlCharacterOfAnyKind() {
    // The second range holds the tags, which are format characters beyond the first plane.
    IntStream all =
        IntStream.concat(IntStream.range(0, 0x10000), IntStream.range(0xe0000, 0xe1000));
    for (int codePoint : all.toArray()) {
      String visible = VisibleText.of(new String(new int[] {codePoint}, 0, 1));
      assertTrue(
          visible
              .codePoints()
              .noneMatch(
                  c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT),
          () -> visible);
    }
  }
}

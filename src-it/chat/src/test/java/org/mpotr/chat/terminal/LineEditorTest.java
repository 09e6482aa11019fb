package org.mpotr.chat.terminal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What a person does to a line before it is sent. */
class LineEditorTest {

  private final LineEditor editor = new LineEditor();

  @Test
  void insertsAndDeletesWhereTheCursorIs() {
    editor.insert("tea at fiv");
    editor.insert("e");
    editor.home();
    editor.insert("a ");
    editor.right();
    editor.delete();
    assertEquals("a ta at five", editor.shown());
    editor.insert("e");
    editor.end();
    editor.deleteWord();
    editor.backspace();
    assertEquals("a tea at", editor.shown());
    editor.left();
    editor.left();
    editor.deleteToEnd();
    assertEquals("a tea ", editor.shown());
    editor.deleteToStart();
    assertEquals("", editor.shown());
    editor.backspace();
    editor.delete();
    editor.left();
    editor.right();
    assertEquals("", editor.shown());
  }

  @Test
  void characterPairsStayTogether() {
    editor.insert("a😀b");
    editor.left();
    editor.backspace();
    assertEquals("ab", editor.shown());
    editor.insert("\u001b\u0007x");
    assertEquals("axb", editor.shown(), "control characters are not typed");
  }

  @Test
  void recallsLinesButNoSecrets() {
    editor.insert("one");
    assertArrayEquals("one".toCharArray(), editor.take());
    editor.secret(true);
    editor.insert("melon");
    assertEquals("•••••", editor.shown());
    editor.recallEarlier();
    assertEquals("•••••", editor.shown());
    assertArrayEquals("melon".toCharArray(), editor.take());
    editor.secret(false);
    editor.recallEarlier();
    assertEquals("one", editor.shown());
    editor.recallEarlier();
    assertEquals("one", editor.shown(), "there is nothing earlier");
    editor.recallLater();
    assertEquals("", editor.shown());
  }

  @Test
  void isBounded() {
    editor.insert("x".repeat(10_000));
    assertEquals(8_192, editor.take().length);
  }
}

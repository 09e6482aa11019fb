package org.mpotr.chat.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One line that is being typed; what was a secret leaves nothing behind. Not thread-safe. */
final class LineEditor {

  private static final int MAX_CHARS = 8_192;
  private static final int MAX_HISTORY = 200;

  private final List<String> history = new ArrayList<>();
  private char[] buffer = new char[256];
  private int length;
  private int cursor;
  private int recalled;
  private boolean isSecret;

  /** Whether dots stand for what is typed. */
  void secret(boolean wanted) {
    isSecret = wanted;
    clear();
  }

  void insert(String text) {
    for (char c : text.toCharArray()) {
      if (length < MAX_CHARS && c >= ' ' && c != 0x7f) {
        grow();
        System.arraycopy(buffer, cursor, buffer, cursor + 1, length - cursor);
        buffer[cursor++] = c;
        length++;
      }
    }
  }

  private void grow() {
    if (length == buffer.length) {
      char[] longer = Arrays.copyOf(buffer, 2 * length);
      Arrays.fill(buffer, ' ');
      buffer = longer;
    }
  }

  void backspace() {
    if (cursor > 0) {
      remove(previous(), cursor);
    }
  }

  void delete() {
    if (cursor < length) {
      remove(cursor, next());
    }
  }

  void deleteToStart() {
    remove(0, cursor);
  }

  void deleteToEnd() {
    remove(cursor, length);
  }

  void deleteWord() {
    int from = cursor;
    while (from > 0 && buffer[from - 1] == ' ') {
      from--;
    }
    while (from > 0 && buffer[from - 1] != ' ') {
      from--;
    }
    remove(from, cursor);
  }

  private void remove(int from, int to) {
    System.arraycopy(buffer, to, buffer, from, length - to);
    Arrays.fill(buffer, length - (to - from), length, ' ');
    length -= to - from;
    cursor = from;
  }

  /** Both halves of a code point, if it has two. */
  private int previous() {
    boolean isPair =
        cursor > 1
            && Character.isLowSurrogate(buffer[cursor - 1])
            && Character.isHighSurrogate(buffer[cursor - 2]);
    return cursor - (isPair ? 2 : 1);
  }

  private int next() {
    boolean isPair =
        cursor + 1 < length
            && Character.isHighSurrogate(buffer[cursor])
            && Character.isLowSurrogate(buffer[cursor + 1]);
    return cursor + (isPair ? 2 : 1);
  }

  void left() {
    cursor = cursor > 0 ? previous() : 0;
  }

  void right() {
    cursor = cursor < length ? next() : length;
  }

  void home() {
    cursor = 0;
  }

  void end() {
    cursor = length;
  }

  void recallEarlier() {
    recall(recalled - 1);
  }

  void recallLater() {
    recall(recalled + 1);
  }

  private void recall(int index) {
    if (isSecret || index < 0 || index > history.size()) {
      return;
    }
    clear();
    if (index < history.size()) {
      insert(history.get(index));
    }
    recalled = index;
  }

  /** What was typed, to be cleared by the caller; the line is empty then. */
  char[] take() {
    char[] typed = Arrays.copyOf(buffer, length);
    if (!isSecret && length > 0) {
      history.add(new String(typed));
      if (history.size() > MAX_HISTORY) {
        history.remove(0);
      }
    }
    clear();
    recalled = history.size();
    return typed;
  }

  private void clear() {
    Arrays.fill(buffer, ' ');
    length = 0;
    cursor = 0;
  }

  /** What is shown of the line. */
  String shown() {
    return isSecret ? "•".repeat(length) : new String(buffer, 0, length);
  }

  /** What is shown of it before the cursor. */
  String beforeCursor() {
    return shown().substring(0, cursor);
  }
}

package org.mpotr.chat.terminal;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/** Lines of characters that their reader can clear, since some of them are secrets. */
final class LineInput {

  /** The longest line; what is longer is cut into several. */
  private static final int MAX_CHARS = 1 << 16;

  private final Reader reader;

  LineInput(Reader reader) {
    this.reader = reader;
  }

  /** The next line without its end, or null at the end of input. */
  char[] next() throws IOException {
    char[] line = new char[128];
    int length = 0;
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    while (c >= 0 && c != '\n' && length < MAX_CHARS) {
      if (length == line.length) {
        char[] longer = Arrays.copyOf(line, 2 * length);
        Arrays.fill(line, ' ');
        line = longer;
      }
      line[length++] = (char) c;
      c = reader.read();
    }
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    char[] result = Arrays.copyOf(line, length);
    Arrays.fill(line, ' ');
    return result;
  }
}

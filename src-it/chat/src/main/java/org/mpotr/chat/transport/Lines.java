package org.mpotr.chat.transport;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Cuts what comes in into lines of a bounded length. */
final class Lines {

  private final int longest;
  private Buffer begun = Buffer.buffer();

  Lines(int longest) {
    this.longest = longest;
  }

  /**
   * The lines that end in a chunk, each byte as the character of the same number.
   *
   * @throws BadRelayException when a line is too long
   */
  List<String> add(Buffer chunk) throws BadRelayException {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < chunk.length(); i++) {
      if (chunk.getByte(i) == '\n') {
        append(chunk, start, i);
        lines.add(end());
        start = i + 1;
      }
    }
    append(chunk, start, chunk.length());
    return lines;
  }

  private void append(Buffer chunk, int start, int end) throws BadRelayException {
    if (begun.length() + end - start > longest) {
      throw new BadRelayException("the relay sends a line that is too long");
    }
    begun.appendBuffer(chunk, start, end - start);
  }

  private String end() {
    String line = begun.toString(StandardCharsets.ISO_8859_1);
    begun = Buffer.buffer();
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }
}

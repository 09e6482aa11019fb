package org.mpotr.vectors;

import java.util.Arrays;
import java.util.HexFormat;

/** Markdown in which every value has its name, and every field of a message its place. */
final class AnnotatedText {

  private static final int BYTES_PER_LINE = 32;
  private static final HexFormat HEX = HexFormat.of();

  private final StringBuilder text = new StringBuilder();
  private byte[] message = {};
  private int offset;

  AnnotatedText line(String line) {
    text.append(line).append('\n');
    return this;
  }

  AnnotatedText section(String heading) {
    return line("").line("### " + heading).line("");
  }

  AnnotatedText block() {
    return line("```");
  }

  /** A value by its name. */
  AnnotatedText value(String name, byte[] value) {
    return hex(String.format("%-33s", name), value);
  }

  /** A value that is not a byte string. */
  AnnotatedText value(String name, String value) {
    return line(String.format("%-33s", name) + value);
  }

  private AnnotatedText hex(String before, byte[] value) {
    String margin = before;
    for (int at = 0; at < value.length || at == 0; at += BYTES_PER_LINE) {
      int end = Math.min(value.length, at + BYTES_PER_LINE);
      String digits = value.length == 0 ? "nothing" : HEX.formatHex(value, at, end);
      line((margin + digits).stripTrailing());
      margin = " ".repeat(before.length());
    }
    return this;
  }

  /** A byte string that is shown field by field. */
  AnnotatedText message(String name, byte[] bytes) {
    message = bytes;
    offset = 0;
    return line(name + ", " + bytes.length + " bytes");
  }

  /** The next field of the message, after its place. */
  AnnotatedText field(String name, int length) {
    byte[] field = Arrays.copyOfRange(message, offset, offset + length);
    hex(String.format("%4d  %-27s", offset, name), field);
    offset += length;
    return this;
  }

  /** A vector: its length and its content. */
  AnnotatedText vector(String name) {
    int prefix = prefixSize();
    int length = message[offset] & 0x3f;
    for (int i = 1; i < prefix; i++) {
      length = length << 8 | (message[offset + i] & 0xff);
    }
    field(name + ": length", prefix);
    return length == 0 ? this : field(name, length);
  }

  /** The length alone of a vector whose elements are shown one by one. */
  AnnotatedText length(String name) {
    return field(name + ": length", prefixSize());
  }

  private int prefixSize() {
    return 1 << ((message[offset] & 0xff) >> 6);
  }

  /** What is left of the message, which must be nothing. */
  AnnotatedText end() {
    if (offset != message.length) {
      throw new IllegalStateException("fields end at " + offset + " of " + message.length);
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

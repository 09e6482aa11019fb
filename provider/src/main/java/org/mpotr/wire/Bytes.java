package org.mpotr.wire;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable string of public bytes, compared by content and ordered as unsigned big-endian
 * numbers of one length. Never for secrets: it shows its content and compares in variable time.
 */
public final class Bytes implements Comparable<Bytes> {

  /** No bytes at all. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  /** The hash code, or 0 where nobody has asked for it: ids are keys of many maps. */
  private int hash;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** The given bytes, which are copied. */
  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /** The leading {@code length} of the given bytes, which are copied. */
  public static Bytes leading(byte[] content, int length) {
    return slice(content, 0, length);
  }

  /** A part of the given bytes, which is copied. */
  public static Bytes slice(byte[] content, int from, int length) {
    return new Bytes(Arrays.copyOfRange(content, from, from + length));
  }

  /** The number of bytes. */
  public int length() {
    return content.length;
  }

  /** A copy of the bytes. */
  public byte[] toArray() {
    return content.clone();
  }

  /** Copies all bytes into {@code target} from {@code offset} on. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(content, 0, target, offset, content.length);
  }

  /** The bytes in lower-case hexadecimal digits. */
  public String toHex() {
    return HexFormat.of().formatHex(content);
  }

  byte[] shared() {
    return content;
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(content, other.content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = Arrays.hashCode(content);
      hash = known;
    }
    return known;
  }

  /** The same as {@link #toHex()}. */
  @Override
  public String toString() {
    return toHex();
  }
}

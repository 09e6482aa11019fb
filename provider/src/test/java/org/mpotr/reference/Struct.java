package org.mpotr.reference;

import java.io.ByteArrayOutputStream;

/** Writes the values of section 2.1 one after the other. Part of the second reading of the text. */
public final class Struct {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Struct number(long value, int size) {
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
      out.write((int) (value >>> shift));
    }
    return this;
  }

  /** One byte. */
  public Struct u8(int value) {
    return number(value, 1);
  }

  /** Two bytes, big-endian. */
  public Struct u16(int value) {
    return number(value, 2);
  }

  /** Four bytes, big-endian. */
  public Struct u32(long value) {
    return number(value, 4);
  }

  /** Eight bytes, big-endian. */
  public Struct u64(long value) {
    return number(value, 8);
  }

  /** Bytes as they are. */
  public Struct raw(byte[]... values) {
    for (byte[] value : values) {
      out.writeBytes(value);
    }
    return this;
  }

  /** The length in its shortest form, then the bytes. */
  public Struct vector(byte[] value) {
    int length = value.length;
    if (length < 1 << 6) {
      number(length, 1);
    } else if (length < 1 << 14) {
      number(0x4000 | length, 2);
    } else {
      number(0x8000_0000L | length, 4);
    }
    return raw(value);
  }

  /** What was written so far. */
  public byte[] bytes() {
    return out.toByteArray();
  }

  /** A vector alone. */
  public static byte[] v(byte[] value) {
    return new Struct().vector(value).bytes();
  }

  /** Byte strings one after the other. */
  public static byte[] join(byte[]... values) {
    return new Struct().raw(values).bytes();
  }
}

package org.mpotr.reference;

import java.util.Arrays;

/**
 * Reads the values of section 2.1, each in its one encoding. Part of the second reading of the
 * text.
 */
final class Fields {
  private final byte[] bytes;
  private int at;

  Fields(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] raw(int length) throws Refused {
    if (length > bytes.length - at) {
      throw new Refused("malformed");
    }
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  long number(int size) throws Refused {
    long value = 0;
    for (byte next : raw(size)) {
      value = value << 8 | (next & 0xff);
    }
    if (value < 0) {
      throw new Refused("malformed");
    }
    return value;
  }

  int u8() throws Refused {
    return (int) number(1);
  }

  int u16() throws Refused {
    return (int) number(2);
  }

  byte[] vector() throws Refused {
    int first = u8();
    long length = first & 0x3f;
    long least = 0;
    switch (first >> 6) {
      case 0 -> {}
      case 1 -> {
        length = length << 8 | number(1);
        least = 1 << 6;
      }
      case 2 -> {
        length = length << 24 | number(3);
        least = 1 << 14;
      }
      default -> throw new Refused("malformed");
    }
    if (length < least || length > bytes.length - at) {
      throw new Refused("malformed");
    }
    return raw((int) length);
  }

  byte[] rest() {
    return Arrays.copyOfRange(bytes, at, bytes.length);
  }

  void end() throws Refused {
    if (at != bytes.length) {
      throw new Refused("malformed");
    }
  }
}

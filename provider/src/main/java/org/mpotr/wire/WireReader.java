package org.mpotr.wire;

import java.util.Arrays;

/**
 * Reads the encoding of PROTOCOL.md, section 2, from a byte array: big-endian integers, fixed
 * strings and vectors with a length prefix of variable size. Refuses every second encoding of a
 * value and everything beyond the given bounds, before it allocates; whatever the input, it throws
 * nothing but {@link WireException}.
 */
public final class WireReader {

  private final byte[] input;
  private final int end;
  private int position;

  /** A reader of the whole array, which is not copied and must not change meanwhile. */
  public WireReader(byte[] input) {
    this(input, 0, input.length);
  }

  private WireReader(byte[] input, int from, int end) {
    this.input = input;
    this.position = from;
    this.end = end;
  }

  /** An unsigned integer of one byte. */
  public int uint8(String field) throws WireException {
    return (int) integer(1, field);
  }

  /** An unsigned integer of two bytes. */
  public int uint16(String field) throws WireException {
    return (int) integer(2, field);
  }

  /** An unsigned integer of four bytes. */
  public long uint32(String field) throws WireException {
    return integer(4, field);
  }

  /** An unsigned integer of eight bytes, below 2⁶³. */
  public long uint64(String field) throws WireException {
    long value = integer(8, field);
    if (value < 0) {
      throw WireException.malformed(field + " is out of range");
    }
    return value;
  }

  /** Exactly {@code length} bytes. */
  public byte[] opaque(int length, String field) throws WireException {
    int from = advance(length, field);
    return Arrays.copyOfRange(input, from, from + length);
  }

  /** Exactly {@code length} public bytes. */
  public Bytes bytes(int length, String field) throws WireException {
    return Bytes.slice(input, advance(length, field), length);
  }

  /** A vector of {@code min} to {@code max} bytes. */
  public byte[] vector(int min, int max, String field) throws WireException {
    return opaque(vectorLength(min, max, field), field);
  }

  /** A vector of {@code min} to {@code max} bytes, as a reader of its content. */
  public WireReader nested(int min, int max, String field) throws WireException {
    int length = vectorLength(min, max, field);
    int from = advance(length, field);
    return new WireReader(input, from, from + length);
  }

  /** Whether there is more to read. */
  public boolean hasMore() {
    return position < end;
  }

  /** The number of bytes not yet read. */
  public int remaining() {
    return end - position;
  }

  /** Demands that everything has been read. */
  public void finish(String what) throws WireException {
    if (hasMore()) {
      throw WireException.malformed(what + " has trailing bytes");
    }
  }

  /**
   * The length of a vector: 1, 2 or 4 bytes as the two leading bits say, the shortest that holds
   * it.
   */
  private int vectorLength(int min, int max, String field) throws WireException {
    int first = uint8(field);
    int size = 1 << (first >>> 6);
    if (size == 8) {
      throw WireException.malformed(field + " has an impossible length");
    }
    long length = first & 0x3f;
    for (int i = 1; i < size; i++) {
      length = (length << 8) | uint8(field);
    }
    if (size != WireWriter.prefixSize(length)) {
      throw WireException.malformed(field + " has a length that is not minimal");
    }
    if (length < min || length > max) {
      throw WireException.malformed(field + " is too short or too long");
    }
    return (int) length;
  }

  private long integer(int size, String field) throws WireException {
    int from = advance(size, field);
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = (value << 8) | (input[from + i] & 0xff);
    }
    return value;
  }

  private int advance(int length, String field) throws WireException {
    if (length > remaining()) {
      throw WireException.malformed(field + " is cut off");
    }
    int from = position;
    position += length;
    return from;
  }
}

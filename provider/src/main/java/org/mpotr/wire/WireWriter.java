package org.mpotr.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the encoding of PROTOCOL.md, section 2, the counterpart of {@link WireReader}. A writer
 * may hold secrets: it clears what it outgrows, and {@link #close()} clears the rest.
 */
public final class WireWriter implements AutoCloseable {

  /** What the label of every hash, MAC, KDF and signature input starts with. */
  public static final String LABEL_PREFIX = "mpOTR1 ";

  /** The longest vector that the encoding can express, in bytes: 2³⁰ − 1. */
  public static final int MAX_VECTOR = (1 << 30) - 1;

  private static final int INITIAL_BYTES = 256;

  private byte[] buffer;
  private int length;

  /** A writer that grows as needed. */
  public WireWriter() {
    this(INITIAL_BYTES);
  }

  /** A writer for so many bytes, which grows when there are more. */
  public WireWriter(int expected) {
    buffer = new byte[expected];
  }

  /**
   * A writer that starts as every input to a hash, MAC, KDF or signature does: {@code label<V>,
   * sid<V>}.
   *
   * @param purpose the label without its prefix, ASCII
   * @param sid the 32-byte session id, or nothing where none exists yet
   */
  public static WireWriter labelled(String purpose, Bytes sid) {
    byte[] label = (LABEL_PREFIX + purpose).getBytes(StandardCharsets.US_ASCII);
    return new WireWriter().vector(label).vector(sid);
  }

  /** An unsigned integer of one byte. */
  public WireWriter uint8(int value) {
    return integer(value, 1);
  }

  /** An unsigned integer of two bytes. */
  public WireWriter uint16(int value) {
    return integer(value, 2);
  }

  /** An unsigned integer of four bytes. */
  public WireWriter uint32(long value) {
    return integer(value, 4);
  }

  /** An unsigned integer of eight bytes, below 2⁶³. */
  public WireWriter uint64(long value) {
    return integer(value, 8);
  }

  /** The bytes as they are: a field of fixed size, or the last one. */
  public WireWriter opaque(byte[] value) {
    return opaque(value, 0, value.length);
  }

  /** A part of an array as it is. */
  public WireWriter opaque(byte[] value, int from, int count) {
    reserve(count);
    System.arraycopy(value, from, buffer, length, count);
    length += count;
    return this;
  }

  /** The bytes as they are. */
  public WireWriter opaque(Bytes value) {
    return opaque(value.shared());
  }

  /** A vector: the length in the shortest prefix, then the bytes. */
  public WireWriter vector(byte[] value) {
    return prefix(value.length).opaque(value);
  }

  /** A vector of public bytes. */
  public WireWriter vector(Bytes value) {
    return vector(value.shared());
  }

  /** The length of a vector whose bytes follow. */
  public WireWriter prefix(int count) {
    int size = prefixSize(count);
    int tag = Integer.numberOfTrailingZeros(size);
    return integer((long) tag << (8 * size - 2) | count, size);
  }

  /** The number of bytes written so far. */
  public int length() {
    return length;
  }

  /** A copy of what was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer, length);
  }

  /** A copy of what was written, after which this writer is cleared. */
  public byte[] finish() {
    byte[] bytes = toBytes();
    close();
    return bytes;
  }

  /** Clears what was written. */
  @Override
  public void close() {
    Arrays.fill(buffer, (byte) 0);
    length = 0;
  }

  /** Bytes of the prefix of a vector of {@code length} bytes: 1, 2 or 4. */
  public static int prefixSize(long length) {
    return length < 1 << 6 ? 1 : length < 1 << 14 ? 2 : 4;
  }

  private WireWriter integer(long value, int size) {
    if (size < 8 && value >>> (8 * size) != 0) {
      throw new IllegalArgumentException("an integer does not fit its field");
    }
    reserve(size);
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (value >>> shift);
    }
    return this;
  }

  private void reserve(int count) {
    if (count > MAX_VECTOR - length) {
      throw new IllegalArgumentException("a message or vector is too long");
    }
    if (length + count > buffer.length) {
      byte[] larger = Arrays.copyOf(buffer, Math.max(length + count, 2 * buffer.length));
      Arrays.fill(buffer, (byte) 0);
      buffer = larger;
    }
  }
}

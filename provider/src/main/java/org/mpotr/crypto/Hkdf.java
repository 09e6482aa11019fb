package org.mpotr.crypto;

import java.util.Arrays;

/**
 * HKDF with HMAC-SHA-512 (RFC 5869), the key derivation of suite 0x0001 (PROTOCOL.md, section 1).
 */
public final class Hkdf {

  /** Bytes of a pseudorandom key as {@link #extract} makes it. */
  public static final int KEY_BYTES = HmacSha512.TAG_BYTES;

  /** The most bytes that one expansion gives: 255 blocks. */
  public static final int LONGEST_OUTPUT = 255 * HmacSha512.TAG_BYTES;

  private Hkdf() {}

  /**
   * HKDF-Extract (RFC 5869, 2.2).
   *
   * @param salt any number of bytes; none stands for 64 zeros
   * @param keyMaterial the input keying material, any number of bytes
   * @return the pseudorandom key, 64 bytes, to be cleared by the caller
   */
  public static byte[] extract(byte[] salt, byte[] keyMaterial) {
    try (HmacSha512 mac = new HmacSha512(salt)) {
      return mac.mac(keyMaterial);
    }
  }

  /**
   * HKDF-Expand (RFC 5869, 2.3).
   *
   * @param key the pseudorandom key, at least 64 bytes
   * @param info the context, any number of bytes
   * @param length the number of bytes wanted, 1 to 16,320
   * @return {@code length} bytes, to be cleared by the caller
   * @throws IllegalArgumentException when the key is too short or the length out of range
   */
  public static byte[] expand(byte[] key, byte[] info, int length) {
    if (key.length < KEY_BYTES) {
      throw new IllegalArgumentException("a pseudorandom key has at least 64 bytes");
    }
    if (length < 1 || length > LONGEST_OUTPUT) {
      throw new IllegalArgumentException("HKDF gives 1 to 16320 bytes, not " + length);
    }
    byte[] output = new byte[length];
    byte[] block = new byte[0];
    byte[] counter = new byte[1];
    try (HmacSha512 mac = new HmacSha512(key)) {
      for (int done = 0; done < length; done += HmacSha512.TAG_BYTES) {
        counter[0]++;
        byte[] next = mac.mac(block, info, counter);
        Arrays.fill(block, (byte) 0);
        block = next;
        System.arraycopy(block, 0, output, done, Math.min(block.length, length - done));
      }
      return output;
    } finally {
      Arrays.fill(block, (byte) 0);
    }
  }
}

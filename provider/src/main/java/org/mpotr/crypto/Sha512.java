package org.mpotr.crypto;

import java.security.MessageDigest;

/**
 * SHA-512 (FIPS 180-4), the hash of suite 0x0001 (PROTOCOL.md, section 1): in one call, or in steps
 * with an object that belongs to one thread.
 */
public final class Sha512 {

  /** Bytes of a hash. */
  public static final int HASH_BYTES = 64;

  private final MessageDigest digest = JdkAlgorithms.sha512();

  /** The hash of the parts one after the other, 64 bytes. */
  public static byte[] hash(byte[]... parts) {
    MessageDigest digest = JdkAlgorithms.sha512();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** Adds all of {@code input}. */
  public Sha512 update(byte[] input) {
    digest.update(input);
    return this;
  }

  /**
   * Adds {@code length} bytes of {@code input} from {@code offset} on.
   *
   * @throws IllegalArgumentException when the range is not within the array
   */
  public Sha512 update(byte[] input, int offset, int length) {
    digest.update(input, offset, length);
    return this;
  }

  /** The hash of what was added, 64 bytes; after it the object is as new. */
  public byte[] finish() {
    return digest.digest();
  }

  /** Forgets what was added; the object is as new. */
  public void reset() {
    digest.reset();
  }
}

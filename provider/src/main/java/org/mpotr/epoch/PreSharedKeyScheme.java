package org.mpotr.epoch;

import org.mpotr.wire.Bytes;

/**
 * Whether a secret agreed beforehand is mixed into a set-up, and how it becomes a key (PROTOCOL.md,
 * section 4.1).
 *
 * @param kind none, a random key, or a passphrase
 * @param salt of scrypt, 16 to 64 bytes; empty but for a passphrase
 * @param costExponent of scrypt, N = 2^costExponent, 14 to 20; 0 but for a passphrase
 * @param blockSize of scrypt, r, 8 to 16; 0 but for a passphrase
 * @param parallelism of scrypt, p, 1 to 4; 0 but for a passphrase
 */
public record PreSharedKeyScheme(
    Kind kind, Bytes salt, int costExponent, int blockSize, int parallelism) {

  /** The forms of a pre-shared key. */
  public enum Kind {
    /** There is none. */
    NONE(0),
    /** 32 random bytes. */
    RANDOM_KEY(1),
    /**
     * Words, stretched by scrypt (RFC 7914). Somebody who takes part can still try words offline.
     */
    PASSPHRASE(2);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The byte in the parameters. */
    public int code() {
      return code;
    }
  }

  /** No pre-shared key. */
  public static final PreSharedKeyScheme NONE = fixed(Kind.NONE);

  /** A random key of 32 bytes. */
  public static final PreSharedKeyScheme RANDOM_KEY = fixed(Kind.RANDOM_KEY);

  /**
   * @throws IllegalArgumentException when a number is out of its range
   */
  public PreSharedKeyScheme {
    boolean stretched = kind == Kind.PASSPHRASE;
    require(stretched ? within(salt.length(), 16, 64) : salt.length() == 0, "salt");
    require(stretched ? within(costExponent, 14, 20) : costExponent == 0, "cost");
    require(stretched ? within(blockSize, 8, 16) : blockSize == 0, "block size");
    require(stretched ? within(parallelism, 1, 4) : parallelism == 0, "parallelism");
  }

  /**
   * A passphrase under scrypt with N = 2¹⁷, r = 8, p = 1, which takes 128 MiB and some tenths of a
   * second.
   *
   * @param salt random, 16 to 64 bytes, the same for all members
   */
  public static PreSharedKeyScheme passphrase(Bytes salt) {
    return new PreSharedKeyScheme(Kind.PASSPHRASE, salt, 17, 8, 1);
  }

  private static PreSharedKeyScheme fixed(Kind kind) {
    return new PreSharedKeyScheme(kind, Bytes.EMPTY, 0, 0, 0);
  }

  private static boolean within(int value, int min, int max) {
    return value >= min && value <= max;
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException("pre-shared key: " + what + " is out of range");
    }
  }
}

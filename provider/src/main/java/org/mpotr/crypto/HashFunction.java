package org.mpotr.crypto;

import java.security.MessageDigest;

/**
 * The hash functions (FIPS 180-4) over which the platform's signatures on P-256 are made. The
 * protocol itself knows only {@link Sha512}.
 */
public enum HashFunction {
  /** 32 bytes. */
  SHA_256("SHA-256"),
  /** 48 bytes. */
  SHA_384("SHA-384"),
  /** 64 bytes. */
  SHA_512("SHA-512");

  private final String standardName;

  HashFunction(String standardName) {
    this.standardName = standardName;
  }

  /** The hash of an input. */
  public byte[] hash(byte[] input) {
    return start().digest(input);
  }

  /** A new hash of nothing, which belongs to one thread. */
  public MessageDigest start() {
    return JdkAlgorithms.digest(standardName);
  }
}

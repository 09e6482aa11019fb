package org.mpotr.epoch;

/** How members prove their identity to each other (PROTOCOL.md, section 3.3). */
public enum AuthenticationMode {
  /**
   * By agreement with the long-term key on both sides. Anybody can simulate it: taking part stays
   * deniable.
   */
  TRIPLE_DH(1),
  /**
   * By a signature of the long-term key, for keys that can only sign. It leaves proof of
   * participation behind, and of content until the keys of the epoch are published.
   */
  SIGNATURE(2);

  private final int code;

  AuthenticationMode(int code) {
    this.code = code;
  }

  /** The byte in the parameters. */
  public int code() {
    return code;
  }
}

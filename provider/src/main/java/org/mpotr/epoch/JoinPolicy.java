package org.mpotr.epoch;

/** Whom a group lets in (PROTOCOL.md, sections 4.1 and 9). */
public enum JoinPolicy {
  /** Anybody who can reach the channel. */
  OPEN(1),
  /** Identities that each member knows. */
  KNOWN_IDENTITIES(2),
  /** Whoever holds the pre-shared key. */
  PRE_SHARED_KEY(3),
  /** Whomever a member vouches for. */
  SPONSORED(4),
  /** Whoever proves to a member that they share a secret. */
  SMP(5);

  private final int code;

  JoinPolicy(int code) {
    this.code = code;
  }

  /** The byte in the parameters. */
  public int code() {
    return code;
  }
}

package org.mpotr.epoch;

/**
 * What is to change with the next epoch, in the order in which proposals are carried out
 * (PROTOCOL.md, section 9).
 */
public enum Change {
  /** Members are left out. */
  REMOVE(1),
  /** Candidates are let in. */
  ADD(2),
  /** Other parameters. */
  PARAMETERS(4),
  /** New keys, and nothing else. */
  REFRESH(3);

  private final int code;

  Change(int code) {
    this.code = code;
  }

  /** The byte in a proposal. */
  public int code() {
    return code;
  }
}

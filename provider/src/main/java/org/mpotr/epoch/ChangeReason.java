package org.mpotr.epoch;

/** Why a change is proposed (PROTOCOL.md, section 9). */
public enum ChangeReason {
  /** Nothing more is said. */
  NONE(0),
  /** The member has said that it leaves. */
  LEFT(1),
  /** The member is not heard of. */
  VANISHED(2),
  /** The members do not want it any more. */
  EVICTED(3),
  /** A refresh in which no pair resumes. */
  FULL(4);

  private final int code;

  ChangeReason(int code) {
    this.code = code;
  }

  /** The byte in a proposal. */
  public int code() {
    return code;
  }
}

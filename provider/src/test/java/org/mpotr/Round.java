package org.mpotr;

/** The rounds of a set-up, by what is sent in them. */
public enum Round {
  HELLO,
  INTRODUCTION,
  SHARE,
  ATTEST;

  /** Whether it is the last one. */
  public boolean isLast() {
    return this == ATTEST;
  }
}

package org.mpotr.agreement;

import java.util.Arrays;
import org.mpotr.epoch.Member;

/**
 * What a member learned from another's INTRODUCTION: who it is, the key that sealed it, and its
 * flag.
 */
final class OpenedIntroduction implements AutoCloseable {

  private final Member member;
  private final byte[] introKey;
  private final boolean resumed;

  /** Takes the 16 bytes of the key as its own. */
  OpenedIntroduction(Member member, byte[] introKey, boolean resumed) {
    this.member = member;
    this.introKey = introKey;
    this.resumed = resumed;
  }

  Member member() {
    return member;
  }

  /** The key itself, not a copy. */
  byte[] introKey() {
    return introKey;
  }

  boolean resumed() {
    return resumed;
  }

  @Override
  public void close() {
    Arrays.fill(introKey, (byte) 0);
  }
}

package org.mpotr.epoch;

import java.util.Arrays;

/**
 * What remains of a pair's key once an epoch is attested: its resumption secret and the key of its
 * private frames (PROTOCOL.md, section 4.7). Not thread-safe; guarded by {@link EpochSecrets}.
 */
public final class PairKeys {

  private final byte[] resumption;
  private final byte[] privateFrames;
  private final int resumedInARow;

  /**
   * Takes both arrays as its own.
   *
   * @param resumption 64 bytes
   * @param privateFrames 64 bytes
   * @param resumedInARow how many epochs the pair has resumed since it last ran in full
   */
  public PairKeys(byte[] resumption, byte[] privateFrames, int resumedInARow) {
    this.resumption = resumption;
    this.privateFrames = privateFrames;
    this.resumedInARow = resumedInARow;
  }

  byte[] copyResumption() {
    return resumption.clone();
  }

  byte[] copyPrivateFrames() {
    return privateFrames.clone();
  }

  int resumedInARow() {
    return resumedInARow;
  }

  void forgetResumption() {
    Arrays.fill(resumption, (byte) 0);
  }

  /** Clears both keys. */
  public void destroy() {
    forgetResumption();
    Arrays.fill(privateFrames, (byte) 0);
  }
}

package org.mpotr.vectors;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/** Gives exactly the bytes that a vector names, in their order, and fails when asked for more. */
final class ReplayedRandom extends SecureRandom {

  private static final long serialVersionUID = 1;

  private final Replay replay;

  ReplayedRandom(byte[] bytes) {
    this(new Replay(bytes));
  }

  private ReplayedRandom(Replay replay) {
    super(replay, null);
    this.replay = replay;
  }

  /** How many bytes nobody has asked for. */
  int left() {
    return replay.bytes.length - replay.at;
  }

  private static final class Replay extends SecureRandomSpi {

    private static final long serialVersionUID = 1;

    private final byte[] bytes;
    private int at;

    Replay(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      throw new UnsupportedOperationException("a replayed source takes no seed");
    }

    @Override
    protected void engineNextBytes(byte[] target) {
      if (target.length > bytes.length - at) {
        throw new IllegalStateException("more random bytes are drawn than the vector names");
      }
      System.arraycopy(bytes, at, target, 0, target.length);
      at += target.length;
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
      throw new UnsupportedOperationException("a replayed source gives no seed");
    }
  }
}

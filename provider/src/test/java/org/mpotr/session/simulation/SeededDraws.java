package org.mpotr.session.simulation;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** Randomness out of that of a run, so that the run can be repeated. */
final class SeededDraws extends SecureRandom {

  private static final long serialVersionUID = 1;

  private final transient SplittableRandom source;

  SeededDraws(SplittableRandom source) {
    this.source = source;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    source.nextBytes(bytes);
  }
}

package org.mpotr.crypto.p256;

import java.time.Duration;

/** Counts the rounds of a test and, where they take long, says now and then how far it is. */
final class Progress {

  private static final Duration SILENCE = Duration.ofSeconds(10);

  private final String what;
  private final int total;
  private final long start = System.nanoTime();
  private long said = start;
  private int done;

  Progress(String what, int total) {
    this.what = what;
    this.total = total;
  }

  /** Whether there is another round; to be asked before each. */
  boolean more() {
    long now = System.nanoTime();
    if (done > 0 && now - said >= SILENCE.toNanos()) {
      said = now;
      System.out.printf(
          "%s: %,d of %,d, %d s left%n",
          what, done, total, Math.round((now - start) * 1e-9 / done * (total - done)));
    }
    return done++ < total;
  }
}

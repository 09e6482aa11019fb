package org.mpotr.session.transcript;

import java.util.Arrays;

/** Clocks of the graph: for each member the seq of its newest frame that is reached. */
final class Clock {

  private static final int NOTHING = -1;

  private Clock() {}

  /** The clock of so many members that reaches nothing. */
  static int[] atStart(int members) {
    int[] clock = new int[members];
    Arrays.fill(clock, NOTHING);
    return clock;
  }

  /** Lets a clock reach what another one does. */
  static void raise(int[] clock, int[] other) {
    for (int i = 0; i < clock.length; i++) {
      clock[i] = Math.max(clock[i], other[i]);
    }
  }
}

package org.mpotr.benchmarks.report;

import org.mpotr.benchmarks.measure.Alternation.Pace;

/** How thoroughly a report measures. */
enum Mode {
  /** Below ten minutes. */
  QUICK(400, 20, 5, 25, 1_200, 3, 540),
  /** More sizes, more rounds, narrower spreads; most of an hour. */
  FULL(2_000, 40, 15, 60, 7_000, 9, Long.MAX_VALUE / 1_000);

  private final int warmUpMillis;
  private final int sliceMillis;
  private final int leastRounds;
  private final int mostRounds;
  private final int millisEach;
  private final int processRounds;
  private final long deadlineSeconds;

  Mode(
      int warmUpMillis,
      int sliceMillis,
      int leastRounds,
      int mostRounds,
      int millisEach,
      int processRounds,
      long deadlineSeconds) {
    this.warmUpMillis = warmUpMillis;
    this.sliceMillis = sliceMillis;
    this.leastRounds = leastRounds;
    this.mostRounds = mostRounds;
    this.millisEach = millisEach;
    this.processRounds = processRounds;
    this.deadlineSeconds = deadlineSeconds;
  }

  /** For work that takes micro- or milliseconds. */
  Pace pace(int contestants) {
    return new Pace(
        warmUpMillis, sliceMillis, leastRounds, mostRounds, (long) millisEach * contestants);
  }

  /** For work whose single run fills many slices: a few rounds, three times as many when full. */
  Pace longPace(int warmUpMillisOfLong, int rounds) {
    int count = this == QUICK ? rounds : 3 * rounds;
    return new Pace(warmUpMillisOfLong, sliceMillis, count, count, 0);
  }

  /** About how many seconds a row at {@link #pace} takes on an idle machine. */
  double seconds(int contestants) {
    return contestants * (millisEach + 300) / 1e3;
  }

  /** How often a process is started for each contestant. */
  int processRounds() {
    return processRounds;
  }

  /** After so many seconds no further row begins. */
  long deadlineSeconds() {
    return deadlineSeconds;
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}

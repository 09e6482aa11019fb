package org.mpotr.crypto.p256;

import java.util.Arrays;

/**
 * Whether two classes of timings differ, as dudect decides it (O. Reparaz, J. Balasch and I.
 * Verbauwhede, "Dude, is my code constant time?", 2017): Welch's t over all samples, and again over
 * those below each of a hundred thresholds, which cut off the long tail that interrupts and
 * collections make. The thresholds are percentiles of a first part of the samples, which then count
 * no more.
 */
final class TimingStatistics {

  private static final int CROPS = 100;

  /** Below so many samples in a class a threshold says nothing. */
  private static final long FEWEST = 10_000;

  private final double[] thresholds = new double[CROPS + 1];
  private final Moments[][] moments = new Moments[CROPS + 1][2];

  /** Count, mean and sum of squared deviations of a class, by B. P. Welford's recurrence. */
  private static final class Moments {
    private long count;
    private double mean;
    private double squares;

    void add(double value) {
      count++;
      double delta = value - mean;
      mean += delta / count;
      squares += delta * (value - mean);
    }

    double variance() {
      return squares / (count - 1);
    }
  }

  /** Statistics with thresholds from a first part of the samples, of both classes alike. */
  TimingStatistics(double[] first) {
    double[] sorted = first.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < CROPS; i++) {
      // Closer and closer to all: half of the samples at i = 10, all but 2⁻¹⁰ of them at the end.
      double share = 1 - Math.pow(0.5, 10.0 * (i + 1) / CROPS);
      thresholds[i] = sorted[(int) (share * (sorted.length - 1))];
    }
    thresholds[CROPS] = Double.POSITIVE_INFINITY;
    for (Moments[] pair : moments) {
      pair[0] = new Moments();
      pair[1] = new Moments();
    }
  }

  /** Adds a sample of class 0 or 1. */
  void add(int timingClass, double value) {
    for (int i = CROPS; i >= 0 && value <= thresholds[i]; i--) {
      moments[i][timingClass].add(value);
    }
  }

  long count(int timingClass) {
    return moments[CROPS][timingClass].count;
  }

  double mean(int timingClass) {
    return moments[CROPS][timingClass].mean;
  }

  /** Welch's t of all samples. */
  double t() {
    return t(moments[CROPS]);
  }

  /** The largest |t| over all thresholds with enough samples. */
  double largest() {
    double largest = 0;
    for (Moments[] pair : moments) {
      if (pair[0].count >= FEWEST && pair[1].count >= FEWEST) {
        largest = Math.max(largest, Math.abs(t(pair)));
      }
    }
    return largest;
  }

  private static double t(Moments[] pair) {
    double error = pair[0].variance() / pair[0].count + pair[1].variance() / pair[1].count;
    return error == 0 ? 0 : (pair[0].mean - pair[1].mean) / Math.sqrt(error);
  }
}

package org.mpotr.benchmarks.measure;

import java.util.Arrays;

/** Medians and quantiles of few samples. */
public final class Statistics {

  /** The lower end of what is called spread: a tenth of all samples lie below. */
  public static final double LOW = 0.1;

  /** The upper end of what is called spread: a tenth of all samples lie above. */
  public static final double HIGH = 0.9;

  private Statistics() {}

  /**
   * A middle value with the range that holds most samples.
   *
   * @param low a tenth of the samples lie below
   * @param median half of the samples lie below
   * @param high a tenth of the samples lie above
   */
  public record Spread(double low, double median, double high) {}

  /** Middle and range of samples. */
  public static Spread spread(double[] samples) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    return new Spread(quantile(sorted, LOW), quantile(sorted, 0.5), quantile(sorted, HIGH));
  }

  /** The median of samples. */
  public static double median(double[] samples) {
    return spread(samples).median();
  }

  /** How many times as much the one is as the other, round by round. */
  public static Spread ratio(double[] numerators, double[] denominators) {
    double[] ratios = new double[Math.min(numerators.length, denominators.length)];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = numerators[i] / denominators[i];
    }
    return spread(ratios);
  }

  private static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}

package org.mpotr.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.mpotr.benchmarks.measure.Statistics.Spread;

class StatisticsTest {

  private static final double EXACT = 1e-12;

  @Test
  void medianOfOddAndEven() {
    assertEquals(3, Statistics.median(new double[] {5, 1, 3}), EXACT);
    assertEquals(2.5, Statistics.median(new double[] {4, 1, 2, 3}), EXACT);
    assertTrue(Double.isNaN(Statistics.median(new double[0])));
  }

  @Test
  void spreadHoldsMostSamples() {
    Spread spread = Statistics.spread(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    assertEquals(new Spread(1, 5, 9), spread);
  }

  @Test
  void ratiosAreTakenRoundByRound() {
    // A noisy round doubles both, and the ratio stays.
    Spread ratio = Statistics.ratio(new double[] {10, 20, 10}, new double[] {5, 10, 5});
    assertEquals(new Spread(2, 2, 2), ratio);
  }
}

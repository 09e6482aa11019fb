package org.mpotr.crypto.p256;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The statistics of the timing check on made-up times. */
class TimingStatisticsTest {

  private final SplittableRandom random = new SplittableRandom(2017);

  /** A time of about 1,000 with a tail, as real ones have. */
  private double time() {
    double sum = 1_000;
    for (int i = 0; i < 12; i++) {
      sum += 10 * (random.nextDouble() - 0.5);
    }
    return random.nextInt(200) == 0 ? sum + 50_000 * random.nextDouble() : sum;
  }

  private TimingStatistics run(double difference) {
    double[] first = new double[5_000];
    for (int i = 0; i < first.length; i++) {
      first[i] = time();
    }
    TimingStatistics statistics = new TimingStatistics(first);
    for (int i = 0; i < 200_000; i++) {
      int timingClass = random.nextInt(2);
      statistics.add(timingClass, time() + timingClass * difference);
    }
    return statistics;
  }

  @Test
  void passesEqualTimes() {
    TimingStatistics statistics = run(0);
    assertEquals(200_000, statistics.count(0) + statistics.count(1));
    assertTrue(statistics.largest() < 4.5, () -> "largest |t| " + statistics.largest());
  }

  @Test
  void findsADifferenceBelowTheTail() {
    // A thousandth of the time: the tail hides it from the plain t, not from the cropped ones.
    TimingStatistics statistics = run(1);
    assertTrue(Math.abs(statistics.t()) < 4.5);
    assertTrue(statistics.largest() > 10, () -> "largest |t| " + statistics.largest());
  }

  @Test
  void knowsWelchsT() {
    TimingStatistics statistics = new TimingStatistics(new double[] {1, 2, 3});
    for (double value : new double[] {1, 2, 3, 4}) {
      statistics.add(0, value);
    }
    for (double value : new double[] {2, 4, 6, 8, 10}) {
      statistics.add(1, value);
    }
    // Means 2.5 and 6, variances 5/3 and 10: (2.5 − 6)/√(5/12 + 2).
    assertEquals(-3.5 / Math.sqrt(5.0 / 12 + 2), statistics.t(), 1e-12);
    assertEquals(2.5, statistics.mean(0), 1e-12);
    assertEquals(0, statistics.largest());
  }
}

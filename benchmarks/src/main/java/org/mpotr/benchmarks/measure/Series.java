package org.mpotr.benchmarks.measure;

/**
 * What was measured of one contestant: one sample a round, for one operation. The samples of all
 * contestants at one index belong to the same round.
 *
 * @param name the contestant
 * @param role what it stands for
 * @param missing why there are no samples, or null
 * @param samples in the unit of the row
 * @param wallNanos the same rounds on the clock
 * @param allocatedBytes on the heap for one operation, or −1 where it is not known
 */
public record Series(
    String name,
    Role role,
    String missing,
    double[] samples,
    double[] wallNanos,
    double allocatedBytes) {

  /** A contestant that could not be measured. */
  public static Series missing(String name, Role role, String reason) {
    return new Series(name, role, reason, new double[0], new double[0], -1);
  }

  /** Whether there are samples. */
  public boolean isMeasured() {
    return missing == null && samples.length > 0;
  }

  /** The middle of the samples. */
  public double median() {
    return Statistics.median(samples);
  }
}

package org.mpotr.crypto.p256;

/**
 * Sums of public affine points, many sums at once: each level of all the trees of additions shares
 * one inversion. Where two points of a sum cancel out, the sum is shorter by them; a sum of nothing
 * is infinity.
 */
final class PointSums {

  private final FieldElement[] x;
  private final FieldElement[] y;
  private final int[] start;
  private final int[] length;
  private final AffineAdder adder;
  private int sums;
  private int points;

  /** Room for so many sums of so many points in all. */
  PointSums(int sums, int points) {
    x = Inversion.elements(points);
    y = Inversion.elements(points);
    start = new int[sums];
    length = new int[sums];
    adder = new AffineAdder(x, y, points / 2 + 1);
  }

  /** Begins a sum, the next in order, to which points are then added. */
  void begin() {
    start[sums] = points;
    sums++;
  }

  /** Adds some terms to the sum begun last. */
  void add(Terms terms, int from, int to) {
    for (int i = from; i < to; i++) {
      terms.load(i, x[points], y[points]);
      points++;
    }
    length[sums - 1] += to - from;
  }

  /** Computes all sums. */
  void run() {
    boolean more = true;
    while (more) {
      more = false;
      for (int i = 0; i < sums; i++) {
        more |= halve(i);
      }
      adder.run();
    }
  }

  /**
   * Plans the additions of neighbours in a sum. Of an odd number the first point is left over and
   * stays in its place. The results follow it, each in a place that no later addition reads.
   */
  private boolean halve(int sum) {
    int count = length[sum];
    if (count < 2) {
      return false;
    }
    int from = start[sum];
    int odd = count & 1;
    int to = from + odd;
    for (int i = from + odd; i < from + count; i += 2) {
      if (adder.plan(i, i + 1, to)) {
        to++;
      }
    }
    length[sum] = to - from;
    return true;
  }

  /** Whether a sum is infinity. */
  boolean isInfinite(int sum) {
    return length[sum] == 0;
  }

  FieldElement x(int sum) {
    return x[start[sum]];
  }

  FieldElement y(int sum) {
    return y[start[sum]];
  }
}

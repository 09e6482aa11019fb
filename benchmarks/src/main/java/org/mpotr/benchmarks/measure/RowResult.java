package org.mpotr.benchmarks.measure;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One comparison as it was measured.
 *
 * @param id short, and the same from run to run
 * @param group the heading under which it is shown
 * @param title what is done
 * @param unit of all samples
 * @param series of all contestants
 */
public record RowResult(String id, String group, String title, Unit unit, List<Series> series) {

  /** The series of a contestant, if it was measured. */
  public Optional<Series> measured(String name) {
    return series.stream().filter(one -> one.name().equals(name) && one.isMeasured()).findFirst();
  }

  /** The peer that needs least. */
  public Optional<Series> bestPeer() {
    return series.stream()
        .filter(one -> one.role() == Role.PEER && one.isMeasured())
        .min(Comparator.comparingDouble(Series::median));
  }
}

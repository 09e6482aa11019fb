package org.mpotr.benchmarks.report;

import java.util.List;
import org.mpotr.benchmarks.measure.Alternation;
import org.mpotr.benchmarks.measure.Alternation.Pace;
import org.mpotr.benchmarks.measure.Contestant;
import org.mpotr.benchmarks.measure.Role;
import org.mpotr.benchmarks.measure.RowResult;
import org.mpotr.benchmarks.measure.Series;
import org.mpotr.benchmarks.measure.Unit;

/**
 * A comparison that is going to be measured.
 *
 * @param id short, and the same from run to run
 * @param group the heading under which it is shown
 * @param title what is done
 * @param unit of the samples
 * @param seconds about how long it takes
 * @param measurement gives the series of all contestants
 */
record PlannedRow(
    String id, String group, String title, Unit unit, double seconds, Measurement measurement) {

  /** Measures all contestants of a row. */
  @FunctionalInterface
  interface Measurement {
    List<Series> measure() throws Exception;
  }

  /** A row whose contestants take turns in this process. */
  static PlannedRow alternating(
      String id,
      String group,
      String title,
      double seconds,
      Pace pace,
      List<Contestant> contestants) {
    return new PlannedRow(
        id,
        group,
        title,
        Unit.CPU_NANOSECONDS,
        seconds,
        () -> new Alternation(pace).measure(contestants));
  }

  RowResult measure() {
    try {
      return result(measurement.measure());
    } catch (Exception e) {
      return failed("failed: " + e);
    }
  }

  /** The row without figures. */
  RowResult failed(String reason) {
    return result(List.of(Series.missing("all", Role.OWN, reason)));
  }

  private RowResult result(List<Series> series) {
    return new RowResult(id, group, title, unit, series);
  }
}

package org.mpotr.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mpotr.benchmarks.measure.Role;
import org.mpotr.benchmarks.measure.RowResult;
import org.mpotr.benchmarks.measure.Series;
import org.mpotr.benchmarks.measure.Statistics;
import org.mpotr.benchmarks.measure.Statistics.Spread;
import org.mpotr.benchmarks.measure.Unit;

/**
 * What changed between two reports. Where a row has peers, the library is judged by its ratio to
 * them: two runs seldom meet the same machine in the same state, but peers do not change.
 */
final class Difference {

  /** A change that is smaller is never called one. */
  static final double TOLERANCE = 0.05;

  /** What no two runs have in common. */
  private static final List<String> OF_ONE_RUN = List.of(Machine.DATE, Machine.LOAD);

  /**
   * One contestant of one row.
   *
   * @param row id of the row
   * @param name the contestant
   * @param change how many times as long it takes now, peers taken into account
   * @param isSlower whether that is beyond tolerance and spread
   * @param isFaster whether it is less by as much
   */
  record Change(String row, String name, double change, boolean isSlower, boolean isFaster) {}

  private Difference() {}

  static List<Change> between(ReportData before, ReportData after) {
    List<Change> changes = new ArrayList<>();
    for (RowResult now : after.rows()) {
      Optional<RowResult> then = before.row(now.id());
      if (then.isPresent()) {
        changes.addAll(between(then.get(), now));
      }
    }
    return changes;
  }

  private static List<Change> between(RowResult then, RowResult now) {
    List<Change> changes = new ArrayList<>();
    for (Series mine : now.series()) {
      Optional<Series> old = then.measured(mine.name());
      boolean isLibrary = mine.role() == Role.OWN || mine.role() == Role.PART;
      if (!isLibrary || !mine.isMeasured() || old.isEmpty()) {
        continue;
      }
      Optional<String> yardstick = yardstick(then, now);
      Spread before = relative(then, old.get(), yardstick);
      Spread after = relative(now, mine, yardstick);
      double change = after.median() / before.median();
      changes.add(
          new Change(
              now.id(),
              mine.name(),
              change,
              change > 1 + TOLERANCE && after.low() > before.high(),
              change < 1 - TOLERANCE && after.high() < before.low()));
    }
    return changes;
  }

  /** What the earlier run measured and the later one did not, as rows and contestants. */
  static List<String> missing(ReportData before, ReportData after) {
    List<String> missing = new ArrayList<>();
    for (RowResult then : before.rows()) {
      for (Series old : then.series()) {
        boolean isThere = after.row(then.id()).flatMap(row -> row.measured(old.name())).isPresent();
        if (old.isMeasured() && !isThere) {
          missing.add(then.id() + ", " + old.name());
        }
      }
    }
    return missing;
  }

  /** Facts about the machine, its JDK and the libraries in which two runs differ. */
  static List<String> otherFacts(ReportData before, ReportData after) {
    List<String> facts = new ArrayList<>();
    before
        .machine()
        .forEach(
            (name, value) -> {
              String now = after.machine().get(name);
              if (!OF_ONE_RUN.contains(name) && !value.equals(now)) {
                facts.add(name + ": " + value + " before, " + now + " now");
              }
            });
    return facts;
  }

  /** The best peer of the later run, or else the bound, that both runs have measured. */
  private static Optional<String> yardstick(RowResult then, RowResult now) {
    if (now.unit() == Unit.BYTES) {
      // Bytes do not depend on what else the machine does.
      return Optional.empty();
    }
    Optional<String> peer =
        now.bestPeer().map(Series::name).filter(name -> then.measured(name).isPresent());
    return peer.isPresent()
        ? peer
        : now.series().stream()
            .filter(one -> one.role() == Role.BOUND)
            .filter(one -> one.isMeasured() && then.measured(one.name()).isPresent())
            .map(Series::name)
            .findFirst();
  }

  private static Spread relative(RowResult row, Series own, Optional<String> yardstick) {
    return yardstick
        .flatMap(row::measured)
        .map(other -> Statistics.ratio(own.samples(), other.samples()))
        .orElseGet(() -> Statistics.spread(own.samples()));
  }

  /** All changes as text, those that are slower first and marked. */
  static String text(List<Change> changes) {
    StringBuilder text = new StringBuilder();
    changes.stream()
        .sorted((one, other) -> Double.compare(other.change(), one.change()))
        .forEach(
            change ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "%-7s %-24s %-26s %6.2f × the time%n",
                        change.isSlower() ? "SLOWER" : change.isFaster() ? "faster" : "",
                        change.row(),
                        change.name(),
                        change.change())));
    return text.toString();
  }
}

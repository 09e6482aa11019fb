package org.mpotr.benchmarks.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mpotr.benchmarks.measure.RowResult;

/** All rows of a report in the order in which they are measured. */
record Plan(Mode mode, List<PlannedRow> rows) {

  /**
   * The rows of a mode.
   *
   * @param only parts of ids, one of which a row must have; empty means all rows
   */
  static Plan of(Mode mode, List<String> only) {
    List<PlannedRow> rows = new ArrayList<>();
    rows.addAll(PrimitiveRows.of(mode));
    rows.addAll(MessagingRows.of(mode));
    rows.addAll(ProcessRows.of(mode));
    rows.removeIf(row -> !only.isEmpty() && only.stream().noneMatch(row.id()::contains));
    return new Plan(mode, List.copyOf(rows));
  }

  /** The rows that some target needs. */
  Plan targetsOnly() {
    List<String> needed = Target.all().stream().map(Target::row).distinct().toList();
    return new Plan(mode, rows.stream().filter(row -> needed.contains(row.id())).toList());
  }

  /** Measures the rows that targets need first, in case that time runs out, and shows all. */
  ReportData measure(PrintStream out) {
    Map<String, String> machine = Machine.facts();
    List<PlannedRow> order = new ArrayList<>(targetsOnly().rows());
    rows.stream().filter(row -> !order.contains(row)).forEach(order::add);
    Progress progress = new Progress(out, order);
    Map<PlannedRow, RowResult> results = new HashMap<>();
    for (PlannedRow row : order) {
      progress.starting(row);
      results.put(
          row,
          progress.elapsed() > mode.deadlineSeconds()
              ? row.failed("not measured: out of time")
              : row.measure());
    }
    progress.finished();
    return new ReportData(
        ReportData.FORMAT, mode.toString(), machine, rows.stream().map(results::get).toList());
  }
}

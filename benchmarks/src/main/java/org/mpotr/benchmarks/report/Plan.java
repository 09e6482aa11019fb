package org.mpotr.benchmarks.report;

import java.io.PrintStream;
import java.util.ArrayList;
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

  ReportData measure(PrintStream out) {
    Map<String, String> machine = Machine.facts();
    Progress progress = new Progress(out, rows);
    List<RowResult> results = new ArrayList<>();
    for (PlannedRow row : rows) {
      progress.starting(row);
      results.add(
          progress.elapsed() > mode.deadlineSeconds()
              ? row.failed("not measured: out of time")
              : row.measure());
    }
    progress.finished();
    return new ReportData(ReportData.FORMAT, mode.toString(), machine, results);
  }
}

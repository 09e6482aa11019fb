package org.mpotr.benchmarks.report;

import java.io.PrintStream;
import java.util.List;

/** Says what is being measured and about how long the rest will take. */
final class Progress {

  private static final double LEAST_SECONDS = 1;

  private final PrintStream out;
  private final List<PlannedRow> rows;
  private final double planned;
  private final long begin = System.nanoTime();
  private double done;
  private int count;

  Progress(PrintStream out, List<PlannedRow> rows) {
    this.out = out;
    this.rows = rows;
    planned = rows.stream().mapToDouble(PlannedRow::seconds).sum();
  }

  /** Seconds since the beginning. */
  double elapsed() {
    return (System.nanoTime() - begin) / 1e9;
  }

  void starting(PlannedRow row) {
    count++;
    // What took longer than planned so far will go on doing so.
    double pace = done < LEAST_SECONDS ? 1 : Math.max(0.2, elapsed() / done);
    long left = Math.round((planned - done) * pace);
    out.printf(
        "[%d/%d] %s; about %d:%02d left%n", count, rows.size(), row.title(), left / 60, left % 60);
    out.flush();
    done += row.seconds();
  }

  void finished() {
    long seconds = Math.round(elapsed());
    out.printf("measured in %d:%02d%n", seconds / 60, seconds % 60);
  }
}

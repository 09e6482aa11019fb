package org.mpotr.benchmarks.report;

import java.util.Locale;
import org.mpotr.benchmarks.measure.Unit;

/** Measured values for people. */
final class Figures {

  private static final String[] TIMES = {"ns", "µs", "ms", "s"};
  private static final double SECOND = 1e9;

  private Figures() {}

  static String value(Unit unit, double value) {
    if (unit == Unit.BYTES) {
      return value < 10_000
          ? String.format(Locale.ROOT, "%,.0f B", value)
          : String.format(Locale.ROOT, "%,.1f KiB", value / 1_024);
    }
    double scaled = value;
    int step = 0;
    while (scaled >= 1_000 && step < TIMES.length - 1) {
      scaled /= 1_000;
      step++;
    }
    String digits = scaled < 10 ? "%.2f %s" : scaled < 100 ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, digits, scaled, TIMES[step]);
  }

  /** How many operations a second make, for what is counted in time. */
  static String rate(Unit unit, double value) {
    return unit == Unit.BYTES || value >= SECOND
        ? ""
        : String.format(Locale.ROOT, "%,.0f /s", SECOND / value);
  }
}

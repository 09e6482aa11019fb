package org.mpotr.benchmarks.report;

import java.util.Locale;
import java.util.Optional;
import org.mpotr.benchmarks.measure.Statistics.Spread;

/** The targets with what was measured, as text. */
final class TargetTable {

  private static final String FORMAT = "%-26s %-16s %8s %9s  %-15s %s%n";

  private TargetTable() {}

  static String of(ReportData data) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, FORMAT, "", "against", "at least", "measured", "spread", "verdict"));
    for (Target target : Target.all()) {
      Optional<Spread> ratio = target.ratio(data);
      text.append(
          String.format(
              Locale.ROOT,
              FORMAT,
              target.what(),
              target.other(),
              times(target.atLeast()),
              ratio.map(spread -> times(spread.median())).orElse("–"),
              ratio.map(TargetTable::range).orElse(""),
              ratio.map(target::verdict).orElseGet(() -> target.reason(data))));
    }
    return text.toString();
  }

  static String times(double ratio) {
    return String.format(Locale.ROOT, "%.2f ×", ratio);
  }

  static String range(Spread spread) {
    return String.format(Locale.ROOT, "%.2f to %.2f", spread.low(), spread.high());
  }
}

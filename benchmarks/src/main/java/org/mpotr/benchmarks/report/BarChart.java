package org.mpotr.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mpotr.benchmarks.measure.Role;
import org.mpotr.benchmarks.measure.Statistics.Spread;

/** Horizontal bars with the range of the rounds as a line, drawn as SVG. */
final class BarChart {

  private static final int WIDTH = 760;
  private static final int LABELS = 170;
  private static final int VALUES = 150;
  private static final int BAR = 18;
  private static final int STEP = 26;
  private static final int MARGIN = 8;
  private static final double LOGARITHMIC_FROM = 40;

  private record Bar(String label, Role role, Spread spread, String text) {}

  private final String title;
  private final boolean marksOne;
  private final List<Bar> bars = new ArrayList<>();

  /**
   * @param title read out instead of the chart
   * @param marksOne whether to draw a line at 1, for ratios
   */
  BarChart(String title, boolean marksOne) {
    this.title = title;
    this.marksOne = marksOne;
  }

  void add(String label, Role role, Spread spread, String text) {
    bars.add(new Bar(label, role, spread, text));
  }

  boolean isEmpty() {
    return bars.isEmpty();
  }

  String svg() {
    double most = bars.stream().mapToDouble(bar -> bar.spread().high()).max().orElse(1);
    double least = bars.stream().mapToDouble(bar -> bar.spread().low()).min().orElse(1);
    boolean logarithmic = !marksOne && least > 0 && most / least > LOGARITHMIC_FROM;
    double from = logarithmic ? least / 2 : 0;
    double to = Math.max(most, marksOne ? 1 : 0) * 1.02;
    int height = bars.size() * STEP + 2 * MARGIN;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
            WIDTH,
            height,
            HtmlPage.escape(title)));
    for (int i = 0; i < bars.size(); i++) {
      append(svg, bars.get(i), MARGIN + i * STEP, from, to, logarithmic);
    }
    if (marksOne) {
      double x = x(1, from, to, false);
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"one\" x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%d\"/>%n",
              x,
              x,
              height));
    }
    return svg.append("</svg>\n").toString();
  }

  private static void append(
      StringBuilder svg, Bar bar, int y, double from, double to, boolean logarithmic) {
    double low = x(bar.spread().low(), from, to, logarithmic);
    double middle = x(bar.spread().median(), from, to, logarithmic);
    double high = x(bar.spread().high(), from, to, logarithmic);
    double text = y + BAR - 5;
    double centre = y + BAR / 2.0;
    svg.append(
        String.format(
            Locale.ROOT,
            "<text class=\"label\" x=\"%d\" y=\"%.1f\">%s</text>"
                + "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>"
                + "<path class=\"range\" d=\"M%.1f %.1fH%.1fM%.1f %.1fv8M%.1f %.1fv8\"/>"
                + "<text class=\"value\" x=\"%d\" y=\"%.1f\">%s</text>%n",
            LABELS - MARGIN,
            text,
            HtmlPage.escape(bar.label()),
            bar.role().name().toLowerCase(Locale.ROOT),
            LABELS,
            y,
            Math.max(1, middle - LABELS),
            BAR,
            low,
            centre,
            high,
            low,
            centre - 4,
            high,
            centre - 4,
            WIDTH - VALUES + MARGIN,
            text,
            HtmlPage.escape(bar.text())));
  }

  private static double x(double value, double from, double to, boolean logarithmic) {
    double share =
        logarithmic ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from);
    return LABELS + Math.max(0, Math.min(1, share)) * (WIDTH - LABELS - VALUES);
  }
}

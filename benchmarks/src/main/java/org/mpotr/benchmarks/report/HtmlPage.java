package org.mpotr.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mpotr.benchmarks.measure.Role;
import org.mpotr.benchmarks.measure.RowResult;
import org.mpotr.benchmarks.measure.Series;
import org.mpotr.benchmarks.measure.Statistics;
import org.mpotr.benchmarks.measure.Statistics.Spread;
import org.mpotr.benchmarks.measure.Unit;

/** A report as one page that needs nothing else: style and charts are inside, scripts are none. */
final class HtmlPage {

  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1c2430; --faint: #67717f; --line: #d5dae1;
        --paper: #ffffff; --own: #1f6feb; --part: #8fbcf7; --peer: #a3acb9; --bound: #e2b93b;
        --good: #1a7f37; --bad: #c62828; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e4e9f0; --faint: #98a3b3;
        --line: #343c48; --paper: #12161c; --own: #4c94ff; --part: #2b5794; --peer: #6d7786;
        --bound: #a8851f; --good: #56c271; --bad: #ff7b72; } }
      body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
        max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
      h1 { font-size: 1.6rem; } h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
      h3 { margin: 2rem 0 .3rem; font-size: 1rem; }
      p.note, p.missing { color: var(--faint); margin: .4rem 0 0; font-size: .85rem; }
      table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
      th, td { text-align: left; padding: .2rem .6rem .2rem 0; vertical-align: top;
        border-bottom: 1px solid var(--line); }
      th { font-weight: 600; } td.number, th.number { text-align: right; }
      .good { color: var(--good); } .bad { color: var(--bad); }
      .scroll { overflow-x: auto; }
      svg { width: 100%; height: auto; max-width: 760px; display: block; }
      svg text { font: 12.5px system-ui, sans-serif; fill: var(--ink); }
      svg .label { text-anchor: end; }
      svg .own { fill: var(--own); } svg .part { fill: var(--part); }
      svg .peer { fill: var(--peer); } svg .bound { fill: var(--bound); }
      svg .range { stroke: var(--ink); fill: none; stroke-width: 1.2; }
      svg .one { stroke: var(--faint); stroke-dasharray: 4 3; }
      """;

  private final ReportData data;
  private final StringBuilder html = new StringBuilder();

  private HtmlPage(ReportData data) {
    this.data = data;
  }

  static String of(ReportData data) {
    HtmlPage page = new HtmlPage(data);
    page.head();
    page.machine();
    page.targets();
    page.groups();
    page.html.append("</body>\n</html>\n");
    return page.html.toString();
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private void head() {
    html.append(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>mpOTR benchmarks</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<h1>mpOTR benchmarks</h1>\n");
    html.append(
        "<p>What stands together ran in turns inside one process. Times are processor time of the"
            + " measuring thread; bars are medians, and the line across a bar's end holds eight"
            + " tenths of the rounds. Ratios are taken round by round against the best peer: more"
            + " is better, 1 is as fast. Blue is mpOTR, pale blue a part of it, grey a peer,"
            + " yellow a bound.</p>\n");
  }

  private void machine() {
    html.append("<h2>Machine and versions</h2>\n<table>\n");
    row("report", data.mode());
    data.machine().forEach(this::row);
    html.append("</table>\n");
  }

  private void row(String name, String value) {
    html.append("<tr><th>")
        .append(escape(name))
        .append("</th><td>")
        .append(escape(value))
        .append("</td></tr>\n");
  }

  private void targets() {
    html.append(
        "<h2>Targets</h2>\n<div class=\"scroll\"><table>\n<tr><th></th><th>against</th>"
            + "<th class=\"number\">at least</th><th class=\"number\">measured</th>"
            + "<th>spread</th><th>verdict</th></tr>\n");
    for (Target target : Target.all()) {
      Optional<Spread> ratio = target.ratio(data);
      String verdict = ratio.map(target::verdict).orElseGet(() -> target.reason(data));
      String style = ratio.isEmpty() ? "" : verdict.startsWith("reached") ? "good" : "bad";
      html.append(
          String.format(
              Locale.ROOT,
              "<tr><td>%s</td><td>%s</td><td class=\"number\">%s</td><td class=\"number\">%s</td>"
                  + "<td>%s</td><td class=\"%s\">%s</td></tr>%n",
              escape(target.what()),
              escape(target.other()),
              TargetTable.times(target.atLeast()),
              ratio.map(spread -> TargetTable.times(spread.median())).orElse("–"),
              ratio.map(TargetTable::range).orElse(""),
              style,
              escape(verdict)));
    }
    html.append("</table></div>\n");
  }

  private void groups() {
    Map<String, StringBuilder> groups = new LinkedHashMap<>();
    for (RowResult row : data.rows()) {
      groups.computeIfAbsent(row.group(), name -> new StringBuilder()).append(section(row));
    }
    groups.forEach(
        (name, content) ->
            html.append("<h2>").append(escape(name)).append("</h2>\n").append(content));
  }

  private static String section(RowResult row) {
    StringBuilder section = new StringBuilder();
    section.append(String.format("<h3 id=\"%s\">%s</h3>%n", escape(row.id()), escape(row.title())));
    BarChart ratios = ratios(row);
    if (!ratios.isEmpty()) {
      section.append(note("how many times as fast as the reference; longer is better"));
      section.append(ratios.svg());
    }
    section.append(absolutes(row));
    for (Series series : row.series()) {
      if (!series.isMeasured()) {
        section.append(
            String.format(
                "<p class=\"missing\">%s: %s</p>%n",
                escape(series.name()),
                escape(series.missing() == null ? "no samples" : series.missing())));
      }
    }
    return section.toString();
  }

  private static String note(String text) {
    return "<p class=\"note\">" + text + "</p>\n";
  }

  /** Ratios to the best peer; to the bound, or to the first, where there is no peer. */
  private static BarChart ratios(RowResult row) {
    List<Series> measured = row.series().stream().filter(Series::isMeasured).toList();
    Optional<Series> reference =
        row.bestPeer()
            .or(() -> measured.stream().filter(one -> one.role() == Role.BOUND).findFirst())
            .or(() -> measured.stream().findFirst());
    String name = reference.map(Series::name).orElse("");
    BarChart chart = new BarChart(row.title() + ", ratio to " + name, true);
    if (measured.size() > 1) {
      for (Series series : measured) {
        Spread ratio = Statistics.ratio(reference.orElseThrow().samples(), series.samples());
        chart.add(
            series.name(),
            series.role(),
            ratio,
            TargetTable.times(ratio.median()) + (series.name().equals(name) ? " (reference)" : ""));
      }
    }
    return chart;
  }

  private static String absolutes(RowResult row) {
    BarChart chart = new BarChart(row.title() + ", absolute", false);
    StringBuilder table = new StringBuilder();
    table.append(
        "<details><summary>figures</summary><div class=\"scroll\"><table>\n<tr><th></th>"
            + "<th class=\"number\">median</th><th class=\"number\">spread</th>"
            + "<th class=\"number\">rate</th><th class=\"number\">on the clock</th>"
            + "<th class=\"number\">allocated</th><th class=\"number\">rounds</th></tr>\n");
    for (Series series : row.series()) {
      if (series.isMeasured()) {
        Spread spread = Statistics.spread(series.samples());
        String median = Figures.value(row.unit(), spread.median());
        chart.add(series.name(), series.role(), spread, median);
        table.append(figures(row.unit(), series, spread, median));
      }
    }
    table.append("</table></div></details>\n");
    String counted = row.unit() == Unit.BYTES ? "bytes" : "time of one operation";
    return chart.isEmpty() ? "" : note(counted + "; shorter is better") + chart.svg() + table;
  }

  private static String figures(Unit unit, Series series, Spread spread, String median) {
    String cell = "<td class=\"number\">%s</td>";
    return String.format(
        Locale.ROOT,
        "<tr><td>%s</td>" + cell.repeat(6) + "</tr>%n",
        escape(series.name()),
        median,
        Figures.value(unit, spread.low()) + " to " + Figures.value(unit, spread.high()),
        Figures.rate(unit, spread.median()),
        series.wallNanos().length == 0
            ? ""
            : Figures.value(Unit.WALL_NANOSECONDS, Statistics.median(series.wallNanos())),
        series.allocatedBytes() < 0 ? "" : Figures.value(Unit.BYTES, series.allocatedBytes()),
        series.samples().length);
  }
}

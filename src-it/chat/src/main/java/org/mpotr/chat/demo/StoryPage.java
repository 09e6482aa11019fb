package org.mpotr.chat.demo;

import java.util.List;
import java.util.Locale;

/** A story as a page of its own: a column for each of those who come to know something. */
final class StoryPage {

  private static final String STYLE =
      """
      body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 78rem; padding: 0 1rem;
             color: #1d2430; background: #fbfbf9 }
      h1 { font-size: 1.6rem; margin-bottom: .2rem }
      p { max-width: 46rem }
      table { border-collapse: collapse; width: 100%; table-layout: fixed }
      th { text-align: left; padding: .4rem .6rem; position: sticky; top: 0; background: #fbfbf9;
           border-bottom: 2px solid #1d2430 }
      th.time, td.time { width: 4.5rem; color: #7a8190; font-variant-numeric: tabular-nums }
      td { vertical-align: top; padding: .25rem .6rem; overflow-wrap: anywhere }
      td.is { background: #e8eff7; border-radius: 4px }
      td.relay { background: #f6e9d8 }
      tr.step td { padding-top: 1.3rem; font-weight: 600; font-size: 1.05rem }
      tr.tell td { color: #4b5361 }
      @media (prefers-color-scheme: dark) {
        body, th { background: #14181f; color: #dfe4ec } th { border-color: #dfe4ec }
        td.is { background: #22324a } td.relay { background: #46351f } tr.tell td { color: #a3acbb }
      }
      """;

  private StoryPage() {}

  /**
   * The page.
   *
   * @param columns who has one, the relay last
   */
  static String of(List<Story.Step> steps, List<String> columns) {
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width\">\n");
    page.append("<title>mpOTR: who knew what when</title>\n<style>\n").append(STYLE);
    page.append("</style>\n<h1>Who knew what when</h1>\n");
    page.append(
        "<p>A conversation of three members through a relay, as it was run. Each column is ");
    page.append(
        "what one of them came to know; times are seconds since the start.</p>\n<table>\n<tr>");
    page.append("<th class=\"time\">time</th>");
    columns.forEach(name -> page.append("<th>").append(escaped(name)).append("</th>"));
    page.append("</tr>\n");
    for (Story.Step step : steps) {
      page.append("<tr class=\"step\"><td colspan=\"").append(columns.size() + 1).append("\">");
      page.append(escaped(step.title())).append("</td></tr>\n");
      step.facts().forEach(fact -> append(page, fact, columns));
    }
    return page.append("</table>\n</html>\n").toString();
  }

  private static void append(StringBuilder page, Story.Fact fact, List<String> columns) {
    String time = String.format(Locale.ROOT, "%.2f", fact.millis() / 1_000.0);
    if (!columns.contains(fact.who())) {
      page.append("<tr class=\"tell\"><td class=\"time\">").append(time);
      page.append("</td><td colspan=\"").append(columns.size()).append("\">");
      page.append(escaped(fact.what())).append("</td></tr>\n");
      return;
    }
    page.append("<tr><td class=\"time\">").append(time).append("</td>");
    for (String column : columns) {
      if (column.equals(fact.who())) {
        boolean isRelay = column.equals(columns.get(columns.size() - 1));
        page.append("<td class=\"is").append(isRelay ? " relay" : "").append("\">");
        page.append(escaped(fact.what())).append("</td>");
      } else {
        page.append("<td></td>");
      }
    }
    page.append("</tr>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

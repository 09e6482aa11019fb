package org.mpotr.benchmarks.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mpotr.benchmarks.report.Difference.Change;

/** The commands besides JMH's own. */
public final class Commands {

  /** What the commands are and take. */
  public static final String USAGE =
      """
      report [--quick|--full] [--out DIR] [--only ID,ID]   measures, and writes report.html and report.json
      table [--quick|--full] [--only ID,ID] [FILE.json]    the targets: of a report, or measured now
      compare A.json B.json                                what got slower from A to B
      anything else                                        is for JMH; -h tells
      """;

  private static final int SLOWER = 1;
  private static final int WRONG_USE = 2;

  private final PrintStream out;
  private final PrintStream progress;

  /** Commands that write results and progress to these streams. */
  public Commands(PrintStream out, PrintStream progress) {
    this.out = out;
    this.progress = progress;
  }

  /** Whether a word is a command of this class. */
  public static boolean isCommand(String word) {
    return List.of("report", "table", "compare").contains(word);
  }

  /**
   * Runs a command.
   *
   * @return 0, or 1 when {@code compare} finds something slower, or 2 for wrong arguments
   */
  public int run(String command, List<String> arguments) throws IOException {
    try {
      Options options = Options.parse(arguments);
      return switch (command) {
        case "report" -> report(options);
        case "table" -> table(options);
        case "compare" -> compare(options);
        default -> throw new IllegalArgumentException("unknown command " + command);
      };
    } catch (IllegalArgumentException e) {
      progress.println(e.getMessage());
      progress.print(USAGE);
      return WRONG_USE;
    }
  }

  private int report(Options options) throws IOException {
    if (!options.files().isEmpty()) {
      throw new IllegalArgumentException("report takes no files");
    }
    ReportData data = Plan.of(options.mode(), options.only()).measure(progress);
    Files.createDirectories(options.out());
    Path json = options.out().resolve("report.json");
    Path page = options.out().resolve("report.html");
    data.write(json);
    Files.writeString(page, HtmlPage.of(data), StandardCharsets.UTF_8);
    out.print(TargetTable.of(data));
    out.println(page);
    out.println(json);
    return 0;
  }

  private int table(Options options) throws IOException {
    ReportData data =
        options.files().isEmpty()
            ? Plan.of(options.mode(), options.only()).targetsOnly().measure(progress)
            : ReportData.read(options.files().get(0));
    data.machine().forEach((name, value) -> out.println(name + ": " + value));
    out.print(TargetTable.of(data));
    return 0;
  }

  private int compare(Options options) throws IOException {
    if (options.files().size() != 2) {
      throw new IllegalArgumentException("compare takes two files");
    }
    ReportData before = ReportData.read(options.files().get(0));
    ReportData after = ReportData.read(options.files().get(1));
    for (String fact : Difference.otherFacts(before, after)) {
      out.println("not the same " + fact);
    }
    List<Change> changes = Difference.between(before, after);
    out.print(Difference.text(changes));
    List<String> missing = Difference.missing(before, after);
    missing.forEach(one -> out.println("MISSING " + one));
    long slower = changes.stream().filter(Change::isSlower).count();
    out.println(
        (slower == 0 ? "nothing that both have measured got slower" : slower + " got slower")
            + (missing.isEmpty() ? "" : "; " + missing.size() + " no longer measured"));
    return slower == 0 ? 0 : SLOWER;
  }
}

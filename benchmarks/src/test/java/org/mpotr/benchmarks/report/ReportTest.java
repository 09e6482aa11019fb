package org.mpotr.benchmarks.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mpotr.benchmarks.measure.Role;
import org.mpotr.benchmarks.measure.RowResult;
import org.mpotr.benchmarks.measure.Series;
import org.mpotr.benchmarks.measure.Unit;
import org.mpotr.benchmarks.workload.Providers;
import org.mpotr.benchmarks.workload.UnavailableException;

class ReportTest {

  private static final String ROW = "ecdsa-verify-busy";

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private static Series series(String name, Role role, double... samples) {
    return new Series(name, role, null, samples, samples, 100);
  }

  private static ReportData report(double ownNanos) {
    RowResult row =
        new RowResult(
            ROW,
            "Signatures",
            "verify <busy>",
            Unit.CPU_NANOSECONDS,
            List.of(
                series("mpOTR", Role.OWN, ownNanos, 1.02 * ownNanos, 0.98 * ownNanos),
                series("ACCP", Role.PEER, 50_000, 50_500, 49_500),
                Series.missing("Conscrypt", Role.PEER, "not here: no library")));
    return new ReportData(ReportData.FORMAT, "quick", Map.of("cores", "2"), List.of(row));
  }

  private int run(String command, String... arguments) throws IOException {
    PrintStream stream = new PrintStream(out, true, UTF_8);
    return new Commands(stream, stream).run(command, List.of(arguments));
  }

  private String printed() {
    return out.toString(UTF_8);
  }

  private String write(String name, double ownNanos) throws IOException {
    Path file = folder.resolve(name);
    report(ownNanos).write(file);
    return file.toString();
  }

  @Test
  void thePageShowsFiguresAndReasonsAndNeedsNothingElse() {
    String page = HtmlPage.of(report(20_000));
    assertTrue(page.contains("2.50 ×"), "the ratio of target and result");
    assertTrue(page.contains("not here: no library"));
    assertTrue(page.contains("verify &lt;busy&gt;"));
    assertTrue(page.contains("<svg"));
    assertFalse(page.contains("http"), "nothing is loaded from elsewhere");
    assertFalse(page.contains("<script"));
  }

  @Test
  void theTableTellsWhatIsReached() throws IOException {
    assertEquals(0, run("table", write("good.json", 15_000)));
    assertTrue(printed().contains("3.33 ×"), printed());
    assertTrue(printed().lines().anyMatch(line -> line.endsWith("  reached")));
    assertTrue(printed().contains("Conscrypt not here: no library"));
    out.reset();
    assertEquals(0, run("table", write("bad.json", 30_000)));
    assertTrue(printed().lines().anyMatch(line -> line.endsWith("  not reached")), printed());
  }

  @Test
  void whatGotSlowerIsFlagged() throws IOException {
    String before = write("before.json", 20_000);
    assertEquals(0, run("compare", before, before));
    assertEquals(1, run("compare", before, write("after.json", 24_000)));
    assertTrue(printed().contains("SLOWER"), printed());
    out.reset();
    assertEquals(0, run("compare", before, write("better.json", 15_000)));
    assertTrue(printed().contains("faster"), printed());
  }

  /** In a process of its own, where the group's keys are compared before anything is measured. */
  @ParameterizedTest
  @ValueSource(strings = {Providers.ACCP, Providers.CONSCRYPT})
  void aNativeProviderIsTheEngineOfASetUp(String engine) throws Exception {
    try {
      double[] times = ChildJvm.run(EngineSetUp.class, List.of(), List.of(engine, "3"));
      assertEquals(2, times.length);
      assertTrue(times[0] > 0);
    } catch (UnavailableException e) {
      Assumptions.abort(e.getMessage());
    }
  }

  @Test
  void whatIsGoneOrElsewhereIsSaid() throws IOException {
    String before = write("before.json", 20_000);
    ReportData there = ReportData.read(Path.of(before));
    Map<String, String> moved = new LinkedHashMap<>(there.machine());
    String fact = moved.keySet().iterator().next();
    moved.put(fact, "another");
    ReportData empty = new ReportData(ReportData.FORMAT, "quick", moved, List.of());
    empty.write(folder.resolve("empty.json"));
    assertEquals(0, run("compare", before, folder.resolve("empty.json").toString()));
    assertTrue(printed().contains("MISSING " + ROW + ", mpOTR"), printed());
    assertTrue(printed().contains("no longer measured"), printed());
    assertTrue(printed().contains("not the same " + fact), printed());
    out.reset();
    assertEquals(0, run("compare", before, before));
    assertFalse(printed().contains("MISSING") || printed().contains("not the same"), printed());
  }

  @Test
  void aSlowerMachineIsNotASlowerLibrary() {
    ReportData before = report(20_000);
    RowResult row = before.rows().get(0);
    List<Series> halved =
        row.series().stream()
            .map(
                one ->
                    one.isMeasured()
                        ? series(
                            one.name(),
                            one.role(),
                            java.util.Arrays.stream(one.samples()).map(x -> 2 * x).toArray())
                        : one)
            .toList();
    RowResult slow = new RowResult(ROW, row.group(), row.title(), row.unit(), halved);
    ReportData after = new ReportData(ReportData.FORMAT, "quick", before.machine(), List.of(slow));
    assertTrue(Difference.between(before, after).stream().noneMatch(Difference.Change::isSlower));
  }

  @Test
  void aFileThatIsNoReportIsRefused() throws IOException {
    Path file = folder.resolve("other.json");
    Files.writeString(file, "{\"format\": 99}", UTF_8);
    assertThrows(IOException.class, () -> ReportData.read(file));
    Files.writeString(file, "neither", UTF_8);
    assertThrows(IOException.class, () -> ReportData.read(file));
  }

  @Test
  void wrongArgumentsAreExplained() throws IOException {
    assertEquals(2, run("report", "--fast"));
    assertEquals(2, run("compare", "one.json"));
    assertTrue(printed().contains("compare A.json B.json"));
  }

  @Test
  void aSmallReportIsMeasuredAndWritten() throws IOException {
    assertEquals(
        0, run("report", "--out", folder.resolve("out").toString(), "--only", "sha512-64"));
    ReportData data = ReportData.read(folder.resolve("out").resolve("report.json"));
    assertTrue(data.row("sha512-64").orElseThrow().measured("mpOTR").isPresent());
    assertTrue(Files.size(folder.resolve("out").resolve("report.html")) > 1_000);
  }

  @Test
  void everyTargetHasItsRowInBothModes() {
    for (Mode mode : Mode.values()) {
      Set<String> ids =
          Plan.of(mode, List.of()).rows().stream().map(PlannedRow::id).collect(Collectors.toSet());
      for (Target target : Target.all()) {
        assertTrue(ids.contains(target.row()), target.row());
      }
    }
  }

  @Test
  void aQuickReportIsPlannedForLessThanTenMinutes() {
    double seconds =
        Plan.of(Mode.QUICK, List.of()).rows().stream().mapToDouble(PlannedRow::seconds).sum();
    assertTrue(seconds < 480, "planned for " + seconds + " s");
  }
}

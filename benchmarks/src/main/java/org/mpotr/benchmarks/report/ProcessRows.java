package org.mpotr.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mpotr.benchmarks.measure.Role;
import org.mpotr.benchmarks.measure.Series;
import org.mpotr.benchmarks.measure.ThreadMeter;
import org.mpotr.benchmarks.measure.Unit;
import org.mpotr.benchmarks.workload.FrameOpening;
import org.mpotr.benchmarks.workload.FrameSealing;
import org.mpotr.benchmarks.workload.Providers;
import org.mpotr.benchmarks.workload.UnavailableException;
import org.mpotr.benchmarks.workload.Workload;

/** The rows of cold start and memory, for which processes of their own are started. */
final class ProcessRows {

  static final String LIMIT = "limit";
  static final String PRIMITIVES = "mpOTR, primitives alone";

  private static final String START = "Cold start";
  private static final String MEMORY = "Memory";
  private static final int FRAME_BYTES = 1_024;
  private static final int ALLOCATING_RUNS = 4_000;
  private static final double LIMIT_PER_SENDER = 32 * 1_024;

  private ProcessRows() {}

  static List<PlannedRow> of(Mode mode) {
    int starts = mode.processRounds();
    return List.of(
        new PlannedRow(
            "cold-start",
            START,
            "from loading the provider to its first results: of mpOTR a verified frame, of the"
                + " others a key pair, ECDH, a signature and its verification",
            Unit.CPU_NANOSECONDS,
            5.0 * starts,
            () -> coldStart(starts)),
        new PlannedRow(
            "memory-known-sender",
            MEMORY,
            "heap kept for each of "
                + RetainedMemory.SENDERS
                + " known senders after "
                + RetainedMemory.SIGNATURES_EACH
                + " signatures of each",
            Unit.BYTES,
            10,
            ProcessRows::knownSenders),
        allocation("seal", "made", () -> new FrameSealing(FRAME_BYTES), FRAME_BYTES),
        allocation("open", "opened", () -> new FrameOpening(FRAME_BYTES, 1), FRAME_BYTES));
  }

  private static List<Series> coldStart(int rounds) throws Exception {
    List<Series> series = new ArrayList<>();
    List<String> names = new ArrayList<>(List.of(Providers.MPOTR, PRIMITIVES));
    names.addAll(Providers.NAMES.subList(1, Providers.NAMES.size()));
    double[][] cpu = new double[names.size()][rounds];
    double[][] wall = new double[names.size()][rounds];
    String[] missing = new String[names.size()];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < names.size(); i++) {
        if (missing[i] == null) {
          missing[i] = start(names.get(i), round, cpu[i], wall[i]);
        }
      }
    }
    for (int i = 0; i < names.size(); i++) {
      Role role = i == 0 ? Role.OWN : i == 1 ? Role.PART : Role.PEER;
      series.add(
          missing[i] == null
              ? new Series(names.get(i), role, null, cpu[i], wall[i], -1)
              : Series.missing(names.get(i), role, missing[i]));
    }
    return series;
  }

  private static String start(String name, int round, double[] cpu, double[] wall)
      throws Exception {
    String argument =
        name.equals(Providers.MPOTR)
            ? ColdStart.FIRST_FRAME
            : name.equals(PRIMITIVES) ? Providers.MPOTR : name;
    try {
      double[] result = ChildJvm.run(ColdStart.class, List.of(), List.of(argument));
      cpu[round] = result[0];
      wall[round] = result[1];
      return null;
    } catch (UnavailableException e) {
      return e.getMessage();
    }
  }

  private static List<Series> knownSenders() throws Exception {
    List<Series> series = new ArrayList<>();
    for (String name : Providers.NAMES) {
      Role role = name.equals(Providers.MPOTR) ? Role.OWN : Role.PEER;
      try {
        double[] bytes =
            ChildJvm.run(
                RetainedMemory.class, List.of("-XX:+UseSerialGC", "-Xmx512m"), List.of(name));
        series.add(constant(name, role, bytes[0]));
      } catch (UnavailableException e) {
        series.add(Series.missing(name, role, e.getMessage()));
      }
    }
    series.add(constant(LIMIT, Role.BOUND, LIMIT_PER_SENDER));
    return series;
  }

  private static PlannedRow allocation(
      String id, String done, Workload.Factory factory, int contentBytes) {
    return new PlannedRow(
        "memory-frame-" + id,
        MEMORY,
        "allocated for a frame of " + Bytes.text(contentBytes) + " that is " + done,
        Unit.BYTES,
        2,
        () -> allocated(factory));
  }

  private static List<Series> allocated(Workload.Factory factory) throws Exception {
    try (Workload workload = factory.create()) {
      byte[] output = null;
      for (int i = 0; i < ALLOCATING_RUNS; i++) {
        output = (byte[]) workload.run();
      }
      long before = ThreadMeter.allocatedBytes();
      for (int i = 0; i < ALLOCATING_RUNS; i++) {
        output = (byte[]) workload.run();
      }
      double each = (ThreadMeter.allocatedBytes() - before) / (double) ALLOCATING_RUNS;
      return Arrays.asList(
          constant(Providers.MPOTR, Role.OWN, each),
          constant("its output alone", Role.BOUND, output.length));
    }
  }

  private static Series constant(String name, Role role, double value) {
    return new Series(name, role, null, new double[] {value}, new double[0], -1);
  }
}

package org.mpotr.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mpotr.benchmarks.measure.Role;
import org.mpotr.benchmarks.measure.Series;
import org.mpotr.benchmarks.measure.ThreadMeter;
import org.mpotr.benchmarks.measure.Unit;
import org.mpotr.benchmarks.peer.Peers;
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
  private static final String SET_UPS = MessagingRows.SET_UPS;
  private static final int ENGINE_MEMBERS = 30;
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
            "set-up-engines-" + ENGINE_MEMBERS,
            SET_UPS,
            "the same set-up by other engines of P-256, per member, N = " + ENGINE_MEMBERS,
            Unit.CPU_NANOSECONDS,
            30.0 * (starts / 2 + 1),
            () -> engines(starts / 2 + 1)),
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

  /** Who is measured by processes of a main class, started in turn with these arguments. */
  private record Child(String name, Role role, Class<?> main, List<String> arguments) {}

  private static List<Series> coldStart(int rounds) throws Exception {
    List<Child> children = new ArrayList<>();
    children.add(coldStart(Providers.MPOTR, Role.OWN, ColdStart.FIRST_FRAME));
    children.add(coldStart(PRIMITIVES, Role.PART, Providers.MPOTR));
    for (String name : Providers.NAMES.subList(1, Providers.NAMES.size())) {
      children.add(coldStart(name, Role.PEER, name));
    }
    return byTurns(children, rounds);
  }

  private static Child coldStart(String name, Role role, String argument) {
    return new Child(name, role, ColdStart.class, List.of(argument));
  }

  private static List<Series> engines(int rounds) throws Exception {
    List<Child> children = new ArrayList<>();
    children.add(setUp(Providers.MPOTR, Role.OWN, "own"));
    for (String engine : List.of(Providers.ACCP, Providers.CONSCRYPT, "bc")) {
      children.add(setUp(Providers.MPOTR + " with " + engine, Role.PART, engine));
    }
    for (String peer : List.of(Peers.VODOZEMAC, Peers.LIBSIGNAL)) {
      children.add(setUp(peer, Role.PEER, peer));
    }
    return byTurns(children, rounds);
  }

  private static Child setUp(String name, Role role, String argument) {
    return new Child(
        name, role, EngineSetUp.class, List.of(argument, Integer.toString(ENGINE_MEMBERS)));
  }

  private static List<Series> byTurns(List<Child> children, int rounds) throws Exception {
    int count = children.size();
    double[][] cpu = new double[count][rounds];
    double[][] wall = new double[count][rounds];
    String[] missing = new String[count];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < count; i++) {
        if (missing[i] == null) {
          missing[i] = run(children.get(i), round, cpu[i], wall[i]);
        }
      }
    }
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Child child = children.get(i);
      series.add(
          missing[i] == null
              ? new Series(child.name(), child.role(), null, cpu[i], wall[i], -1)
              : Series.missing(child.name(), child.role(), missing[i]));
    }
    return series;
  }

  private static String run(Child child, int round, double[] cpu, double[] wall) throws Exception {
    try {
      double[] result = ChildJvm.run(child.main(), List.of(), child.arguments());
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

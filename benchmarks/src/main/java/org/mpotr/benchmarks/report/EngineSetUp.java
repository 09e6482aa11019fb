package org.mpotr.benchmarks.report;

import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import org.mpotr.benchmarks.measure.Statistics;
import org.mpotr.benchmarks.measure.ThreadMeter;
import org.mpotr.benchmarks.peer.GroupSetUp;
import org.mpotr.benchmarks.peer.Peers;
import org.mpotr.benchmarks.workload.MpotrSetUp;
import org.mpotr.benchmarks.workload.Providers;
import org.mpotr.benchmarks.workload.UnavailableException;
import org.mpotr.benchmarks.workload.Workload;

/**
 * A process that sets up groups with one engine of P-256, or those of a peer: the engine is chosen
 * once for a virtual machine.
 */
final class EngineSetUp {

  /** The property that chooses the engine. */
  private static final String ENGINE = "org.mpotr.p256";

  /** This library's own engines; any other engine is a provider. */
  static final List<String> OF_LIBRARY = List.of("own", "bc");

  private static final long WARM_UP_NANOS = 3_000_000_000L;
  private static final int RUNS = 7;

  private EngineSetUp() {}

  /** Takes an engine or a peer, and the number of members; tells the median of a few set-ups. */
  public static void main(String[] args) throws Exception {
    try (Workload workload = workload(args[0], Integer.parseInt(args[1]))) {
      workload.check();
      long start = ThreadMeter.cpuNanos();
      do {
        run(workload);
      } while (ThreadMeter.cpuNanos() - start < WARM_UP_NANOS);
      List<double[]> runs = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        runs.add(run(workload));
      }
      System.out.println(ChildJvm.RESULT + " " + median(runs, 0) + " " + median(runs, 1));
    } catch (UnavailableException e) {
      System.out.println(ChildJvm.MISSING + " " + e.getMessage());
    }
  }

  private static Workload workload(String who, int members) throws Exception {
    if (Peers.names().contains(who)) {
      return new GroupSetUp(who, members);
    }
    String engine = who;
    if (!OF_LIBRARY.contains(who)) {
      Provider provider = Providers.load(who);
      Security.addProvider(provider);
      engine = provider.getName();
    }
    System.setProperty(ENGINE, engine);
    return new MpotrSetUp(members, false);
  }

  /** Processor and wall time of one set-up for one member, in nanoseconds. */
  private static double[] run(Workload workload) throws Exception {
    workload.prepare(1);
    long wall = System.nanoTime();
    long cpu = ThreadMeter.cpuNanos();
    workload.run();
    cpu = ThreadMeter.cpuNanos() - cpu;
    wall = System.nanoTime() - wall;
    return new double[] {
      cpu / (double) workload.operations(), wall / (double) workload.operations()
    };
  }

  private static double median(List<double[]> runs, int place) {
    return Statistics.median(runs.stream().mapToDouble(run -> run[place]).toArray());
  }
}

package org.mpotr.benchmarks.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.mpotr.benchmarks.workload.UnavailableException;
import org.mpotr.benchmarks.workload.Workload;

/**
 * Measures contestants by turns. In each round every contestant runs for one short slice, in an
 * order that changes from round to round; ratios are then taken between slices of the same round,
 * which a noisy neighbour has met alike. Time is the thread's own processor time, since time on the
 * clock also counts what others do.
 */
public final class Alternation {

  private static final long SEED = 0x7475726e73L;

  /** Of a busy machine: how many times as long as on an idle one to wait for enough warming up. */
  private static final int MOST_WAITING = 8;

  /**
   * How long to measure.
   *
   * @param warmUpMillis of each contestant before the first round; 0 for work whose single run is
   *     long
   * @param sliceMillis of each contestant in a round
   * @param leastRounds measured however long they take
   * @param mostRounds enough
   * @param budgetMillis after which no round beyond the least begins, warming up included
   */
  public record Pace(
      int warmUpMillis, int sliceMillis, int leastRounds, int mostRounds, long budgetMillis) {}

  private final Pace pace;
  private final SplittableRandom random = new SplittableRandom(SEED);

  /** Written after each run, so that no work is optimized away. */
  private Object sink;

  public Alternation(Pace pace) {
    this.pace = pace;
  }

  /** A contestant while it is measured. */
  private static final class Runner {

    final Contestant contestant;
    final Workload workload;
    final List<Double> cpu = new ArrayList<>();
    final List<Double> wall = new ArrayList<>();
    String failure;
    int runs = 1;
    double allocated = -1;

    Runner(Contestant contestant, Workload workload) {
      this.contestant = contestant;
      this.workload = workload;
    }

    Series series() {
      return failure != null
          ? Series.missing(contestant.name(), contestant.role(), failure)
          : new Series(
              contestant.name(), contestant.role(), null, toArray(cpu), toArray(wall), allocated);
    }

    private static double[] toArray(List<Double> list) {
      return list.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  /** Measures all contestants; whoever fails has its reason instead of samples. */
  public List<Series> measure(List<Contestant> contestants) {
    long begin = System.nanoTime();
    Map<Contestant, Series> missing = new HashMap<>();
    List<Runner> runners = new ArrayList<>();
    for (Contestant contestant : contestants) {
      try {
        Workload workload = contestant.factory().create();
        runners.add(new Runner(contestant, workload));
        workload.check();
      } catch (Exception | LinkageError e) {
        missing.put(contestant, Series.missing(contestant.name(), contestant.role(), reason(e)));
        runners.removeIf(runner -> runner.contestant.equals(contestant));
      }
    }
    runners.forEach(runner -> attempt(runner, this::warmUp));
    List<Runner> order = new ArrayList<>(runners);
    for (int round = 0; round < pace.mostRounds(); round++) {
      long spent = (System.nanoTime() - begin) / 1_000_000;
      if (round >= pace.leastRounds() && spent > pace.budgetMillis()) {
        break;
      }
      shuffle(order);
      order.forEach(runner -> attempt(runner, this::slice));
    }
    runners.forEach(runner -> runner.workload.close());
    Map<Contestant, Runner> measured = new HashMap<>();
    runners.forEach(runner -> measured.put(runner.contestant, runner));
    return contestants.stream()
        .map(
            contestant ->
                measured.containsKey(contestant)
                    ? measured.get(contestant).series()
                    : missing.get(contestant))
        .toList();
  }

  @FunctionalInterface
  private interface Step {
    void run(Runner runner) throws Exception;
  }

  private static void attempt(Runner runner, Step step) {
    if (runner.failure != null) {
      return;
    }
    try {
      step.run(runner);
    } catch (Exception | LinkageError e) {
      runner.failure = reason(e);
    }
  }

  private static String reason(Throwable problem) {
    String message =
        String.valueOf(problem.getMessage()).lines().findFirst().orElse("no reason given");
    return problem instanceof UnavailableException
        ? message
        : "failed: " + problem.getClass().getSimpleName() + ", " + message;
  }

  /** Runs until enough processor time is spent, and finds how many runs fill a slice. */
  private void warmUp(Runner runner) throws Exception {
    long wanted = pace.warmUpMillis() * 1_000_000L;
    long end = System.nanoTime() + MOST_WAITING * wanted;
    for (long spent = 0; spent < wanted && System.nanoTime() < end; ) {
      long nanos = Math.max(1, run(runner, false));
      spent += nanos;
      // Not more than a few times as many at once: the first runs are the slowest.
      double scale = Math.min(pace.sliceMillis() * 1e6 / nanos, 8);
      double runs = Math.min(runner.runs * scale, runner.workload.mostRuns());
      runner.runs = (int) Math.max(1, runs);
    }
  }

  private void slice(Runner runner) throws Exception {
    run(runner, true);
  }

  private long run(Runner runner, boolean record) throws Exception {
    Workload workload = runner.workload;
    int runs = runner.runs;
    workload.prepare(runs);
    long allocatedBefore = ThreadMeter.allocatedBytes();
    long wallBefore = System.nanoTime();
    long cpuBefore = ThreadMeter.cpuNanos();
    for (int i = 0; i < runs; i++) {
      sink = workload.run();
    }
    long cpu = ThreadMeter.cpuNanos() - cpuBefore;
    long wall = System.nanoTime() - wallBefore;
    long allocated = ThreadMeter.allocatedBytes() - allocatedBefore;
    if (record) {
      double operations = (double) runs * workload.operations();
      runner.cpu.add(cpu / operations);
      runner.wall.add(wall / operations);
      runner.allocated = allocatedBefore < 0 ? -1 : allocated / operations;
    }
    return cpu;
  }

  /** Whether anything was run; keeps the results reachable. */
  boolean hasRun() {
    return sink != null;
  }

  private void shuffle(List<Runner> order) {
    for (int i = order.size() - 1; i > 0; i--) {
      Collections.swap(order, i, random.nextInt(i + 1));
    }
  }
}

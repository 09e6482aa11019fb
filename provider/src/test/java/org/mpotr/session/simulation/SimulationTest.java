package org.mpotr.session.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Many schedules, each from its seed alone. {@code mpotr.sim.schedules}, {@code mpotr.sim.seed} and
 * {@code mpotr.sim.members} say how many, from which seed, and with how large groups; a single
 * schedule is printed whole.
 */
class SimulationTest {

  private static final int SCHEDULES = Integer.getInteger("mpotr.sim.schedules", 2_000);
  private static final int PROGRESS = 5_000;
  private static final long SEED = Long.getLong("mpotr.sim.seed", 1);
  private static final int MEMBERS = Integer.getInteger("mpotr.sim.members", 20);

  @Test
  void nothingThatARelayOrAMemberDoesBreaksTheRules() throws Exception {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    List<Future<Outcome>> futures = new ArrayList<>();
    try {
      for (int i = 0; i < SCHEDULES; i++) {
        long seed = SEED + i;
        futures.add(executor.submit(() -> Schedule.run(seed, MEMBERS, SCHEDULES == 1)));
      }
      assertEquals(0, report(futures));
    } finally {
      executor.shutdownNow();
    }
  }

  private static int report(List<Future<Outcome>> futures)
      throws InterruptedException, ExecutionException {
    int violations = 0;
    int apart = 0;
    int done = 0;
    long messages = 0;
    long seconds = 0;
    for (Future<Outcome> future : futures) {
      Outcome outcome = future.get();
      messages += outcome.messages();
      seconds += outcome.virtualSeconds();
      apart += outcome.isApart() ? 1 : 0;
      if (!outcome.violations().isEmpty()) {
        violations++;
        print(outcome);
      }
      if (++done % PROGRESS == 0 && done < SCHEDULES) {
        System.out.printf(
            "%d of %d schedules, %d violations so far%n", done, SCHEDULES, violations);
      }
    }
    System.out.printf(
        "seeds: %d to %d, members: up to %d, messages: %d, virtual hours: %d, apart: %d%n",
        SEED, SEED + SCHEDULES - 1, MEMBERS, messages, seconds / 3_600, apart);
    System.out.printf("schedules: %d, violations: %d%n", SCHEDULES, violations);
    return violations;
  }

  private static void print(Outcome outcome) {
    System.out.printf(
        "seed %d (-Dmpotr.sim.seed=%d -Dmpotr.sim.schedules=1 -Dmpotr.sim.members=%d):%n",
        outcome.seed(), outcome.seed(), MEMBERS);
    outcome.violations().forEach(violation -> System.out.println("  violation: " + violation));
    outcome.trace().forEach(line -> System.out.println("  " + line));
  }
}

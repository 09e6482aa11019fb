package org.mpotr.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mpotr.benchmarks.measure.Alternation.Pace;
import org.mpotr.benchmarks.workload.UnavailableException;
import org.mpotr.benchmarks.workload.Workload;
import org.mpotr.benchmarks.workload.WrongResultException;

class AlternationTest {

  private static final Pace SHORT = new Pace(5, 2, 4, 6, 1_000);

  /** Adds so many numbers, and wants to be prepared. */
  private static final class Adding implements Workload {

    private final int terms;
    private final boolean right;
    private int prepared;

    Adding(int terms, boolean right) {
      this.terms = terms;
      this.right = right;
    }

    @Override
    public void prepare(int runs) {
      prepared = runs;
    }

    @Override
    public int mostRuns() {
      return 1_000;
    }

    @Override
    public Object run() {
      if (prepared-- <= 0) {
        throw new IllegalStateException("more runs than were prepared");
      }
      long sum = prepared;
      for (int i = 0; i < terms; i++) {
        sum = sum * 31 + i;
      }
      return sum;
    }

    @Override
    public void check() throws WrongResultException {
      WrongResultException.require(right, "it adds up wrongly");
    }
  }

  private static Contestant adding(String name, int terms, boolean right) {
    return new Contestant(name, Role.PEER, () -> new Adding(terms, right));
  }

  @Test
  void everybodyHasASampleInEachRound() {
    List<Series> series =
        new Alternation(SHORT)
            .measure(List.of(adding("short", 1_000, true), adding("long", 100_000, true)));
    assertEquals(List.of("short", "long"), series.stream().map(Series::name).toList());
    int rounds = series.get(0).samples().length;
    assertTrue(rounds >= SHORT.leastRounds() && rounds <= SHORT.mostRounds());
    assertEquals(rounds, series.get(1).samples().length);
    assertEquals(rounds, series.get(1).wallNanos().length);
    assertTrue(series.get(1).median() > 5 * series.get(0).median());
  }

  @Test
  void whoIsWrongOrNotHereHasAReasonInstead() {
    Contestant missing =
        new Contestant(
            "missing",
            Role.PEER,
            () -> {
              throw new UnavailableException("nobody brought it");
            });
    Contestant broken =
        new Contestant(
            "broken",
            Role.PEER,
            () -> {
              throw new UnsatisfiedLinkError("no library");
            });
    List<Series> series =
        new Alternation(SHORT)
            .measure(
                List.of(adding("wrong", 10, false), missing, broken, adding("right", 9, true)));
    assertTrue(series.get(0).missing().contains("it adds up wrongly"));
    assertEquals("not here: nobody brought it", series.get(1).missing());
    assertTrue(series.get(2).missing().contains("no library"));
    assertFalse(series.get(2).isMeasured());
    assertTrue(series.get(3).isMeasured());
  }
}

package org.mpotr.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import org.mpotr.benchmarks.workload.KnownSenders;
import org.mpotr.benchmarks.workload.UnavailableException;

/**
 * A process that verifies a few signatures of each of many senders and tells how much more heap is
 * in use for each sender afterwards, its decoded key not counted.
 */
final class RetainedMemory {

  static final int SENDERS = 256;
  static final int SIGNATURES_EACH = 8;

  private static final int MOST_COLLECTIONS = 10;

  private RetainedMemory() {}

  public static void main(String[] args) throws Exception {
    try {
      List<KnownSenders> held = new ArrayList<>();
      // The first ones initialize whatever all senders share, the large table of G among it.
      held.add(new KnownSenders(args[0], SENDERS, SIGNATURES_EACH));
      held.get(0).verifyAll();
      KnownSenders senders = new KnownSenders(args[0], SENDERS, SIGNATURES_EACH);
      held.add(senders);
      long before = used();
      senders.verifyAll();
      long after = used();
      double each = Math.max(0, after - before) / (double) SENDERS;
      System.out.println(ChildJvm.RESULT + " " + each);
      held.clear();
    } catch (UnavailableException e) {
      System.out.println(ChildJvm.MISSING + " " + e.getMessage());
    }
  }

  /** Bytes of heap in use, once collecting frees no more. */
  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < MOST_COLLECTIONS; i++) {
      System.gc();
      long now = runtime.totalMemory() - runtime.freeMemory();
      if (now >= least) {
        break;
      }
      least = now;
    }
    return least;
  }
}

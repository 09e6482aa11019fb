package org.mpotr.benchmarks.workload;

/**
 * A piece of work that is measured, by JMH or by the alternating harness. Its inputs vary from run
 * to run. Not thread-safe: each thread has one of its own.
 */
public interface Workload extends AutoCloseable {

  /** Makes what the next runs use up; never a part of what is measured. */
  default void prepare(int runs) throws Exception {}

  /**
   * One run.
   *
   * @return what came of it, for whoever measures to look at, so that nothing is optimized away
   */
  Object run() throws Exception;

  /** How many operations one run is; figures are for one operation. */
  default int operations() {
    return 1;
  }

  /** The most runs that may follow one {@link #prepare}. */
  default int mostRuns() {
    return Integer.MAX_VALUE;
  }

  /**
   * Runs the work and checks its result, a wrong input among them where there is one.
   *
   * @throws WrongResultException when the result is wrong
   */
  void check() throws Exception;

  @Override
  default void close() {}

  /** Makes a workload, or says why there is none. */
  @FunctionalInterface
  interface Factory {
    /** A new workload, ready to be checked. */
    Workload create() throws Exception;
  }
}

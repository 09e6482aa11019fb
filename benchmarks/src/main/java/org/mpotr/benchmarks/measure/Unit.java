package org.mpotr.benchmarks.measure;

/** What the samples of a row count; less is better throughout. */
public enum Unit {
  /** Nanoseconds of processor time of the measuring thread, for one operation. */
  CPU_NANOSECONDS,
  /** Nanoseconds on the clock, for one operation. */
  WALL_NANOSECONDS,
  /** Bytes of memory. */
  BYTES
}

package org.mpotr.benchmarks.measure;

/** What something stands for in a comparison. */
public enum Role {
  /** The library, as an application calls it. */
  OWN,
  /** A part of the library, for insight. */
  PART,
  /** What the library is compared with. */
  PEER,
  /** A bound that the library cannot pass, or must not. */
  BOUND
}

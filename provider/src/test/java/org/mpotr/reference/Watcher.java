package org.mpotr.reference;

/**
 * Sees each named value of a member as it arises, and may put another in its place: so vectors
 * learn what is in between, and members go astray in one place. Part of the second reading of the
 * text.
 */
public interface Watcher {
  /** Lets every value be. */
  Watcher NONE = (name, value) -> value;

  /** Gives the value that is to be used. */
  byte[] see(String name, byte[] value);
}

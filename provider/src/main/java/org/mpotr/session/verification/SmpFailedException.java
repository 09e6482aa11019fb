package org.mpotr.session.verification;

/** A message of the other side breaks the protocol: a proof does not hold, or points are equal. */
public final class SmpFailedException extends Exception {

  private static final long serialVersionUID = 1;

  /** What is wrong. */
  public SmpFailedException(String what) {
    super(what);
  }
}

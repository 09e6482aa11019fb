package org.mpotr.benchmarks.workload;

/** Work that was fast, and wrong. */
public final class WrongResultException extends Exception {

  private static final long serialVersionUID = 1;

  public WrongResultException(String message) {
    super(message);
  }

  /** Throws unless the condition holds. */
  public static void require(boolean condition, String what) throws WrongResultException {
    if (!condition) {
      throw new WrongResultException(what);
    }
  }
}

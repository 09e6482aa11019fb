package org.mpotr.benchmarks.workload;

/** Something that cannot be measured here; the message is the reason, for people to read. */
public final class UnavailableException extends Exception {

  private static final long serialVersionUID = 1;

  public UnavailableException(String reason) {
    super("not here: " + reason);
  }

  /** The reason with what caused it. */
  public UnavailableException(String reason, Throwable cause) {
    super("not here: " + reason + ": " + describe(cause), cause);
  }

  private static String describe(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    String name = root.getClass().getSimpleName();
    return message == null ? name : name + ", " + message.lines().findFirst().orElse("");
  }
}

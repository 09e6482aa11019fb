package org.mpotr.command;

/** {@code mpotr} as a process. */
public final class Main {

  private Main() {}

  /** Runs the command that the arguments name, and ends with its exit code. */
  public static void main(String[] args) {
    // Pictures are read and written, never shown.
    System.setProperty("java.awt.headless", "true");
    System.exit(Mpotr.run(Surroundings.ofProcess(), args));
  }
}

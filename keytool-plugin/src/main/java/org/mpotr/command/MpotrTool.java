package org.mpotr.command;

import java.io.PrintWriter;
import java.util.spi.ToolProvider;

/** {@code mpotr} for programs: {@code ToolProvider.findFirst("mpotr")}. */
public final class MpotrTool implements ToolProvider {

  /** {@code mpotr}. */
  @Override
  public String name() {
    return "mpotr";
  }

  /** Runs the command that the arguments name; the result is its exit code. */
  @Override
  public int run(PrintWriter out, PrintWriter err, String... args) {
    return Mpotr.run(Surroundings.ofTool(out, err), args);
  }
}

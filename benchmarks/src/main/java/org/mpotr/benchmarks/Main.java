package org.mpotr.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.mpotr.benchmarks.report.Commands;

/** Reports and comparisons by commands of their own; everything else is JMH's command line. */
public final class Main {

  private Main() {}

  public static void main(String[] args) throws IOException {
    if (args.length > 0 && Commands.isCommand(args[0])) {
      Commands commands =
          new Commands(
              new PrintStream(System.out, true, StandardCharsets.UTF_8),
              new PrintStream(System.err, true, StandardCharsets.UTF_8));
      List<String> arguments = Arrays.asList(args).subList(1, args.length);
      // Native peers may leave threads behind.
      System.exit(commands.run(args[0], arguments));
    }
    org.openjdk.jmh.Main.main(args);
  }
}

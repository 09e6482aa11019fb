package org.mpotr.benchmarks.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mpotr.benchmarks.workload.UnavailableException;

/** A fresh process on the same class path, for what can be measured only once in each. */
final class ChildJvm {

  /** The line that a child ends with: numbers, or a reason. */
  static final String RESULT = "result:";

  static final String MISSING = "missing:";

  private static final String UNCAUGHT = "Exception in thread";
  private static final int MOST_SECONDS = 120;

  private ChildJvm() {}

  /** Runs a main class of this module and returns the numbers of its result. */
  static double[] run(Class<?> main, List<String> options, List<String> arguments)
      throws IOException, InterruptedException, UnavailableException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new UnavailableException("a child process did not end");
    }
    for (String line : output.lines().toList()) {
      if (line.startsWith(RESULT)) {
        return numbers(line.substring(RESULT.length()).strip());
      }
      if (line.startsWith(MISSING)) {
        throw new UnavailableException(line.substring(MISSING.length()).strip());
      }
    }
    String why =
        output
            .lines()
            .filter(line -> line.startsWith(UNCAUGHT))
            .findFirst()
            .or(() -> output.lines().findFirst())
            .orElse("no word");
    throw new UnavailableException("a child process ended with: " + why);
  }

  private static double[] numbers(String line) {
    return List.of(line.split(" ", -1)).stream().mapToDouble(Double::parseDouble).toArray();
  }
}

package org.mpotr.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/** One command: it returns its exit code, or throws what {@link Failure#of} explains. */
abstract class Task implements Callable<Integer> {

  final Surroundings here;

  @Option(names = "--help", usageHelp = true, description = "Show this help.")
  boolean help;

  Task(Surroundings here) {
    this.here = here;
  }

  /** Prints data for programs. */
  void printJson(Map<String, ?> data) {
    here.out().println(Json.write(data));
  }

  void print(String line) {
    here.out().println(line);
  }
}

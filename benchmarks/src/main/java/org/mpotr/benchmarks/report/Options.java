package org.mpotr.benchmarks.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of the commands.
 *
 * @param mode quick unless full is asked for
 * @param out where files go
 * @param only parts of row ids; empty means all
 * @param files everything that is no option
 */
record Options(Mode mode, Path out, List<String> only, List<Path> files) {

  private static final Path DEFAULT_OUT = Path.of("target", "benchmark-report");

  /**
   * Reads arguments.
   *
   * @throws IllegalArgumentException for an unknown option or one without its value
   */
  static Options parse(List<String> arguments) {
    Mode mode = Mode.QUICK;
    Path out = DEFAULT_OUT;
    List<String> only = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      switch (argument) {
        case "--quick" -> mode = Mode.QUICK;
        case "--full" -> mode = Mode.FULL;
        case "--out" -> out = Path.of(value(arguments, ++i));
        case "--only" -> only.addAll(List.of(value(arguments, ++i).split(",", -1)));
        default -> {
          if (argument.startsWith("-")) {
            throw new IllegalArgumentException("unknown option " + argument);
          }
          files.add(Path.of(argument));
        }
      }
    }
    return new Options(mode, out, List.copyOf(only), List.copyOf(files));
  }

  private static String value(List<String> arguments, int index) {
    if (index >= arguments.size()) {
      throw new IllegalArgumentException(arguments.get(index - 1) + " needs a value");
    }
    return arguments.get(index);
  }
}

package org.mpotr.vectors;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what was run, what was wrong and what was skipped, and says so. */
final class Tally {

  private final PrintStream out;
  private final List<String> wrong = new ArrayList<>();
  private final Map<String, Integer> skipped = new TreeMap<>();
  private final Map<Answer, Integer> acceptable = new TreeMap<>();
  private int run;

  Tally(PrintStream out) {
    this.out = out;
  }

  void count(Expectation expectation, Answer answer) {
    run++;
    if (expectation == Expectation.ACCEPTABLE) {
      acceptable.merge(answer, 1, Integer::sum);
    }
  }

  void wrong(String where, String why) {
    wrong.add(where + ": " + why);
    out.println("WRONG " + where + ": " + why);
  }

  void skip(String reason) {
    skipped.merge(reason, 1, Integer::sum);
  }

  void say(String line) {
    out.println(line);
  }

  int run() {
    return run;
  }

  List<String> wrong() {
    return List.copyOf(wrong);
  }

  int skipped() {
    return skipped.values().stream().mapToInt(Integer::intValue).sum();
  }

  Map<String, Integer> skippedByReason() {
    return Map.copyOf(skipped);
  }

  /** The reasons and, as the last line, the three numbers. */
  void summarize() {
    if (!acceptable.isEmpty()) {
      out.println(
          "acceptable ones: "
              + acceptable.getOrDefault(Answer.REFUSED, 0)
              + " refused, "
              + acceptable.getOrDefault(Answer.AS_THE_VECTOR, 0)
              + " answered as the vector has it");
    }
    skipped.forEach((reason, count) -> out.println("skipped, " + reason + ": " + count));
    out.printf("vectors: %d run, %d wrong, %d skipped%n", run, wrong.size(), skipped());
  }
}

package org.mpotr.session.transcript;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The newest frames of all lines that say something and that no other one reaches. */
final class Heads {

  private static final Comparator<Node> NEWEST_FIRST =
      Comparator.comparingInt(Node::number).reversed();

  private Heads() {}

  /** All of them, newest first by delivery. */
  static List<Node> of(List<Line> lines) {
    return beyond(Clock.atStart(lines.size()), lines);
  }

  /** Those that a clock does not reach, as if there were no others; newest first by delivery. */
  static List<Node> beyond(int[] clock, List<Line> lines) {
    List<Node> tips = new ArrayList<>();
    for (Line line : lines) {
      line.newestStatement().filter(tip -> !tip.isReachedBy(clock)).ifPresent(tips::add);
    }
    return tips.stream()
        .filter(tip -> tips.stream().noneMatch(o -> o != tip && tip.isReachedBy(o.clock())))
        .sorted(NEWEST_FIRST)
        .toList();
  }
}

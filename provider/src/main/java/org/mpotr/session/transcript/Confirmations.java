package org.mpotr.session.transcript;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Who has confirmed what (PROTOCOL.md, section 7): each member's newest frame reaches those before
 * it, so that a clock of each member says it all.
 */
final class Confirmations {

  private final List<Line> lines;
  private final int[][] reached;

  /** Nobody has confirmed anything of these lines, one of each member. */
  Confirmations(List<Line> lines) {
    this.lines = lines;
    this.reached = new int[lines.size()][];
    for (int member = 0; member < reached.length; member++) {
      reached[member] = Clock.atStart(lines.size());
    }
  }

  /** What a member has confirmed. */
  int[] of(int member) {
    return reached[member];
  }

  /** A member's frame reaches so far: what it is the first of that member's to reach. */
  List<Confirmation> confirm(int member, int[] clock) {
    List<Confirmation> confirmations = new ArrayList<>();
    int[] before = reached[member];
    for (int sender = 0; sender < clock.length; sender++) {
      Line line = lines.get(sender);
      for (int seq = before[sender] + 1; sender != member && seq <= clock[sender]; seq++) {
        Node node = line.get(seq);
        int count = node.confirm();
        if (node.saysSomething()) {
          confirmations.add(new Confirmation(node.id(), member, count));
        }
        // Of two frames in one place nobody knows which of them the others have confirmed.
        if (isSettled(node) && !node.isContested()) {
          line.forget(node);
        }
      }
    }
    Clock.raise(before, clock);
    return confirmations;
  }

  /** Whether all have confirmed a frame. */
  boolean isSettled(Node node) {
    return node.confirmations() == lines.size() - 1;
  }

  /** The newest frame by delivery that says something and that not all have confirmed. */
  Optional<Node> newestUnsettled() {
    return lines.stream()
        .flatMap(line -> line.newestStatement().stream())
        .filter(node -> !isSettled(node))
        .max(Comparator.comparingInt(Node::number));
  }

  /** The members that have not confirmed a frame, by place. */
  List<Integer> lacking(Node node) {
    return IntStream.range(0, lines.size())
        .filter(member -> !isConfirmedBy(node, member))
        .boxed()
        .toList();
  }

  private boolean isConfirmedBy(Node node, int member) {
    return node.sender() == member || node.isReachedBy(reached[member]);
  }

  /** Whether each of some members has confirmed everything that says something. */
  boolean areSettledAmong(Collection<Integer> members) {
    return lines.stream()
        .flatMap(line -> line.newestStatement().stream())
        .allMatch(node -> members.stream().allMatch(member -> isConfirmedBy(node, member)));
  }
}

package org.mpotr.chat;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.mpotr.chat.member.VisibleText;
import org.mpotr.wire.MessageType;

/**
 * Tells the demonstration in an order that a person can follow: what belongs together is printed
 * together, once all members have been through it. Called by all of their threads.
 */
final class Narrator {

  private final PrintWriter out;
  private final Script script;
  private final Map<MessageType, Integer> rounds = new EnumMap<>(MessageType.class);
  private final Map<Integer, List<String>> lines = new TreeMap<>();
  private int steps;

  Narrator(PrintWriter out, Script script) {
    this.out = out;
    this.script = script;
  }

  synchronized void step(String title) {
    steps++;
    out.println();
    out.println(steps + ". " + title);
  }

  synchronized void tell(String text) {
    out.println("   " + VisibleText.of(text));
  }

  /** A line that starts at the left margin, for programs that read along. */
  synchronized void mark(String text) {
    out.println(VisibleText.of(text));
    out.flush();
  }

  /** A member holds the messages of everybody in a round. */
  synchronized void complete(MessageType round) {
    int members = script.speakers().size();
    if (rounds.merge(round, 1, Integer::sum) == members) {
      tell(
          String.format(Locale.ROOT, "%-12s from all %d, held by all %d", round, members, members));
    }
  }

  /** A member has said or heard a line, which is its so many-th. */
  synchronized void line(int number, boolean isOwn, String event) {
    List<String> block = lines.computeIfAbsent(number, n -> new ArrayList<>());
    if (isOwn) {
      block.add(0, event);
    } else {
      block.add("  " + event);
    }
    if (block.size() == script.speakers().size()) {
      block.forEach(this::tell);
      lines.remove(number);
      out.flush();
    }
  }
}

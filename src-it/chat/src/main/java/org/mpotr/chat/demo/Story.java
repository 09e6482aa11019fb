package org.mpotr.chat.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.mpotr.chat.terminal.VisibleText;

/** What happens in the demonstration, step by step, and who comes to know what. Any thread. */
final class Story {

  /** One thing that one of them, or nobody in particular, comes to know. */
  record Fact(String who, String what, long millis) {}

  /** What belongs together. */
  record Step(String title, List<Fact> facts) {}

  private static final int NAME_WIDTH = 6;

  private final PrintWriter out;
  private final long start = System.nanoTime();
  private final List<Step> steps = new ArrayList<>();

  Story(PrintWriter out) {
    this.out = out;
  }

  synchronized void step(String title) {
    steps.add(new Step(title, new ArrayList<>()));
    out.println();
    out.println(steps.size() + ". " + title);
    out.flush();
  }

  /** Something for whoever reads along. */
  void tell(String what) {
    fact("", what);
  }

  /** Somebody comes to know something. */
  synchronized void fact(String who, String what) {
    String text = VisibleText.of(what);
    Fact fact = new Fact(who, text, (System.nanoTime() - start) / 1_000_000);
    steps.get(steps.size() - 1).facts().add(fact);
    out.println(
        "   " + (who.isEmpty() ? "" : who + " ".repeat(NAME_WIDTH - who.length()) + "  ") + text);
    out.flush();
  }

  /** All of it by now. */
  synchronized List<Step> steps() {
    return steps.stream().map(step -> new Step(step.title(), List.copyOf(step.facts()))).toList();
  }
}

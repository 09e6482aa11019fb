package org.mpotr.chat;

import java.util.List;

/**
 * Who says what in the demonstration: the lines are dealt out to the speakers in turn.
 *
 * @param speakers their nicknames
 * @param lines what is said, in this order
 */
record Script(List<String> speakers, List<String> lines) {

  /** A line with the one who says it. */
  record Line(String speaker, String text) {}

  Script {
    speakers = List.copyOf(speakers);
    lines = List.copyOf(lines);
  }

  int length() {
    return lines.size();
  }

  Line line(int number) {
    return new Line(speakers.get(number % speakers.size()), lines.get(number));
  }
}

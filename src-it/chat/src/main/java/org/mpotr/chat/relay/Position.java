package org.mpotr.chat.relay;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a channel, {@code RUN-NUMBER} or {@code NUMBER}. The run tells channels of the same
 * name apart, one after the other, which count from 0 each.
 *
 * @param run which one is meant, or empty for whichever there is
 * @param number of a message
 */
record Position(String run, long number) {

  /** A place that no channel has. */
  static final Position NOWHERE = new Position("-", 1);

  private static final Pattern FORM = Pattern.compile("(?:([0-9a-f]{16})-)?([0-9]{1,18})");

  static Optional<Position> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String run = form.group(1) == null ? "" : form.group(1);
    return Optional.of(new Position(run, Long.parseLong(form.group(2))));
  }

  Position next() {
    return new Position(run, number + 1);
  }

  @Override
  public String toString() {
    return run.isEmpty() ? Long.toString(number) : run + "-" + number;
  }
}

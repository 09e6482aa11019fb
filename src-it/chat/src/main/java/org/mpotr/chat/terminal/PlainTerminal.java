package org.mpotr.chat.terminal;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A front for scripts and simple terminals: what is said goes to the output as {@code nickname:
 * text}, everything else to the error output behind an asterisk, and nothing changes in place.
 */
public final class PlainTerminal implements Front {

  private static final int QUARTERS = 4;

  private final PrintWriter out;
  private final PrintWriter err;
  private int lastQuarter;

  /** A front on two streams, which are flushed after each line. */
  public PlainTerminal(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public void note(String text) {
    print(err, "* " + text);
  }

  @Override
  public void said(Line line) {
    print(out, line.speaker() + ": " + line.text());
  }

  @Override
  public void changed(Line line) {
    if (line.isSettled() || line.status().startsWith("overdue")) {
      note("line " + line.number() + ": " + line.status());
    }
  }

  @Override
  public void roster(List<Seat> seats, int others) {
    String names =
        seats.stream()
            .map(seat -> seat.nickname() + (seat.isFullyIn() ? "" : " (may read)"))
            .collect(Collectors.joining(", "));
    note("here: " + names);
  }

  @Override
  public synchronized void progress(int number, String name, int present, int count) {
    int quarter = present * QUARTERS / Math.max(1, count);
    if (quarter != lastQuarter) {
      lastQuarter = quarter;
      note("file " + number + " " + name + ": " + 100 / QUARTERS * quarter + " %");
    }
  }

  @Override
  public void secret(boolean isWanted) {
    // What is typed is shown by whatever the lines come from.
  }

  private static void print(PrintWriter writer, String text) {
    synchronized (writer) {
      writer.println(text);
      writer.flush();
    }
  }
}

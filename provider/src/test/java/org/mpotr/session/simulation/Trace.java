package org.mpotr.session.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.mpotr.session.Event;
import org.mpotr.wire.MessageType;

/** The last of what happened in a simulation, in words. */
final class Trace implements Observer {

  private static final int LINES = 80;
  private static final int MAX_LENGTH = 240;

  private final Simulation simulation;
  private final boolean print;
  private final Deque<String> lines = new ArrayDeque<>();

  Trace(Simulation simulation, boolean print) {
    this.simulation = simulation;
    this.print = print;
  }

  void note(String what) {
    String line = String.format("%9d %s", simulation.now(), what);
    if (print) {
      System.out.println(line);
    }
    lines.add(line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) : line);
    if (lines.size() > LINES) {
      lines.remove();
    }
  }

  List<String> last() {
    return List.copyOf(lines);
  }

  @Override
  public void said(SimulatedMember member, byte[] message) {
    if (print && message.length > 1 && message[1] != MessageType.FRAME.code()) {
      note(
          member
              + " sends "
              + MessageType.values()[message[1] - 1]
              + ", "
              + message.length
              + " bytes");
    }
  }

  @Override
  public void happened(SimulatedMember member, Event event) {
    if (!(event instanceof Event.StatusChanged) || print) {
      note(member + ": " + describe(event));
    }
  }

  private static String describe(Event event) {
    if (event instanceof Event.EpochOpened opened) {
      return "EpochOpened[sid="
          + opened.sid().toHex().substring(0, 8)
          + ", epoch="
          + opened.parameters().epoch()
          + ", previous="
          + opened.parameters().previousSid()
          + ", members="
          + opened.roster().members().stream().map(m -> m.nickname()).toList()
          + "]";
    }
    return event.toString();
  }
}

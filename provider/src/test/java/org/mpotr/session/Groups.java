package org.mpotr.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.mpotr.session.simulation.SimulatedMember;
import org.mpotr.session.simulation.Simulation;
import org.mpotr.wire.MessageType;

/** What tests of simulated groups have in common. */
final class Groups {

  /** Longer than anything takes that a group does by itself, in milliseconds. */
  static final long LONG = 600_000;

  private Groups() {}

  /** So many members in one epoch. */
  static List<SimulatedMember> form(Simulation simulation, int size) {
    List<SimulatedMember> members = new ArrayList<>(simulation.join(size));
    assertTrue(simulation.runUntil(() -> isGroup(members), LONG), "the group did not form");
    return members;
  }

  /** Whether these, and no others, are in one epoch. */
  static boolean isGroup(List<SimulatedMember> members) {
    return members.stream()
            .allMatch(
                m ->
                    m.channel().state() == Channel.State.MEMBER
                        && m.channel().roster().size() == members.size())
        && members.stream().map(m -> m.channel().sid()).distinct().count() == 1;
  }

  /** Whether a message that travels is of a type. */
  static boolean is(MessageType type, byte[] message) {
    return message[1] == type.code();
  }

  /** The place of the member that made a frame, as the frame shows it. */
  static int sender(byte[] frame) {
    return (frame[10] & 0xff) << 8 | frame[11] & 0xff;
  }

  /** The messages that were delivered to a member. */
  static List<String> heard(SimulatedMember member) {
    return member.events(Event.MessageDelivered.class).stream()
        .map(event -> new String(event.content().toArray(), UTF_8))
        .toList();
  }
}

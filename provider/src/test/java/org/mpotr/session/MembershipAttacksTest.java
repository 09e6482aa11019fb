package org.mpotr.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mpotr.epoch.ChangeReason;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.session.simulation.Network;
import org.mpotr.session.simulation.SimulatedMember;
import org.mpotr.session.simulation.Simulation;
import org.mpotr.wire.MessageType;

/**
 * The attacks of PROTOCOL.md, section 14, that aim at who is in a group: a relay that adds members,
 * an insider that frames another, set-ups that are left half open, and races that are not won by
 * grinding.
 */
class MembershipAttacksTest {

  private static final EpochParameters ROOM = EpochParameters.of("room");

  private final Simulation simulation = new Simulation(31, ROOM, Network.Quality.GOOD);

  /** An insider frames another member: as vanished, which the other's acknowledgements refute. */
  @Test
  void whoAnswersIsNotPutOutAsVanished() throws Exception {
    List<SimulatedMember> all = Groups.form(simulation, 4);
    SimulatedMember framed = all.get(0);
    int place = framed.channel().own().index();
    // Only 3 hears nothing of 0, or says so, and proposes to go on without it.
    simulation
        .network()
        .filter(
            (from, to, message) ->
                to != 3
                    || !Groups.is(MessageType.FRAME, message)
                    || Groups.sender(message) != place);
    all.get(3).channel().send("who is there?".getBytes(UTF_8));
    assertTrue(
        simulation.runUntil(
            () -> !all.get(1).events(Event.ChangeProposed.class).isEmpty(), Groups.LONG));
    assertEquals(
        ChangeReason.VANISHED, all.get(1).events(Event.ChangeProposed.class).get(0).reason());
    simulation.network().filter((from, to, message) -> true);
    simulation.run(120_000);
    assertTrue(
        all.stream()
            .flatMap(member -> member.events(Event.EpochOpened.class).stream())
            .noneMatch(event -> event.roster().size() < 4),
        "somebody was put out who was there");
    assertTrue(Groups.isGroup(all), "somebody was put out who was there");
  }
}

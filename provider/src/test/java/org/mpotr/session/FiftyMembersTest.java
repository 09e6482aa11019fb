package org.mpotr.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.session.simulation.Network;
import org.mpotr.session.simulation.SimulatedMember;
import org.mpotr.session.simulation.Simulation;
import org.mpotr.wire.Bytes;

/** A large group of honest members over a network that loses, doubles and reorders. */
class FiftyMembersTest {

  private static final int SIZE = 50;
  private static final long MINUTE = 60_000;

  @Test
  void whatAllSayAtOnceReachesAllAndIsConfirmedByAll() throws Exception {
    Network.Quality quality = new Network.Quality(0.05, 0.05, 0, 5, 400);
    Simulation simulation = new Simulation(50, EpochParameters.of("room"), quality);
    List<SimulatedMember> members = simulation.join(SIZE);
    assertTrue(simulation.runUntil(() -> isGroup(members), 10 * MINUTE), "the group did not form");
    Bytes sid = members.get(0).channel().sid();
    for (SimulatedMember member : members) {
      member.channel().send(("from " + member).getBytes(StandardCharsets.UTF_8));
    }
    assertTrue(
        simulation.runUntil(
            () -> members.stream().allMatch(FiftyMembersTest::seesAllConfirmed), 5 * MINUTE),
        "not everything is confirmed by all");
    for (SimulatedMember member : members) {
      assertEquals(SIZE, member.events(Event.MessageDelivered.class).size());
      assertEquals(List.of(), member.events(Event.MembersOverdue.class));
      assertEquals(sid, member.channel().sid());
    }
  }

  private static boolean isGroup(List<SimulatedMember> members) {
    return members.stream()
            .allMatch(
                m ->
                    m.channel().state() == Channel.State.MEMBER
                        && m.channel().roster().size() == SIZE)
        && members.stream().map(m -> m.channel().sid()).distinct().count() == 1;
  }

  private static boolean seesAllConfirmed(SimulatedMember member) {
    Set<Bytes> confirmed = new HashSet<>();
    for (Event.StatusChanged event : member.events(Event.StatusChanged.class)) {
      if (event.status().isConfirmedByAll()) {
        confirmed.add(event.id());
      }
    }
    return confirmed.size() == SIZE;
  }
}

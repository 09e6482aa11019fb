package org.mpotr.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.session.simulation.Network;
import org.mpotr.session.simulation.SimulatedMember;
import org.mpotr.session.simulation.Simulation;

/** What a channel does for its members, over relays good and bad. */
class ChannelTest {

  private static final Network.Quality BAD = new Network.Quality(0.05, 0.05, 0.01, 5, 400);

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean allAre(List<SimulatedMember> members, int size) {
    return members.stream()
            .allMatch(
                m ->
                    m.channel().state() == Channel.State.MEMBER
                        && m.channel().roster().size() == size)
        && members.stream().map(m -> m.channel().sid()).distinct().count() == 1;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10})
  void membersMeetTalkAndClose(int size) throws Exception {
    Simulation simulation = new Simulation(size, EpochParameters.of("room"), BAD);
    List<SimulatedMember> members = simulation.join(size);
    assertTrue(simulation.runUntil(() -> allAre(members, size), 300_000));
    for (SimulatedMember member : members) {
      member.channel().send(text("from " + member));
    }
    assertTrue(
        simulation.runUntil(
            () ->
                members.stream()
                    .allMatch(
                        m ->
                            m.events(Event.StatusChanged.class).stream()
                                    .filter(e -> e.status().isConfirmedByAll())
                                    .map(Event.StatusChanged::id)
                                    .distinct()
                                    .count()
                                == size),
            120_000));
    members.get(0).channel().close();
    assertTrue(
        simulation.runUntil(
            () -> members.stream().allMatch(m -> m.channel().state() == Channel.State.CLOSED),
            120_000));
    for (SimulatedMember member : members) {
      assertEquals(size, member.events(Event.MessageDelivered.class).size());
      assertTrue(member.events(Event.EpochClosed.class).get(0).inFull());
    }
  }

  @Test
  void oneJoinsOneLeavesAndKeysAreRefreshed() throws Exception {
    Simulation simulation = new Simulation(7, EpochParameters.of("room"), BAD);
    List<SimulatedMember> first = simulation.join(3);
    assertTrue(simulation.runUntil(() -> allAre(first, 3), 300_000));
    simulation.join(1);
    List<SimulatedMember> all = List.copyOf(simulation.members());
    assertTrue(simulation.runUntil(() -> allAre(all, 4), 300_000), "join");
    all.get(1).channel().refresh(false);
    var sid = all.get(0).channel().sid();
    assertTrue(
        simulation.runUntil(
            () -> allAre(all, 4) && !all.get(0).channel().sid().equals(sid), 300_000),
        "refresh");
    all.get(0).channel().leave();
    List<SimulatedMember> rest = all.subList(1, 4);
    assertTrue(simulation.runUntil(() -> allAre(rest, 3), 300_000), "leave");
    assertTrue(
        simulation.runUntil(() -> all.get(0).channel().state() == Channel.State.CLOSED, 120_000),
        "closed");
  }
}

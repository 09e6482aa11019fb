package org.mpotr.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mpotr.TestGroup;
import org.mpotr.epoch.Change;
import org.mpotr.epoch.ChangeReason;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Limits;
import org.mpotr.session.membership.Proposal;
import org.mpotr.session.membership.Proposals;
import org.mpotr.session.simulation.Network;
import org.mpotr.session.simulation.SimulatedMember;
import org.mpotr.session.simulation.Simulation;
import org.mpotr.wire.Bytes;
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

  /**
   * Half-open set-ups: somebody says HELLO again and again and never goes on. The group loses
   * nothing, and tries ever more seldom, whether or not it refreshes its keys meanwhile.
   */
  @ParameterizedTest
  @ValueSource(ints = {604_800, 60})
  void whoNeverGoesOnIsTriedEverMoreSeldom(int refreshSeconds) throws Exception {
    Limits brief = new Limits(10, 604_800, refreshSeconds, 1_000, 5, 16, 1 << 14, 0);
    Simulation hour = new Simulation(37, ROOM.withLimits(brief), Network.Quality.GOOD);
    List<SimulatedMember> all = Groups.form(hour, 3);
    SimulatedMember intruder = hour.add("intruder");
    hour.network()
        .filter(
            (from, to, message) ->
                from != intruder.number() || Groups.is(MessageType.HELLO, message));
    intruder.channel().join();
    for (int minute = 0; minute < 60; minute++) {
      all.get(minute % 3).channel().send("still here".getBytes(UTF_8));
      hour.run(60_000);
    }
    assertEquals(60, Groups.heard(all.get(0)).size());
    assertEquals(3, all.get(0).channel().roster().size());
    // Waits of 1, 2, 4, ... 256 and then 300 seconds, and 10 seconds or two for each set-up.
    long attempts =
        all.get(0).events(Event.Joining.class).stream()
            .filter(event -> event.candidates() == 4)
            .count();
    assertTrue(attempts >= 5 && attempts <= 20, attempts + " attempts in an hour");
  }

  /**
   * Half-open set-ups: who comes at the same time as one who never goes on is let in all the same.
   */
  @Test
  void whoNeverGoesOnHoldsUpNobodyElse() {
    Limits brief = new Limits(10, 604_800, 604_800, 1_000, 5, 16, 1 << 14, 0);
    Simulation room = new Simulation(39, ROOM.withLimits(brief), Network.Quality.GOOD);
    List<SimulatedMember> all = Groups.form(room, 3);
    SimulatedMember intruder = room.add("intruder");
    room.network()
        .filter(
            (from, to, message) ->
                from != intruder.number() || Groups.is(MessageType.HELLO, message));
    intruder.channel().join();
    all.addAll(room.join(1));
    assertTrue(room.runUntil(() -> Groups.isGroup(all), 1_800_000), "the honest one is kept out");
  }

  /** Grinding ids to win a race: who goes first among equals is not told by the ids. */
  @Test
  void idsDoNotTellWhoGoesFirst() {
    Limits brief = new Limits(10, 600, 30, 1_000, 5, 16, 1 << 14, 0);
    Simulation fresh = new Simulation(41, ROOM.withLimits(brief), Network.Quality.GOOD);
    List<SimulatedMember> all = Groups.form(fresh, 4);
    fresh.run(600_000);
    Set<Integer> first = new HashSet<>();
    Set<Bytes> epochs = new HashSet<>();
    for (Event.ChangeProposed event : all.get(0).events(Event.ChangeProposed.class)) {
      if (epochs.add(event.sid())) {
        first.add(event.proposer().index());
      }
    }
    assertTrue(epochs.size() > 10);
    assertEquals(Set.of(0, 1, 2, 3), first);
  }

  /** Grinding ids to win a race: of proposals alike. */
  @Test
  void amongEqualProposalsTheRankOfTheirProposersDecides() throws Exception {
    GroupKey key = TestGroup.of("ranks", ROOM, 3).run().key(0);
    EpochParameters next = ROOM.next(key.sid());
    Proposal refresh = new Proposal(Change.REFRESH, ChangeReason.NONE, next, List.of(), List.of());
    for (int favourite = 0; favourite < 3; favourite++) {
      Bytes id = key.roster().get(favourite).id();
      Proposals proposals =
          new Proposals(
              key.sid(),
              ROOM,
              key.roster(),
              member -> Bytes.of(new byte[] {(byte) (member.equals(id) ? 0 : 1)}));
      for (int place = 0; place < 3; place++) {
        proposals.hear(key.roster().get(place).id(), place, refresh, 0);
      }
      assertEquals(favourite, proposals.best(open -> true).orElseThrow().proposer());
      assertEquals(0, proposals.turn(favourite));
    }
  }
}

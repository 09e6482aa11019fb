package org.mpotr.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mpotr.session.Groups.isGroup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.mpotr.agreement.PreSharedKey;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.JoinPolicy;
import org.mpotr.epoch.PreSharedKeyScheme;
import org.mpotr.session.simulation.Network;
import org.mpotr.session.simulation.SimulatedMember;
import org.mpotr.session.simulation.Simulation;

/** Candidates meet a sponsor before the group hears of them (PROTOCOL.md, section 9). */
class LobbyTest {

  private static final Network.Quality BAD = new Network.Quality(0.05, 0.05, 0, 5, 400);
  private static final long LONG = 600_000;

  private static Simulation simulation(EpochParameters parameters) {
    Simulation simulation = new Simulation(21, parameters, BAD);
    return simulation;
  }

  private static List<SimulatedMember> group(Simulation simulation) {
    List<SimulatedMember> members = new ArrayList<>(simulation.join(3));
    assertTrue(simulation.runUntil(() -> isGroup(members), LONG));
    return members;
  }

  private static PreSharedKey key(int fill) {
    byte[] key = new byte[PreSharedKey.BYTES];
    Arrays.fill(key, (byte) fill);
    return PreSharedKey.ofRandomKey(key);
  }

  private static UnaryOperator<ChannelSpec> admitting(String prefix) {
    return spec -> spec.withPolicy(member -> member.nickname().toString().startsWith(prefix));
  }

  @Test
  void whoIsKnownIsLetInAndNobodyElse() {
    Simulation simulation =
        simulation(EpochParameters.of("room").withJoinPolicy(JoinPolicy.KNOWN_IDENTITIES));
    simulation.settings(admitting("member"));
    List<SimulatedMember> all = group(simulation);
    SimulatedMember stranger = simulation.add("stranger");
    stranger.channel().join();
    simulation.run(120_000);
    assertEquals(Channel.State.JOINING, stranger.channel().state());
    assertTrue(isGroup(all));
    assertTrue(
        all.stream().allMatch(m -> m.events(Event.ChangeProposed.class).isEmpty()),
        "the group was asked about somebody whom nobody knows");
    stranger.channel().leave();
    all.addAll(simulation.join(1));
    assertTrue(simulation.runUntil(() -> isGroup(all), LONG));
    assertEquals(
        1, all.stream().filter(m -> !m.events(Event.CandidateMet.class).isEmpty()).count());
  }

  @Test
  void onlyWhoHoldsTheKeyIsLetIn() {
    Simulation simulation =
        simulation(
            EpochParameters.of("room")
                .withPreSharedKey(PreSharedKeyScheme.RANDOM_KEY)
                .withJoinPolicy(JoinPolicy.PRE_SHARED_KEY));
    simulation.settings(spec -> spec.withPreSharedKey(key(1)));
    List<SimulatedMember> all = group(simulation);
    simulation.settings(spec -> spec.withPreSharedKey(key(2)));
    SimulatedMember thief = simulation.join(1).get(0);
    simulation.run(120_000);
    assertEquals(Channel.State.JOINING, thief.channel().state());
    assertTrue(isGroup(all));
    thief.channel().leave();
    simulation.settings(spec -> spec.withPreSharedKey(key(1)));
    all.addAll(simulation.join(1));
    // What the thief has said is still there, and each try that waits for it takes a minute: of 60
    // seeds half took 262 s, the slowest 748 s.
    assertTrue(simulation.runUntil(() -> isGroup(all), 2 * LONG));
  }

  @Test
  void aSponsorVouchesFirst() {
    Simulation simulation =
        simulation(EpochParameters.of("room").withJoinPolicy(JoinPolicy.SPONSORED));
    List<SimulatedMember> all = group(simulation);
    List<SimulatedMember> group = List.copyOf(all);
    all.addAll(simulation.join(1));
    assertFalse(simulation.runUntil(() -> isGroup(all), 200_000), "nobody has vouched");
    assertTrue(
        simulation.runUntil(
            () -> {
              for (SimulatedMember member : group) {
                for (Event.CandidateMet met : member.events(Event.CandidateMet.class)) {
                  member.channel().vouch(met.candidate());
                }
              }
              return isGroup(all);
            },
            LONG));
  }
}

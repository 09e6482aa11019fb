package org.mpotr.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mpotr.session.Groups.isGroup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.error.ErrorCode;
import org.mpotr.session.simulation.Network;
import org.mpotr.session.simulation.SimulatedMember;
import org.mpotr.session.simulation.Simulation;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Frame;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Message;

/**
 * Outsiders who send as much as they can (PROTOCOL.md, section 14: join floods, memory exhaustion).
 * A chat goes on under it, and what a member keeps of it is bounded.
 */
class FloodTest {

  private static final int JOINS = 10_000;
  private static final int GARBAGE_PER_SECOND = 100_000;
  private static final long LONG = 600_000;

  private final SplittableRandom random = new SplittableRandom(17);
  private final Simulation simulation =
      new Simulation(17, EpochParameters.of("room"), Network.Quality.GOOD);

  private List<SimulatedMember> group() {
    List<SimulatedMember> members = new ArrayList<>(simulation.join(3));
    assertTrue(simulation.runUntil(() -> isGroup(members), LONG));
    return members;
  }

  private byte[] noise(int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  private Bytes point() {
    byte[] scalar = noise(32);
    scalar[0] = 1;
    return Bytes.of(P256.engine().publicPoint(SecretScalar.of(scalar)).encoded());
  }

  /**
   * Points that nobody holds the keys of are as good as others here, and cost the attacker less.
   */
  private List<byte[]> bogusJoins() {
    List<Bytes> points = new ArrayList<>();
    for (int i = 0; i < 2 * JOINS; i++) {
      points.add(point());
    }
    List<byte[]> joins = new ArrayList<>();
    for (int i = 0; i < JOINS; i++) {
      joins.add(
          new Hello(Bytes.of(noise(Message.HASH_BYTES)), points.get(2 * i), points.get(2 * i + 1))
              .encoded()
              .toArray());
    }
    return joins;
  }

  private static void receive(SimulatedMember member, List<byte[]> messages, int perSource) {
    for (int i = 0; i < messages.size(); i++) {
      member.channel().receive(messages.get(i), "source " + i / perSource);
    }
  }

  /** Heap in use after a collection. */
  private static long used() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  private void assertChatGoesOn(List<SimulatedMember> members, String text) throws Exception {
    for (SimulatedMember member : members) {
      simulation.wake(member).send((text + " of " + member).getBytes(UTF_8));
    }
    int before = heard(members.get(0));
    assertTrue(
        simulation.runUntil(
            () -> members.stream().allMatch(m -> heard(m) >= before + members.size()), LONG),
        "the chat does not go on under " + text);
  }

  private static int heard(SimulatedMember member) {
    return member.events(Event.MessageDelivered.class).size();
  }

  @Test
  void bogusJoinsHoldUpNothing() throws Exception {
    List<SimulatedMember> members = group();
    List<byte[]> joins = bogusJoins();
    long before = used();
    for (SimulatedMember member : members) {
      receive(member, joins, 1);
    }
    long kept = used() - before;
    assertTrue(kept < 8 << 20, kept + " bytes are kept of " + JOINS + " bogus joins");
    Bytes sid = members.get(0).channel().sid();
    assertChatGoesOn(members, "bogus joins");
    assertTrue(isGroup(members));
    // A refresh is not held up by joins that come to nothing.
    simulation.wake(members.get(1)).refresh(false);
    assertTrue(
        simulation.runUntil(
            () -> isGroup(members) && !members.get(0).channel().sid().equals(sid), LONG));
  }

  @Test
  void joinsOfOneSourceAreOneJoin() {
    List<SimulatedMember> members = group();
    receive(members.get(0), bogusJoins(), JOINS);
    long candidates = members.get(0).channel().takeEvents().stream().filter(this::isNew).count();
    assertEquals(JOINS, candidates);
    members.addAll(simulation.join(1));
    assertTrue(simulation.runUntil(() -> isGroup(members), LONG), "nobody is let in any more");
  }

  private boolean isNew(Event event) {
    return event instanceof Event.CandidateSeen;
  }

  @Test
  void garbageIsRefusedWithoutASignatureCheckAndKeptNowhere() throws Exception {
    List<SimulatedMember> members = group();
    Channel victim = members.get(0).channel();
    byte[] header = Frame.header(victim.sid(), 1);
    long before = used();
    assertEquals(Map.of(), victim.refused());
    for (int i = 0; i < GARBAGE_PER_SECOND; i++) {
      byte[] garbage = noise(200);
      System.arraycopy(header, 0, garbage, 0, header.length);
      victim.receive(garbage);
    }
    assertEquals(Map.of(ErrorCode.BAD_TAG, (long) GARBAGE_PER_SECOND), victim.refused());
    assertEquals(List.of(), victim.takeEvents());
    long kept = used() - before;
    assertTrue(kept < 1 << 20, kept + " bytes are kept of garbage");
    assertChatGoesOn(members, "garbage");
  }

  @Test
  void whatIsForNoEpochIsBounded() {
    List<SimulatedMember> members = group();
    // While a change is under way, messages of sessions yet unknown are kept, so many at the most.
    simulation.wake(members.get(0)).refresh(false);
    simulation.run(50);
    long before = used();
    for (int i = 0; i < GARBAGE_PER_SECOND; i++) {
      byte[] early = noise(196);
      early[0] = 1;
      early[1] = 5;
      Arrays.fill(early, 34, 36, (byte) 0);
      members.get(0).channel().receive(early);
    }
    long kept = used() - before;
    assertTrue(kept < 16 << 20, kept + " bytes are kept of messages for no epoch");
  }
}

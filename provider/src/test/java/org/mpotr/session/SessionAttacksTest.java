package org.mpotr.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mpotr.session.Groups.LONG;
import static org.mpotr.session.Groups.heard;
import static org.mpotr.session.Groups.is;
import static org.mpotr.session.Groups.isGroup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mpotr.TestGroup;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.EpochSecrets;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Limits;
import org.mpotr.epoch.Member;
import org.mpotr.session.simulation.Network;
import org.mpotr.session.simulation.SimulatedMember;
import org.mpotr.session.simulation.Simulation;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.MessageType;

/** The attacks of PROTOCOL.md, section 14, that aim at a session as a whole. */
class SessionAttacksTest {

  private static final EpochParameters ROOM = EpochParameters.of("room");

  private final Simulation simulation = new Simulation(31, ROOM, Network.Quality.GOOD);

  private List<SimulatedMember> group(int size) {
    return Groups.form(simulation, size);
  }

  /** Relay withholds one ATTEST. */
  @Test
  void aWithheldAttestComesFromSomebodyElse() {
    simulation
        .network()
        .filter((from, to, message) -> !(from == 0 && to == 1 && is(MessageType.ATTEST, message)));
    group(4);
  }

  /** Relay withholds one ATTEST, for longer than the set-up takes. */
  @Test
  void anAttestWithheldForLongFindsItsMemberWaiting() {
    simulation.network().filter((from, to, message) -> to != 1 || !is(MessageType.ATTEST, message));
    List<SimulatedMember> all = simulation.join(3);
    assertTrue(simulation.runUntil(() -> isGroupOf(List.of(all.get(0), all.get(2)), 3), LONG));
    simulation.run(90_000);
    assertNotEquals(Channel.State.MEMBER, all.get(1).channel().state());
    simulation.network().filter((from, to, message) -> true);
    assertTrue(simulation.runUntil(() -> isGroup(all), LONG));
  }

  private static boolean isGroupOf(List<SimulatedMember> members, int size) {
    return members.stream()
        .allMatch(
            m ->
                m.channel().state() == Channel.State.MEMBER && m.channel().roster().size() == size);
  }

  /** Replay inside and across epochs. */
  @Test
  void whatIsReplayedIsNotHeardTwice() throws Exception {
    List<byte[]> recorded = new ArrayList<>();
    simulation
        .network()
        .filter(
            (from, to, message) -> {
              recorded.add(message);
              return true;
            });
    List<SimulatedMember> all = group(3);
    all.get(0).channel().send("once".getBytes(UTF_8));
    all.get(1).channel().send("and once".getBytes(UTF_8));
    simulation.run(30_000);
    all.get(2).channel().refresh(false);
    Bytes before = all.get(0).channel().sid();
    assertTrue(
        simulation.runUntil(
            () -> isGroup(all) && !all.get(0).channel().sid().equals(before), LONG));
    simulation.run(60_000);
    simulation.network().filter((from, to, message) -> true);
    Set<Bytes> distinct = new HashSet<>();
    recorded.removeIf(message -> !distinct.add(Bytes.of(message)));
    for (int round = 0; round < 3; round++) {
      for (byte[] message : recorded) {
        for (SimulatedMember member : all) {
          simulation.network().inject(member.number(), message, simulation.now() + 10);
        }
      }
      simulation.run(120_000);
    }
    assertTrue(isGroup(all), "a replay broke the group");
    for (SimulatedMember member : all) {
      assertEquals(2, heard(member).size());
    }
  }

  /** Silent drop, on the way to one member. */
  @Test
  void aSilentDropIsMadeGoodOrShows() throws Exception {
    List<SimulatedMember> all = group(3);
    Set<Bytes> dropped = new HashSet<>();
    simulation
        .network()
        .filter(
            (from, to, message) ->
                !(from == 0
                    && to == 1
                    && is(MessageType.FRAME, message)
                    && (dropped.isEmpty() || dropped.contains(Bytes.of(message)))
                    && (dropped.add(Bytes.of(message)) || true)));
    all.get(0).channel().send("for all".getBytes(UTF_8));
    assertTrue(simulation.runUntil(() -> heard(all.get(1)).size() == 1, LONG));
    // Nobody helps any more: what is not heard is not confirmed, and everybody sees that.
    simulation.network().filter((from, to, message) -> to != 1 && from != 1);
    all.get(0).channel().send("for most".getBytes(UTF_8));
    assertTrue(
        simulation.runUntil(
            () ->
                all.get(2).events(Event.StatusChanged.class).stream()
                    .anyMatch(event -> event.status().isOverdue()),
            LONG));
    assertTrue(
        all.get(2).events(Event.MembersOverdue.class).stream()
            .anyMatch(event -> event.members().size() == 1));
  }

  /** Silent drop, on the way to all: nobody misses the frame but its sender. */
  @Test
  void whatNobodyGotIsSaidAgain() throws Exception {
    List<SimulatedMember> all = group(3);
    Set<Bytes> dropped = new HashSet<>();
    simulation
        .network()
        .filter(
            (from, to, message) ->
                from == to || dropped.size() > 1 || !dropped.add(Bytes.of(new byte[] {(byte) to})));
    all.get(0).channel().send("for all".getBytes(UTF_8));
    // Long before anybody is missed and spoken of.
    long soon = 1_000L * ROOM.limits().setupTimeout() / 2;
    assertTrue(
        simulation.runUntil(
            () -> all.stream().allMatch(member -> heard(member).size() == 1), soon));
    assertEquals(2, dropped.size());
  }

  /** Withheld frames after expiry. */
  @Test
  void framesWithheldBeyondTheEndAreNotHeard() throws Exception {
    List<SimulatedMember> all = group(3);
    List<byte[]> withheld = new ArrayList<>();
    simulation
        .network()
        .filter(
            (from, to, message) -> {
              boolean isWithheld = from == 0 && to == 1 && is(MessageType.FRAME, message);
              if (isWithheld) {
                withheld.add(message);
              }
              return !isWithheld;
            });
    all.get(0).channel().send("late".getBytes(UTF_8));
    all.get(1).channel().close();
    simulation.run(1_000L * ROOM.limits().lifetime() + 1);
    simulation.network().filter((from, to, message) -> true);
    assertEquals(Channel.State.CLOSED, all.get(1).channel().state());
    int before = heard(all.get(1)).size();
    withheld.forEach(frame -> all.get(1).channel().receive(frame));
    simulation.run(10_000);
    assertEquals(before, heard(all.get(1)).size());
  }

  /** Forging while a close is under way, and after it. */
  @Test
  void whoIsClosedHearsNothingThatIsForgedWithPublishedKeys() throws Exception {
    List<SimulatedMember> all = group(3);
    List<byte[]> recorded = new ArrayList<>();
    simulation
        .network()
        .filter(
            (from, to, message) -> {
              if (is(MessageType.FRAME, message)) {
                recorded.add(message);
              }
              return true;
            });
    all.get(0).channel().send("true".getBytes(UTF_8));
    simulation.run(20_000);
    all.get(0).channel().close();
    assertTrue(
        simulation.runUntil(
            () ->
                all.stream()
                    .allMatch(
                        m ->
                            m.channel().state() == Channel.State.CLOSED
                                && m.events(Event.KeysPublished.class).size() == 3),
            LONG));
    long heard = all.stream().mapToLong(m -> heard(m).size()).sum();
    for (byte[] frame : recorded) {
      all.forEach(m -> m.channel().receive(frame));
    }
    simulation.run(10_000);
    assertEquals(heard, all.stream().mapToLong(m -> heard(m).size()).sum());
  }

  /** A relay that adds members. */
  @Test
  void aRelayAddsNobody() {
    List<SimulatedMember> all = group(3);
    List<byte[]> hellos = new ArrayList<>();
    // The relay keeps its own member out of everything but HELLO and START.
    SimulatedMember planted = simulation.add("planted");
    simulation
        .network()
        .filter(
            (from, to, message) -> {
              if (is(MessageType.HELLO, message)) {
                hellos.add(message);
              }
              boolean isPropose = from != planted.number() && is(MessageType.FRAME, message);
              return !isPropose || to == planted.number();
            });
    planted.channel().join();
    simulation.run(50_000);
    assertFalse(hellos.isEmpty());
    assertEquals(3, all.get(0).channel().roster().size());
    assertEquals(0, all.get(0).channel().parameters().epoch());
    assertTrue(all.stream().allMatch(m -> m.events(Event.MayRead.class).size() == 1));
  }

  /** A relay that fakes receipts. */
  @Test
  void aRelayFakesNoReceipt() throws Exception {
    List<SimulatedMember> all = group(3);
    all.get(1).channel().send("hello".getBytes(UTF_8));
    simulation.run(30_000);
    List<byte[]> acks = new ArrayList<>();
    simulation
        .network()
        .filter(
            (from, to, message) -> {
              if (from == 1 && is(MessageType.FRAME, message)) {
                acks.add(message);
              }
              return from != 1;
            });
    all.get(0).channel().send("who hears this?".getBytes(UTF_8));
    simulation.run(20_000);
    Event.Sent sent = all.get(0).events(Event.Sent.class).get(0);
    for (byte[] ack : acks) {
      for (int bit = 0; bit < 8 * ack.length; bit += 97) {
        byte[] forged = ack.clone();
        forged[bit / 8] ^= (byte) (1 << bit % 8);
        all.get(0).channel().receive(forged);
      }
    }
    simulation.run(1_000);
    assertTrue(
        all.get(0).events(Event.StatusChanged.class).stream()
            .filter(event -> event.id().equals(sent.id()))
            .noneMatch(event -> event.status().isConfirmedByAll()));
  }

  /** Guessing names against what travels: they are not in it. */
  @Test
  void noNameTravelsInTheClear() throws Exception {
    StringBuilder travelled = new StringBuilder();
    simulation
        .network()
        .filter(
            (from, to, message) -> {
              travelled.append(Bytes.of(message).toHex()).append(' ');
              return true;
            });
    List<SimulatedMember> all = group(3);
    all.get(0).channel().send("hello".getBytes(UTF_8));
    all.addAll(simulation.join(1));
    assertTrue(simulation.runUntil(() -> isGroup(all), LONG));
    all.get(0).channel().close();
    simulation.run(60_000);
    for (SimulatedMember member : all) {
      byte[] encoded = member.identity().getPublic().getEncoded();
      Bytes coordinate = Bytes.slice(encoded, encoded.length - 64, 32);
      assertEquals(-1, travelled.indexOf(Bytes.of(member.toString().getBytes(UTF_8)).toHex()));
      assertEquals(-1, travelled.indexOf(coordinate.toHex()));
    }
  }

  /** Old messages provable to a joiner: it cannot even read them. */
  @Test
  void whoJoinsReadsNothingOfBefore() throws Exception {
    List<byte[]> recorded = new ArrayList<>();
    simulation
        .network()
        .filter(
            (from, to, message) -> {
              recorded.add(message);
              return true;
            });
    List<SimulatedMember> all = group(2);
    all.get(0).channel().send("before".getBytes(UTF_8));
    simulation.run(10_000);
    all.addAll(simulation.join(1));
    assertTrue(simulation.runUntil(() -> isGroup(all), LONG));
    List.copyOf(recorded).forEach(message -> all.get(2).channel().receive(message));
    simulation.run(60_000);
    assertTrue(heard(all.get(2)).isEmpty());
    assertTrue(isGroup(all));
  }

  /** Grinding ids to win a race, short group codes: sid and ids tell neither rank nor code. */
  @Test
  void ranksAndCodesAreNobodysToChoose() throws Exception {
    GroupKey one = TestGroup.of("one", ROOM, 3).run().key(0);
    // The same epoch as far as anybody sees it who still makes its HELLO, with other secrets.
    GroupKey other = withOtherSecrets(one);
    for (Member member : one.roster()) {
      assertNotEquals(rank(one, member), rank(other, member));
    }
    assertNotEquals(one.groupCode(), other.groupCode());
    assertEquals(20, one.groupCode().replaceAll("[^0-9]", "").length());
    assertEquals(4, Set.of(one.groupCode().split(" ")).size());
  }

  private static Bytes rank(GroupKey key, Member member) {
    return key.secrets(SecretAccess.GRANTED).rank(member.id());
  }

  private static GroupKey withOtherSecrets(GroupKey key) {
    byte[] scalar = key.secrets(SecretAccess.GRANTED).signatureScalar().copyBytes();
    EpochSecrets secrets =
        EpochSecrets.of(key.sid(), new byte[64], key.sid(), new byte[64], SecretScalar.of(scalar));
    return new GroupKey(key.parameters(), key.sid(), key.roster(), key.ownIndex(), secrets);
  }

  /** The machine sleeps, or somebody sets its clock: whichever clock goes further counts. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aClockThatWasSetBackKeepsNoKeyAlive(boolean isWallAhead) {
    Limits brief = new Limits(5, 60, 60, 1_000, 5, 16, 1 << 14, 0);
    Simulation short1 = new Simulation(43, ROOM.withLimits(brief), Network.Quality.GOOD);
    List<SimulatedMember> members = short1.join(2);
    assertTrue(short1.runUntil(() -> isGroup(members), LONG));
    SimulatedMember one = members.get(0);
    Bytes sid = one.channel().sid();
    long late = Long.MAX_VALUE / 4;
    one.channel().tick(isWallAhead ? new Time(late, 0) : new Time(0, late));
    assertTrue(
        one.channel().takeEvents().stream()
            .anyMatch(e -> e instanceof Event.EpochClosed closed && closed.sid().equals(sid)));
  }
}

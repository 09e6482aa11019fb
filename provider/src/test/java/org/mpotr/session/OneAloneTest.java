package org.mpotr.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mpotr.session.Groups.isGroup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.mpotr.SeededRandom;
import org.mpotr.crypto.Labelled;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.epoch.Change;
import org.mpotr.epoch.ChangeReason;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.JoinPolicy;
import org.mpotr.epoch.Limits;
import org.mpotr.epoch.Member;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameSealer;
import org.mpotr.session.closing.Farewell;
import org.mpotr.session.membership.ContinuingHello;
import org.mpotr.session.membership.Proposal;
import org.mpotr.session.simulation.Network;
import org.mpotr.session.simulation.SimulatedMember;
import org.mpotr.session.simulation.Simulation;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Message;
import org.mpotr.wire.MessageType;
import org.mpotr.wire.Start;
import org.mpotr.wire.WireWriter;

/**
 * What an outsider or one member alone must not be able to do to a group (PROTOCOL.md, section 9):
 * hold it up, mute it, change it, or take somebody out of it.
 */
class OneAloneTest {

  private static final long MINUTE = 60_000;
  private static final EpochParameters ROOM = EpochParameters.of("room");
  private static final Bytes ZEROS = Bytes.of(new byte[Message.HASH_BYTES]);

  private final SeededRandom random = new SeededRandom("one alone");
  private Simulation simulation = new Simulation(71, ROOM, Network.Quality.GOOD);

  private List<SimulatedMember> group(int size) {
    List<SimulatedMember> members = new ArrayList<>(simulation.join(size));
    within(10, () -> isGroup(members), "the group did not form");
    return members;
  }

  private void within(int minutes, BooleanSupplier condition, String what) {
    assertTrue(simulation.runUntil(condition, minutes * MINUTE), what);
  }

  private void untilRefreshed(List<SimulatedMember> all) {
    Bytes sid = all.get(0).channel().sid();
    simulation.wake(all.get(1)).refresh(false);
    within(
        10,
        () -> isGroup(all) && !all.get(0).channel().sid().equals(sid),
        "the group gets no new keys");
  }

  /** Says a frame that the member's channel would not say. */
  private Bytes say(SimulatedMember liar, FrameKind kind, byte[] content) throws Exception {
    OwnKey own = OwnKey.of(simulation.wake(liar)).orElseThrow();
    FrameSealer sealer = new FrameSealer(own.key());
    FrameSealer.Sealed sealed =
        sealer.seal(
            FrameParameterSpec.of(kind, own.seq(), own.parents()),
            content,
            0,
            content.length,
            random);
    sealer.destroy();
    simulation.broadcast(liar, sealed.frame());
    simulation.run(1_000);
    return sealed.spec().id().orElseThrow();
  }

  private static Member as(SimulatedMember whom, SimulatedMember in) {
    return in.channel().roster().members().stream()
        .filter(member -> member.nickname().toString().equals(whom.toString()))
        .findAny()
        .orElseThrow();
  }

  private static Proposal removal(
      SimulatedMember by, SimulatedMember whom, ChangeReason reason, long number) {
    EpochParameters present = by.channel().parameters();
    return new Proposal(
        Change.REMOVE,
        reason,
        present.next(by.channel().sid()).withEpoch(present.epoch() + number),
        List.of(as(whom, by).id()),
        List.of());
  }

  private Hello hello() {
    byte[] nonce = new byte[Message.HASH_BYTES];
    random.nextBytes(nonce);
    return new Hello(Bytes.of(nonce), point(), point());
  }

  private Bytes point() {
    return Bytes.of(P256.engine().publicPoint(SecretScalar.random(random)).encoded());
  }

  private Bytes noise() {
    byte[] noise = new byte[Message.HASH_BYTES];
    random.nextBytes(noise);
    return Bytes.of(noise);
  }

  @Test
  void startsOfOutsidersHoldUpNoChange() {
    List<SimulatedMember> all = group(3);
    for (int i = 0; i < 20; i++) {
      byte[] start =
          new Start(
                  all.get(0).channel().parameters().next(all.get(0).channel().sid()).encoded(),
                  noise(),
                  List.of(ZEROS, Bytes.of(filled(1))),
                  Bytes.of(new byte[Message.POINT_BYTES]),
                  Bytes.of(new byte[Message.SIGNATURE_BYTES]))
              .encoded()
              .toArray();
      all.forEach(member -> member.channel().receive(start));
    }
    untilRefreshed(all);
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[Message.HASH_BYTES];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  @Test
  void nobodyUsesTheNumbersOfEpochsUp() throws Exception {
    List<SimulatedMember> all = group(3);
    say(
        all.get(2),
        FrameKind.PROPOSE,
        removal(all.get(2), all.get(0), ChangeReason.EVICTED, 4_096).encoded());
    int[] frames = new int[1];
    simulation
        .network()
        .filter(
            (from, to, message) -> {
              frames[0] += from == 1 && to == 0 && message[1] == MessageType.FRAME.code() ? 1 : 0;
              return true;
            });
    simulation.run(3 * MINUTE);
    untilRefreshed(all);
    assertTrue(frames[0] < 50, frames[0] + " frames of an honest member");
    assertTrue(all.get(0).channel().parameters().epoch() < 10);
  }

  @Test
  void whoAcknowledgesHasNotVanished() throws Exception {
    List<SimulatedMember> all = group(3);
    say(
        all.get(2),
        FrameKind.PROPOSE,
        removal(all.get(2), all.get(0), ChangeReason.VANISHED, 1).encoded());
    simulation.run(5 * MINUTE);
    assertEquals(3, all.get(1).channel().roster().size());
    assertTrue(all.get(0).events(Event.Removed.class).isEmpty());
  }

  @Test
  void aMadeUpSuccessorTakesNobodyOut() throws Exception {
    List<SimulatedMember> all = group(3);
    SimulatedMember liar = all.get(2);
    Bytes proposal =
        say(liar, FrameKind.PROPOSE, removal(liar, all.get(0), ChangeReason.EVICTED, 1).encoded());
    say(liar, FrameKind.HELLO, new ContinuingHello(proposal, hello()).encoded());
    List<Bytes> digests = List.of(noise(), noise(), noise());
    say(liar, FrameKind.CLOSE, new Farewell(ZEROS, List.of(proposal), digests).encoded());
    simulation.run(MINUTE);
    assertTrue(all.get(0).events(Event.Removed.class).isEmpty());
    assertEquals(Channel.State.MEMBER, all.get(0).channel().state());
    // Whoever says that it has gone does not keep the others from going on, though it still speaks.
    List<SimulatedMember> rest = all.subList(0, 2);
    simulation.wake(rest.get(0)).refresh(false);
    within(15, () -> isGroup(rest), "the others cannot go on");
  }

  @Test
  void aStartByNobodyWhoSaidHelloIsNotFollowed() {
    List<Bytes> hashes = new ArrayList<>();
    simulation
        .network()
        .filter(
            (from, to, message) -> {
              if (message[1] == MessageType.HELLO.code()) {
                Bytes hash = hashOf(message);
                if (!hashes.contains(hash)) {
                  hashes.add(hash);
                }
              }
              return true;
            });
    List<SimulatedMember> all = simulation.join(3);
    simulation.run(1_000);
    assertEquals(3, hashes.size());
    SecretScalar nobody = SecretScalar.random(random);
    for (EpochParameters parameters : List.of(ROOM, ROOM.next(noise()).withEpoch(Long.MAX_VALUE))) {
      byte[] start = start(parameters, hashes, nobody);
      all.forEach(member -> member.channel().receive(start));
      simulation.run(1_000);
    }
    assertTrue(all.stream().allMatch(member -> member.events(Event.Joining.class).isEmpty()));
    within(10, () -> isGroup(all), "the group did not form");
  }

  private static Bytes hashOf(byte[] hello) {
    return Labelled.hash32(WireWriter.labelled("hello", Bytes.EMPTY).vector(hello));
  }

  private byte[] start(EpochParameters parameters, List<Bytes> hashes, SecretScalar signer) {
    Bytes proposal = parameters.epoch() == 0 ? Start.NO_PROPOSAL : noise();
    Start unsigned =
        new Start(
            parameters.encoded(),
            proposal,
            hashes.stream().sorted().toList(),
            Bytes.of(P256.engine().publicPoint(signer).encoded()),
            Bytes.EMPTY);
    byte[] digest =
        Labelled.hash(
            WireWriter.labelled("start signature", Bytes.EMPTY).vector(unsigned.unsigned()));
    return unsigned
        .signed(Bytes.of(P256.engine().sign(signer, digest, new byte[P256.HEDGE_BYTES])))
        .encoded()
        .toArray();
  }

  @Test
  void whoIsDestroyedDoesNothingMore() {
    List<SimulatedMember> all = group(3);
    Channel destroyed = all.get(0).channel();
    destroyed.takeMessages();
    destroyed.takeEvents();
    destroyed.destroy();
    assertEquals(Channel.State.DESTROYED, destroyed.state());
    assertThrows(IllegalStateException.class, destroyed::join);
    destroyed.tick(new Time(Long.MAX_VALUE / 4, Long.MAX_VALUE / 4));
    assertTrue(
        destroyed.takeMessages().stream()
            .noneMatch(message -> message[1] == MessageType.HELLO.code()));
    assertTrue(destroyed.takeEvents().stream().noneMatch(event -> event instanceof Event.Joining));
  }

  @Test
  void whoWasEvictedIsAskedForBeforeItComesBack() {
    simulation =
        new Simulation(72, ROOM.withJoinPolicy(JoinPolicy.SPONSORED), Network.Quality.GOOD);
    List<SimulatedMember> all = group(3);
    List<SimulatedMember> rest = all.subList(0, 2);
    for (SimulatedMember member : rest) {
      simulation.wake(member).remove(as(all.get(2), member));
    }
    within(10, () -> isGroup(rest), "the member was not put out");
    simulation.run(MINUTE);
    all.get(2).crash();
    simulation.restart(all.get(2));
    simulation.run(5 * MINUTE);
    assertTrue(isGroup(rest), "it is back though nobody has vouched for it");
    within(
        20,
        () -> {
          for (SimulatedMember member : rest) {
            for (Event.CandidateMet met : member.events(Event.CandidateMet.class)) {
              member.channel().vouch(met.candidate());
            }
          }
          return isGroup(all);
        },
        "nobody could let it in again");
  }

  @Test
  void limitsAreForAllToChange() {
    simulation.settings(spec -> spec);
    List<SimulatedMember> all = group(3);
    Limits limits = all.get(0).channel().parameters().limits().withMaxMembers(7);
    simulation.wake(all.get(0)).change(limits);
    simulation.run(5 * MINUTE);
    assertTrue(
        all.stream().noneMatch(m -> m.channel().parameters().limits().equals(limits)),
        "one member alone changed the limits of all");
    all.subList(1, 3).forEach(member -> simulation.wake(member).change(limits));
    within(
        10,
        () -> all.stream().allMatch(m -> m.channel().parameters().limits().equals(limits)),
        "all want other limits and do not get them");
  }

  @Test
  void aRemovalThatNobodyElseWantsMutesNobody() throws Exception {
    List<SimulatedMember> all = group(3);
    say(
        all.get(2),
        FrameKind.PROPOSE,
        removal(all.get(2), all.get(0), ChangeReason.EVICTED, 1).encoded());
    assertFalse(all.get(1).events(Event.ChangeProposed.class).isEmpty());
    simulation.wake(all.get(1)).send("heard at once".getBytes(UTF_8));
    simulation.run(100);
    assertEquals(1, all.get(1).events(Event.Sent.class).size());
  }

  @Test
  void aReplayedAttestDrawsLittle() {
    List<byte[]> attests = new ArrayList<>();
    simulation
        .network()
        .filter(
            (from, to, message) -> {
              if (from == 0 && message[1] == MessageType.ATTEST.code()) {
                attests.add(message);
              }
              return true;
            });
    List<SimulatedMember> all = group(5);
    simulation.run(2 * MINUTE);
    long before = simulation.messages();
    for (int i = 0; i < 300; i++) {
      all.forEach(member -> member.channel().receive(attests.get(0)));
      simulation.run(1_000);
    }
    long drawn = simulation.messages() - before;
    assertTrue(drawn < 200, drawn + " messages in answer to a replay");
  }

  @Test
  void aLifetimeCountsFromOnesOwnAttest() {
    Limits brief = new Limits(20, 120, 100, 1_000, 5, 16, 1 << 14, 0);
    simulation = new Simulation(73, ROOM.withLimits(brief), Network.Quality.GOOD);
    simulation
        .network()
        .filter((from, to, message) -> to != 1 || message[1] != MessageType.ATTEST.code());
    List<SimulatedMember> all = simulation.join(3);
    SimulatedMember late = all.get(1);
    within(
        5,
        () -> all.get(0).channel().state() == Channel.State.MEMBER,
        "the others are not in an epoch");
    long attested = simulation.now();
    Bytes sid = all.get(0).channel().sid();
    // Long enough that its set-up is over, and it only waits.
    simulation.run(60_000);
    assertTrue(late.channel().untilDue() > 0, "who waits is busy");
    simulation.network().filter((from, to, message) -> to == 1);
    within(
        1,
        () ->
            late.events(Event.EpochOpened.class).stream()
                .anyMatch(event -> event.sid().equals(sid)),
        "the missing ATTESTs do not help");
    simulation.network().filter((from, to, message) -> false);
    within(
        2,
        () ->
            late.events(Event.EpochClosed.class).stream()
                .anyMatch(event -> event.sid().equals(sid)),
        "the lifetime does not end");
    assertTrue(simulation.now() - attested <= 121_000, "the lifetime began late");
  }
}

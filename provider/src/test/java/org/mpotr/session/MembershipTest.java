package org.mpotr.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mpotr.session.Groups.isGroup;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.mpotr.epoch.ChangeReason;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Limits;
import org.mpotr.epoch.Member;
import org.mpotr.identity.Fingerprint;
import org.mpotr.session.simulation.Network;
import org.mpotr.session.simulation.SimulatedMember;
import org.mpotr.session.simulation.Simulation;
import org.mpotr.wire.Bytes;

/** Who comes, goes, vanishes, returns, and is not wanted (PROTOCOL.md, section 9). */
class MembershipTest {

  private static final Network.Quality BAD = new Network.Quality(0.05, 0.05, 0, 5, 400);
  private static final EpochParameters ROOM = EpochParameters.of("room");
  private static final long LONG = 600_000;

  private final Simulation simulation = new Simulation(11, ROOM, BAD);

  private List<SimulatedMember> group(int size) {
    List<SimulatedMember> members = simulation.join(size);
    assertTrue(simulation.runUntil(() -> isGroup(members), LONG), "the group did not form");
    return members;
  }

  private void untilGroup(List<SimulatedMember> members) {
    assertTrue(simulation.runUntil(() -> isGroup(members), LONG), "no group of " + members);
  }

  /** Silence shows when there is something to confirm. */
  private static void say(SimulatedMember member) throws Exception {
    member.channel().send("who is there?".getBytes(UTF_8));
  }

  private static Member as(SimulatedMember whom, SimulatedMember in) {
    Fingerprint fingerprint = whom.channel().own().fingerprint();
    return in.channel().roster().members().stream()
        .filter(member -> member.fingerprint().equals(fingerprint))
        .findAny()
        .orElseThrow();
  }

  @Test
  void severalJoinAtOnce() {
    List<SimulatedMember> all = new java.util.ArrayList<>(group(3));
    all.addAll(simulation.join(4));
    untilGroup(all);
    assertEquals(1, all.get(0).channel().parameters().epoch());
  }

  /** The same set-ups, whoever works for them: here always another thread than the caller's. */
  @Test
  void threadsThatAreLentShareTheWork() {
    AtomicInteger lent = new AtomicInteger();
    Executor threads =
        task -> {
          lent.incrementAndGet();
          new Thread(task).start();
        };
    simulation.settings(spec -> spec.withExecutor(threads));
    List<SimulatedMember> all = new java.util.ArrayList<>(group(5));
    all.addAll(simulation.join(1));
    untilGroup(all);
    int parts = Runtime.getRuntime().availableProcessors();
    assertEquals(parts > 1, lent.get() > 0);
  }

  @Test
  void whoCrashesIsLeftOutAndLetInAgain() throws Exception {
    List<SimulatedMember> all = group(4);
    SimulatedMember crashed = all.get(3);
    crashed.crash();
    say(all.get(0));
    untilGroup(all.subList(0, 3));
    assertTrue(
        all.get(0).events(Event.ChangeProposed.class).stream()
            .anyMatch(event -> event.reason() == ChangeReason.VANISHED));
    simulation.restart(crashed);
    untilGroup(all);
  }

  @Test
  void whoCrashesAndComesBackAtOnceIsTheSameAgain() {
    List<SimulatedMember> all = group(3);
    all.get(1).crash();
    simulation.restart(all.get(1));
    untilGroup(all);
  }

  @Test
  void theSmallerPartGivesWay() throws Exception {
    List<SimulatedMember> all = group(5);
    simulation.network().part(all.get(3).number(), 1);
    simulation.network().part(all.get(4).number(), 1);
    say(all.get(0));
    say(all.get(3));
    untilGroup(all.subList(0, 3));
    untilGroup(all.subList(3, 5));
    Bytes larger = all.get(0).channel().sid();
    simulation.network().heal();
    untilGroup(all);
    assertTrue(
        all.get(4).events(Event.PartsFound.class).stream().anyMatch(Event.PartsFound::joinsTheOther)
            || all.get(3).events(Event.PartsFound.class).stream()
                .anyMatch(Event.PartsFound::joinsTheOther));
    assertEquals(larger, all.get(0).channel().parameters().previousSid());
  }

  @Test
  void whoIsPartedAloneComesBack() throws Exception {
    List<SimulatedMember> all = group(3);
    simulation.network().part(all.get(0).number(), 1);
    say(all.get(0));
    say(all.get(1));
    untilGroup(all.subList(1, 3));
    simulation.network().heal();
    untilGroup(all);
  }

  @Test
  void nobodyEvictsAlone() {
    List<SimulatedMember> all = group(4);
    SimulatedMember unwanted = all.get(2);
    all.get(0).channel().remove(as(unwanted, all.get(0)));
    assertFalse(
        simulation.runUntil(() -> all.get(0).channel().roster().size() != 4, 3 * 60_000L),
        "somebody was left out by one member alone");
    for (int i : new int[] {0, 1, 3}) {
      all.get(i).channel().remove(as(unwanted, all.get(i)));
    }
    untilGroup(List.of(all.get(0), all.get(1), all.get(3)));
    assertTrue(
        simulation.runUntil(() -> unwanted.channel().state() == Channel.State.CLOSED, 3_700_000));
    assertEquals(ChangeReason.EVICTED, unwanted.events(Event.Removed.class).get(0).reason());
  }

  @Test
  void whoIsNotWantedByOneIsNotLetIn() {
    List<SimulatedMember> all = group(3);
    Predicate<Member> onlyThese =
        member -> Integer.parseInt(member.nickname().toString().substring(7)) < 3;
    Simulation picky = new Simulation(5, ROOM, Network.Quality.GOOD);
    picky.settings(spec -> spec.withPolicy(onlyThese));
    List<SimulatedMember> first = picky.join(3);
    assertTrue(picky.runUntil(() -> isGroup(first), LONG));
    picky.settings(spec -> spec);
    SimulatedMember stranger = picky.join(1).get(0);
    picky.run(LONG);
    assertEquals(Channel.State.JOINING, stranger.channel().state());
    assertEquals(3, first.get(0).channel().roster().size());
    assertTrue(
        first.stream()
            .flatMap(m -> m.events(Event.SetupFailed.class).stream())
            .anyMatch(event -> event.code() == org.mpotr.error.ErrorCode.NOT_ADMITTED));
    assertEquals(3, all.size());
  }

  @Test
  void refreshesByTimeAndByCount() throws Exception {
    Limits limits = new Limits(20, 600, 60, 5, 5, 16, 1 << 14, 0);
    Simulation brief = new Simulation(3, ROOM.withLimits(limits), BAD);
    List<SimulatedMember> members = brief.join(3);
    assertTrue(brief.runUntil(() -> isGroup(members), LONG));
    long began = brief.now();
    Channel first = members.get(0).channel();
    assertTrue(brief.runUntil(() -> isGroup(members) && first.parameters().epoch() > 0, LONG));
    assertTrue(brief.now() - began >= 50_000, "refreshed before it was due");
    long epoch = first.parameters().epoch();
    for (int i = 0; i < 5; i++) {
      first.send("one of five".getBytes(UTF_8));
    }
    began = brief.now();
    assertTrue(brief.runUntil(() -> isGroup(members) && first.parameters().epoch() > epoch, LONG));
    assertTrue(brief.now() - began < 50_000, "the count did not matter");
  }

  @Test
  void aFullRefreshAndOtherLimits() {
    List<SimulatedMember> all = group(3);
    all.get(0).channel().refresh(true);
    assertTrue(
        simulation.runUntil(
            () -> isGroup(all) && all.get(0).channel().parameters().epoch() > 0, LONG));
    Limits limits = all.get(0).channel().parameters().limits().withMaxMembers(4);
    all.get(1).channel().change(limits);
    assertTrue(
        simulation.runUntil(
            () -> isGroup(all) && all.get(0).channel().parameters().limits().equals(limits), LONG));
  }

  @Test
  void whatIsSaidWhileSomebodyLeavesIsForThoseWhoStay() throws Exception {
    List<SimulatedMember> all = group(3);
    all.get(0).channel().leave();
    assertTrue(
        simulation.runUntil(() -> !all.get(1).events(Event.MemberLeaving.class).isEmpty(), LONG));
    long number = all.get(1).channel().send("not for you".getBytes(UTF_8));
    untilGroup(all.subList(1, 3));
    assertTrue(
        simulation.runUntil(
            () -> all.get(2).events(Event.MessageDelivered.class).size() == 1, LONG));
    Event.Sent sent = all.get(1).events(Event.Sent.class).get(0);
    assertEquals(number, sent.number());
    assertEquals(all.get(1).channel().sid(), sent.sid());
    assertTrue(
        simulation.runUntil(() -> all.get(0).channel().state() == Channel.State.CLOSED, LONG));
    assertTrue(all.get(0).events(Event.MessageDelivered.class).isEmpty());
  }

  @Test
  void privateFramesAreReadByOne() throws Exception {
    List<SimulatedMember> all = group(3);
    Member to = as(all.get(2), all.get(0));
    all.get(0).channel().sendPrivate(to, "for you".getBytes(UTF_8));
    assertTrue(
        simulation.runUntil(
            () -> all.get(2).events(Event.PrivateMessageDelivered.class).size() == 1, LONG));
    simulation.run(60_000);
    assertTrue(all.get(1).events(Event.PrivateMessageDelivered.class).isEmpty());
  }

  @Test
  void callsThatTheStateForbidsAreNamed() {
    SimulatedMember one = simulation.add();
    assertThrows(IllegalStateException.class, () -> one.channel().send(new byte[1]));
    assertThrows(IllegalStateException.class, () -> one.channel().leave());
    assertThrows(IllegalStateException.class, () -> one.channel().roster());
    one.channel().join();
    assertThrows(IllegalStateException.class, () -> one.channel().join());
    one.channel().leave();
    assertEquals(Channel.State.CLOSED, one.channel().state());
    one.channel().join();
  }

  @Test
  void keysArePublishedAndSeen() {
    List<SimulatedMember> all = group(3);
    all.get(0).channel().close();
    assertTrue(
        simulation.runUntil(
            () ->
                all.stream()
                    .allMatch(
                        m ->
                            m.events(Event.KeysPublished.class).size() == 3
                                && !m.events(Event.KeysSeen.class).isEmpty()),
            LONG));
  }
}

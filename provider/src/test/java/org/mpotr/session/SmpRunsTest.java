package org.mpotr.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mpotr.session.Groups.LONG;
import static org.mpotr.session.Groups.form;
import static org.mpotr.session.Groups.isGroup;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mpotr.SeededRandom;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.JoinPolicy;
import org.mpotr.epoch.Member;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameSealer;
import org.mpotr.framing.FrameTooLongException;
import org.mpotr.session.Event.SmpEnded.Outcome;
import org.mpotr.session.simulation.Network;
import org.mpotr.session.simulation.SimulatedMember;
import org.mpotr.session.simulation.Simulation;
import org.mpotr.session.verification.PrivateFrame;
import org.mpotr.session.verification.PrivateKind;
import org.mpotr.session.verification.SmpInitiator;
import org.mpotr.session.verification.SmpMessage;
import org.mpotr.session.verification.SmpPair;
import org.mpotr.wire.Bytes;

/**
 * The socialist millionaires' protocol as an application meets it, and as a member may abuse it.
 */
class SmpRunsTest {

  private static final Network.Quality BAD = new Network.Quality(0.05, 0.05, 0.01, 5, 400);

  private final SeededRandom random = new SeededRandom("smp runs");
  private Simulation simulation = new Simulation(10, EpochParameters.of("room"), BAD);
  private List<SimulatedMember> members;
  private SimulatedMember alice;
  private SimulatedMember bob;

  private void group(int size) {
    members = form(simulation, size);
    alice = members.get(0);
    bob = members.get(1);
  }

  private static byte[] secret(String text) {
    return text.getBytes(UTF_8);
  }

  private static Member as(SimulatedMember whom, SimulatedMember in) {
    return in.channel().roster().members().stream()
        .filter(member -> member.nickname().toString().equals(whom.toString()))
        .findAny()
        .orElseThrow();
  }

  private static boolean knows(SimulatedMember who, SimulatedMember whom) {
    return who.channel().isVerified(as(whom, who));
  }

  private void until(int events, SimulatedMember member, Class<? extends Event> kind) {
    assertTrue(
        simulation.runUntil(() -> member.events(kind).size() >= events, LONG),
        () -> member + " has no " + kind.getSimpleName() + " but " + member.events());
  }

  /** Alice asks, Bob answers. */
  private void run(String first, String second) {
    int asked = bob.events(Event.SmpAsked.class).size();
    simulation.wake(alice).askSmp(as(bob, alice), "where did we meet?", secret(first));
    until(asked + 1, bob, Event.SmpAsked.class);
    simulation.wake(bob).answerSmp(as(alice, bob), secret(second));
  }

  private static List<Outcome> outcomes(SimulatedMember member) {
    return member.events(Event.SmpEnded.class).stream().map(Event.SmpEnded::outcome).toList();
  }

  @Test
  void whoKnowsTheSameIsVerifiedByBothAndByNobodyElse() {
    group(3);
    run("Königsberg", "Königsberg");
    until(1, alice, Event.Verified.class);
    until(1, bob, Event.Verified.class);
    SimulatedMember carol = members.get(2);
    assertEquals("where did we meet?", bob.events(Event.SmpAsked.class).get(0).question());
    assertTrue(carol.events(Event.SmpAsked.class).isEmpty());
    assertTrue(knows(alice, bob) && knows(bob, alice));
    assertFalse(knows(carol, alice) || knows(alice, carol));
    assertEquals(Verification.SMP, alice.events(Event.Verified.class).get(0).how());
    members.forEach(
        member -> assertTrue(member.events(Event.PrivateMessageDelivered.class).isEmpty()));
  }

  @Test
  void anotherSecretVerifiesNobodyAndBothLearnIt() {
    group(2);
    run("Königsberg", "Kaliningrad");
    until(1, alice, Event.SmpEnded.class);
    until(1, bob, Event.SmpEnded.class);
    assertEquals(List.of(Outcome.DIFFERENT), outcomes(alice));
    assertEquals(List.of(Outcome.DIFFERENT), outcomes(bob));
    assertFalse(knows(alice, bob) || knows(bob, alice));
  }

  @Test
  void bothAskingIsOneRun() {
    group(2);
    simulation.wake(alice).askSmp(as(bob, alice), "", secret("tea"));
    simulation.wake(bob).askSmp(as(alice, bob), "", secret("tea"));
    until(1, alice, Event.Verified.class);
    until(1, bob, Event.Verified.class);
    assertTrue(outcomes(alice).isEmpty() && outcomes(bob).isEmpty());
  }

  @Test
  void threeTriesAndNoMore() {
    group(2);
    for (int i = 1; i <= 3; i++) {
      run("guess " + i, "Königsberg");
      until(i, alice, Event.SmpEnded.class);
      until(i, bob, Event.SmpEnded.class);
    }
    Member other = as(bob, alice);
    assertThrows(
        IllegalStateException.class,
        () -> simulation.wake(alice).askSmp(other, "", secret("guess 4")));
    // Who does not count for itself is counted by the other.
    say(alice, as(bob, alice), forged(alice, bob).ask("once more"));
    until(4, bob, Event.SmpEnded.class);
    assertEquals(Outcome.TOO_OFTEN, outcomes(bob).get(3));
    assertEquals(3, bob.events(Event.SmpAsked.class).size());

    // New tries come with a new epoch.
    var sid = alice.channel().sid();
    simulation.wake(alice).refresh(false);
    assertTrue(
        simulation.runUntil(() -> isGroup(members) && !alice.channel().sid().equals(sid), LONG));
    run("Königsberg", "Königsberg");
    until(1, alice, Event.Verified.class);
  }

  @Test
  void aRunCanBeRefusedAndEndsWithItsEpoch() {
    group(2);
    simulation.wake(alice).askSmp(as(bob, alice), "", secret("tea"));
    until(1, bob, Event.SmpAsked.class);
    simulation.wake(bob).abortSmp(as(alice, bob));
    until(1, alice, Event.SmpEnded.class);
    assertThrows(
        IllegalStateException.class,
        () -> simulation.wake(bob).answerSmp(as(alice, bob), secret("tea")));

    simulation.wake(alice).askSmp(as(bob, alice), "", secret("tea"));
    until(2, bob, Event.SmpAsked.class);
    var sid = alice.channel().sid();
    Member former = as(alice, bob);
    simulation.wake(alice).refresh(false);
    assertTrue(
        simulation.runUntil(() -> isGroup(members) && !alice.channel().sid().equals(sid), LONG));
    until(2, alice, Event.SmpEnded.class);
    until(2, bob, Event.SmpEnded.class);
    assertEquals(List.of(Outcome.ABORTED, Outcome.ABORTED), outcomes(bob));
    assertThrows(
        IllegalArgumentException.class,
        () -> simulation.wake(bob).answerSmp(former, secret("tea")));
  }

  @Test
  void refusesWhatCannotBeAsked() {
    group(2);
    Channel channel = simulation.wake(alice);
    Member other = as(bob, alice);
    byte[] tea = secret("tea");
    assertThrows(IllegalArgumentException.class, () -> channel.askSmp(channel.own(), "", tea));
    assertThrows(IllegalArgumentException.class, () -> channel.askSmp(other, "", new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> channel.askSmp(other, "", new byte[1_025]));
    assertThrows(IllegalArgumentException.class, () -> channel.askSmp(other, "é".repeat(513), tea));
    assertThrows(IllegalStateException.class, () -> channel.answerSmp(other, tea));
    channel.abortSmp(other);
    assertTrue(outcomes(alice).isEmpty());
    channel.destroy();
    assertThrows(IllegalChannelStateException.class, () -> channel.askSmp(other, "", tea));
  }

  /** A run as its initiator would have it, in the hands of whoever owns the member. */
  private SmpInitiator forged(SimulatedMember from, SimulatedMember to) {
    OwnKey own = OwnKey.of(simulation.wake(from)).orElseThrow();
    return new SmpInitiator(
        SmpPair.of(own.key(), from.channel().own(), as(to, from), Bytes.of(new byte[8])),
        secret("forged"),
        random);
  }

  /** Says a message of SMP that the member's channel would not say. */
  private void say(SimulatedMember from, Member to, SmpMessage message) {
    say(from, to, PrivateKind.SMP.with(message.encoded()));
  }

  private void say(SimulatedMember from, Member to, byte[] content) {
    OwnKey own = OwnKey.of(simulation.wake(from)).orElseThrow();
    byte[] sealed = PrivateFrame.seal(own.key(), to.index(), own.seq(), content).encoded();
    FrameSealer sealer = new FrameSealer(own.key());
    try {
      FrameParameterSpec spec = FrameParameterSpec.of(FrameKind.PRIVATE, own.seq(), own.parents());
      simulation.broadcast(from, sealer.seal(spec, sealed, 0, sealed.length, random).frame());
    } catch (FrameTooLongException e) {
      throw new AssertionError(e);
    } finally {
      sealer.destroy();
    }
    simulation.run(5_000);
  }

  @Test
  void aMemberThatBreaksTheProtocolVerifiesNothing() {
    group(2);
    SmpMessage.Ask ask = forged(alice, bob).ask("");
    SmpMessage.Ask swapped =
        new SmpMessage.Ask(ask.run(), "", ask.g3(), ask.proof3(), ask.g2(), ask.proof2());
    say(alice, as(bob, alice), swapped);
    assertTrue(bob.events(Event.SmpAsked.class).isEmpty());
    assertTrue(bob.events(Event.Verified.class).isEmpty());
  }

  @Test
  void whatIsNoMessageEndsTheRun() {
    group(2);
    simulation.wake(bob).askSmp(as(alice, bob), "", secret("tea"));
    until(1, alice, Event.SmpAsked.class);
    say(alice, as(bob, alice), PrivateKind.SMP.with(new byte[] {4}));
    until(1, bob, Event.SmpEnded.class);
    assertEquals(List.of(Outcome.BROKEN), outcomes(bob));
  }

  /** What was under way when a run ended here is no part of the next one. */
  @Test
  void messagesOfAnEndedRunAreNobodys() {
    group(2);
    simulation.wake(alice).askSmp(as(bob, alice), "first", secret("tea"));
    until(1, bob, Event.SmpAsked.class);
    simulation.wake(bob).answerSmp(as(alice, bob), secret("tea"));
    simulation.wake(alice).askSmp(as(bob, alice), "second", secret("tea"));
    until(2, bob, Event.SmpAsked.class);
    simulation.wake(bob).answerSmp(as(alice, bob), secret("tea"));
    until(1, alice, Event.Verified.class);
    until(1, bob, Event.Verified.class);
    assertFalse(outcomes(alice).contains(Outcome.BROKEN) || outcomes(bob).contains(Outcome.BROKEN));
  }

  @Test
  void anUnknownKindOfPrivateContentIsItsSendersError() {
    group(2);
    say(alice, as(bob, alice), new byte[] {9, 1, 2});
    until(1, bob, Event.Failed.class);
    assertTrue(bob.events(Event.PrivateMessageDelivered.class).isEmpty());
  }

  @Test
  void applicationsKeepTheirPrivateMessages() throws Exception {
    group(2);
    simulation.wake(alice).sendPrivate(as(bob, alice), new byte[] {1, 2, 3});
    until(1, bob, Event.PrivateMessageDelivered.class);
    assertArrayEquals(
        new byte[] {1, 2, 3},
        bob.events(Event.PrivateMessageDelivered.class).get(0).content().toArray());
  }

  /** Who is verified in the lobby is vouched for: with no word of the users but the secret. */
  @Test
  void aCandidateShowsInTheLobbyWhatItKnows() {
    simulation =
        new Simulation(
            11, EpochParameters.of("room").withJoinPolicy(JoinPolicy.SMP), Network.Quality.GOOD);
    SimulatedMember first = simulation.join(1).get(0);
    SimulatedMember second = simulation.join(1).get(0);
    assertTrue(simulation.runUntil(() -> isGroup(List.of(first, second)), LONG), "the first two");

    List<SimulatedMember> all = new ArrayList<>(List.of(first, second));
    SimulatedMember dave = simulation.join(1).get(0);
    all.add(dave);
    assertTrue(
        simulation.runUntil(
            () ->
                List.of(first, second).stream()
                    .anyMatch(m -> !m.events(Event.CandidateMet.class).isEmpty()),
            LONG));
    SimulatedMember sponsor = first.events(Event.CandidateMet.class).isEmpty() ? second : first;
    List<Event.CandidateMet> met = sponsor.events(Event.CandidateMet.class);
    simulation
        .wake(sponsor)
        .askSmp(met.get(met.size() - 1).candidate(), "the password?", secret("melon"));
    until(1, dave, Event.SmpAsked.class);
    simulation
        .wake(dave)
        .answerSmp(dave.events(Event.SmpAsked.class).get(0).member(), secret("melon"));
    until(1, sponsor, Event.Verified.class);
    assertTrue(simulation.runUntil(() -> isGroup(all), LONG), "the candidate is let in");
  }
}

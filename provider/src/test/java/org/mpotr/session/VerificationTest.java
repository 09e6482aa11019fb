package org.mpotr.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Limits;
import org.mpotr.epoch.Member;
import org.mpotr.framing.FrameKind;
import org.mpotr.session.simulation.Network;
import org.mpotr.session.simulation.SimulatedMember;
import org.mpotr.session.simulation.Simulation;

/** Who is verified and for how long, what events say of messages, and calls out of place. */
class VerificationTest {

  private static final long LONG = 600_000;

  private final Simulation simulation =
      new Simulation(5, EpochParameters.of("room"), Network.Quality.GOOD);

  private void untilGroup(List<SimulatedMember> members) {
    assertTrue(
        simulation.runUntil(
            () ->
                members.stream()
                        .allMatch(
                            m ->
                                m.channel().state() == Channel.State.MEMBER
                                    && m.channel().roster().size() == members.size())
                    && members.stream().map(m -> m.channel().sid()).distinct().count() == 1,
            LONG),
        "no group of " + members);
  }

  private List<SimulatedMember> group(int size) {
    List<SimulatedMember> members = simulation.join(size);
    untilGroup(members);
    return members;
  }

  /** A member as another one sees it. */
  private static Member as(SimulatedMember whom, SimulatedMember in) {
    return in.channel().roster().members().stream()
        .filter(member -> member.identity().equals(whom.channel().own().identity()))
        .findAny()
        .orElseThrow();
  }

  @Test
  void aFingerprintIsOfAPairAndLastsThroughEpochs() {
    List<SimulatedMember> members = group(3);
    SimulatedMember alice = members.get(0);
    SimulatedMember bob = members.get(1);
    Channel channel = alice.channel();
    Member before = as(bob, alice);
    assertFalse(channel.isVerified(before));
    channel.verify(before, Verification.FINGERPRINT);
    assertTrue(channel.isVerified(before));
    assertFalse(channel.isVerified(as(members.get(2), alice)), "nothing is transitive");
    assertFalse(bob.channel().isVerified(as(alice, bob)), "it is of one side");
    simulation.run(0);
    assertEquals(
        List.of(new Event.Verified(channel.sid(), before, Verification.FINGERPRINT)),
        alice.events(Event.Verified.class));

    var sid = channel.sid();
    channel.refresh(false);
    assertTrue(simulation.runUntil(() -> !channel.sid().equals(sid), LONG));
    untilGroup(members);
    assertTrue(channel.isVerified(as(bob, alice)));
    assertFalse(as(bob, alice).equals(before), "the member of another epoch");
    channel.verify(before, Verification.FINGERPRINT);
    assertThrows(
        IllegalArgumentException.class,
        () -> channel.verify(channel.own(), Verification.FINGERPRINT));
  }

  @Test
  void whoComesWithAnotherIdentityIsNotVerified() {
    List<SimulatedMember> members = group(3);
    SimulatedMember alice = members.get(0);
    SimulatedMember bob = members.get(1);
    Member former = as(bob, alice);
    alice.channel().verify(former, Verification.FINGERPRINT);
    bob.channel().leave();
    untilGroup(List.of(alice, members.get(2)));
    assertThrows(
        IllegalArgumentException.class,
        () -> alice.channel().verify(former, Verification.FINGERPRINT));

    SimulatedMember other = simulation.add(bob.toString());
    other.channel().join();
    untilGroup(List.of(alice, members.get(2), other));
    Member successor = as(other, alice);
    assertEquals(former.nickname(), successor.nickname());
    assertFalse(alice.channel().isVerified(successor));
    assertTrue(alice.channel().isVerified(former), "the person who left is who it was");
    alice.channel().destroy();
    assertFalse(alice.channel().isVerified(former));
  }

  @Test
  void theGroupCodeVerifiesAllWhoHaveIt() {
    List<SimulatedMember> members = group(3);
    SimulatedMember alice = members.get(0);
    String code = alice.channel().groupCode();
    assertEquals(code, members.get(1).channel().groupCode());
    alice.channel().verifyGroupCode(code);
    simulation.run(0);
    assertEquals(2, alice.events(Event.Verified.class).size());
    assertTrue(alice.channel().isVerified(as(members.get(1), alice)));
    assertTrue(alice.channel().isVerified(as(members.get(2), alice)));

    SimulatedMember dave = simulation.join(1).get(0);
    List<SimulatedMember> all = List.copyOf(simulation.members());
    untilGroup(all);
    assertFalse(alice.channel().isVerified(as(dave, alice)));
    // The code was compared before the newcomer came.
    assertThrows(IllegalArgumentException.class, () -> alice.channel().verifyGroupCode(code));
    assertFalse(alice.channel().isVerified(as(dave, alice)));
  }

  @Test
  void messagesSayTheirEpochAndHowFarTheyHaveCome() throws Exception {
    List<SimulatedMember> members = group(3);
    SimulatedMember alice = members.get(0);
    var sid = alice.channel().sid();
    alice.channel().refresh(false);
    assertTrue(simulation.runUntil(() -> !alice.channel().sid().equals(sid), LONG));
    untilGroup(members);
    alice.channel().send("hello".getBytes(UTF_8));
    alice.channel().sendPrivate(as(members.get(1), alice), "psst".getBytes(UTF_8));
    simulation.run(10_000);
    for (SimulatedMember member : members) {
      Event.MessageDelivered message = member.events(Event.MessageDelivered.class).get(0);
      assertEquals(1, message.epoch());
      // Nobody but its sender can have confirmed what just came.
      assertEquals(2, message.status().of());
      assertFalse(message.status().isOverdue() || message.status().isInConflict());
      assertFalse(message.status().isConfirmedByAll());
    }
    Event.PrivateMessageDelivered secret =
        members.get(1).events(Event.PrivateMessageDelivered.class).get(0);
    assertEquals(1, secret.epoch());
    assertEquals(2, secret.status().of());
  }

  @Test
  void anIllegalCallSaysWhatAndWhen() throws Exception {
    SimulatedMember alice = simulation.add();
    Channel channel = alice.channel();
    byte[] content = new byte[0];
    Map<String, Executable> calls =
        Map.ofEntries(
            Map.entry("send", () -> channel.send(content)),
            Map.entry(
                "sendInPresentEpoch", () -> channel.sendInPresentEpoch(FrameKind.TEXT, content)),
            Map.entry("sendPrivate", () -> channel.sendPrivate(null, content)),
            Map.entry("sendFileFrame", () -> channel.sendFileFrame(FrameKind.FILE_CHUNK, content)),
            Map.entry("refresh", () -> channel.refresh(true)),
            Map.entry("change", () -> channel.change(Limits.DEFAULT)),
            Map.entry("remove", () -> channel.remove(null)),
            Map.entry("vouch", () -> channel.vouch(null)),
            Map.entry("verify", () -> channel.verify(null, Verification.FINGERPRINT)),
            Map.entry("verifyGroupCode", () -> channel.verifyGroupCode("")),
            Map.entry("leave", channel::leave),
            Map.entry("close", channel::close),
            Map.entry("roster", channel::roster),
            Map.entry("own", channel::own),
            Map.entry("sid", channel::sid),
            Map.entry("groupCode", channel::groupCode),
            Map.entry("parameters", channel::parameters),
            Map.entry("export", () -> channel.export("", content, 1)),
            Map.entry("order", channel::order));
    for (Map.Entry<String, Executable> call : calls.entrySet()) {
      IllegalChannelStateException refusal =
          assertThrows(IllegalChannelStateException.class, call.getValue());
      assertEquals(call.getKey(), refusal.call());
      assertEquals(Channel.State.NEW, refusal.state());
    }
    channel.join();
    IllegalChannelStateException twice =
        assertThrows(IllegalChannelStateException.class, channel::join);
    assertEquals("join", twice.call());
    assertEquals(Channel.State.JOINING, twice.state());
  }
}

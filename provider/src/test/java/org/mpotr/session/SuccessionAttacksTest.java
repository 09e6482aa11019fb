package org.mpotr.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mpotr.Reachable;
import org.mpotr.SeededRandom;
import org.mpotr.Tampering;
import org.mpotr.TestGroup;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.agreement.Setup;
import org.mpotr.agreement.SetupCheck;
import org.mpotr.epoch.Change;
import org.mpotr.epoch.ChangeReason;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.JoinPolicy;
import org.mpotr.epoch.Member;
import org.mpotr.framing.FrameKind;
import org.mpotr.identity.IdentityKey;
import org.mpotr.identity.IdentityKeys;
import org.mpotr.identity.Nickname;
import org.mpotr.session.membership.Attempt;
import org.mpotr.session.membership.ContinuingHello;
import org.mpotr.session.membership.Proposal;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Introduction;
import org.mpotr.wire.Message;
import org.mpotr.wire.Start;
import org.mpotr.wire.WireException;

/**
 * The attacks of PROTOCOL.md, section 14, on the way from one epoch to the next: a relay that adds
 * members, an insider that takes another's name at a refresh. One member keeps to the protocol; the
 * other one, and whoever comes, says what the test makes it say.
 */
class SuccessionAttacksTest {

  private static final EpochParameters ROOM = EpochParameters.of("room");
  private static final String STRANGER = "stranger";

  private List<LivingEpoch> all;
  private TestGroup group;
  private LivingEpoch self;
  private Succession succession;
  private EpochParameters next;
  private Hello vote;
  private Bytes proposalId;

  private void begin(EpochParameters parameters) throws Exception {
    group = TestGroup.empty("succession", parameters);
    for (int i = 0; i < 2; i++) {
      group.add(TestGroup.nickname(i), spec -> spec.withPolicy(member -> true));
    }
    all = LivingEpoch.of(group);
    self = all.get(0);
    succession =
        new Succession(
            self.epoch(), self.context(), new Lobbies(self.context()), new Wishes(), new Nobody());
    self.followedBy(
        delivery -> {
          succession.delivered(delivery);
          if (delivery.spec().kind().equals(FrameKind.HELLO)
              && delivery.spec().sender().orElseThrow() == self.key().ownIndex()) {
            vote = helloOf(delivery.content());
          }
        });
    next = parameters.next(self.epoch().sid());
  }

  private static Hello helloOf(byte[] content) {
    try {
      return ContinuingHello.decode(content).hello();
    } catch (WireException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The other member proposes, this one agrees, and then the other one does with a HELLO. */
  private void agree(Change change, ChangeReason reason, List<Proposal.Addition> added, Hello other)
      throws Exception {
    Proposal proposal = new Proposal(change, reason, next, List.of(), added);
    self.receive(all.get(1).say(FrameKind.PROPOSE, proposal.encoded()));
    Event.ChangeProposed proposed = (Event.ChangeProposed) self.context().takeEvents().get(0);
    assertEquals(change, proposed.change());
    proposalId = all.get(1).epoch().transcript().newest(all.get(1).key().ownIndex()).orElseThrow();
    succession.tick();
    byte[] content = new ContinuingHello(proposalId, other).encoded();
    self.receive(all.get(1).say(FrameKind.HELLO, content));
    self.context().takeEvents();
    self.context().takeMessages();
  }

  private Setup setup(KeyPair identity, String nickname) throws Exception {
    return new Setup(
        IdentityKey.of(identity.getPrivate()),
        SessionParameterSpec.of(next, new Nickname(nickname)).withPolicy(member -> true),
        new SeededRandom(nickname));
  }

  private static Hello hello(Setup setup, KeyPair identity) throws Exception {
    return setup.hello(IdentityKeys.publicPoint(identity.getPublic()));
  }

  private static List<Bytes> hashes(Hello... hellos) {
    return List.of(hellos).stream().map(ContinuingHello::hashOf).toList();
  }

  private boolean isJoining() {
    return self.context().takeEvents().stream().anyMatch(Event.Joining.class::isInstance);
  }

  /** A relay that adds members: nobody sets up what was not agreed. */
  @Test
  void aStartIsWhatWasAgreedOrNothing() throws Exception {
    begin(ROOM);
    KeyPair identity = group.member(1).identity();
    Setup other = setup(identity, TestGroup.nickname(1));
    Hello hello = hello(other, identity);
    KeyPair strangers = TestGroup.identity(STRANGER, 0);
    Setup stranger = setup(strangers, STRANGER);
    Hello uninvited = hello(stranger, strangers);
    agree(Change.REFRESH, ChangeReason.NONE, List.of(), hello);

    succession.hear(other.start(proposalId, hashes(vote, hello, uninvited)));
    assertFalse(isJoining(), "it names somebody whom nobody proposed");
    succession.hear(stranger.start(proposalId, hashes(vote, hello)));
    assertFalse(isJoining(), "it is nobody's who agreed");
    Start right = other.start(proposalId, hashes(vote, hello));
    succession.hear(right.signed(Tampering.flip(right.signature())));
    assertFalse(isJoining(), "it is not signed");
    succession.hear(right);
    assertTrue(isJoining());
  }

  /** Whoever fills the place for what comes early keeps out nothing that comes in time. */
  @Test
  void startsThatLeadNowhereKeepNoneOut() throws Exception {
    begin(ROOM);
    KeyPair identity = group.member(1).identity();
    Setup other = setup(identity, TestGroup.nickname(1));
    Hello hello = hello(other, identity);
    for (int i = 0; i < 100; i++) {
      byte[] nowhere = new byte[Message.HASH_BYTES];
      new SeededRandom("nowhere " + i).nextBytes(nowhere);
      succession.hear(other.start(Bytes.of(nowhere), hashes(hello)));
    }
    long before = Reachable.bytes(succession);
    succession.hear(other.start(Bytes.of(new byte[Message.HASH_BYTES]), hashes(hello)));
    assertTrue(Reachable.bytes(succession) <= before);
    agree(Change.REFRESH, ChangeReason.NONE, List.of(), hello);
    succession.hear(other.start(proposalId, hashes(vote, hello)));
    assertTrue(isJoining());
  }

  /** An insider takes another's name at a refresh, which in full has no secret to go by. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoStaysIsWhoItWas(boolean isFull) throws Exception {
    SetupCheck expected = isFull ? SetupCheck.NOT_ADMITTED : SetupCheck.IDENTITY_CHANGED;
    assertEquals(Optional.of(expected), refreshAs(isFull, STRANGER, true));
    assertEquals(Optional.of(expected), refreshAs(isFull, TestGroup.nickname(1), false));
    assertEquals(Optional.empty(), refreshAs(isFull, TestGroup.nickname(1), true));
  }

  private Optional<SetupCheck> refreshAs(boolean isFull, String nickname, boolean isSameIdentity)
      throws Exception {
    begin(ROOM);
    KeyPair identity =
        isSameIdentity ? group.member(1).identity() : TestGroup.identity(STRANGER, 1);
    Setup other = setup(identity, nickname);
    Hello hello = hello(other, identity);
    agree(Change.REFRESH, isFull ? ChangeReason.FULL : ChangeReason.NONE, List.of(), hello);
    succession.hear(other.start(proposalId, hashes(vote, hello)));
    return introduce(Map.of(hello, other));
  }

  /** A relay that adds members: in the place of one who was vouched for. */
  @Test
  void whoIsAddedIsWhoWasProposed() throws Exception {
    assertEquals(Optional.of(SetupCheck.NOT_ADMITTED), addAs(TestGroup.identity(STRANGER, 2)));
    assertEquals(Optional.empty(), addAs(TestGroup.identity("vouched for", 2)));
  }

  private Optional<SetupCheck> addAs(KeyPair claimed) throws Exception {
    begin(ROOM.withJoinPolicy(JoinPolicy.KNOWN_IDENTITIES));
    KeyPair identity = group.member(1).identity();
    Setup other = setup(identity, TestGroup.nickname(1));
    Hello hello = hello(other, identity);
    Setup joiner = setup(claimed, "joiner");
    Hello joining = hello(joiner, claimed);
    Bytes vouchedFor = Bytes.of(TestGroup.identity("vouched for", 2).getPublic().getEncoded());
    Bytes hash = ContinuingHello.hashOf(joining);
    self.context().candidates().hear(hash, joining, "", self.context().now());
    agree(
        Change.ADD,
        ChangeReason.NONE,
        List.of(new Proposal.Addition(vouchedFor, hash, Proposal.Vouched.FINGERPRINT)),
        hello);
    succession.hear(other.start(proposalId, hashes(vote, hello, joining)));
    return introduce(Map.of(hello, other, joining, joiner));
  }

  /** A relay that adds members: nobody agrees to one for whom nobody vouches as the policy says. */
  @Test
  void whoIsAddedIsVouchedFor() throws Exception {
    for (Proposal.Vouched vouched : Proposal.Vouched.values()) {
      begin(ROOM.withJoinPolicy(JoinPolicy.KNOWN_IDENTITIES));
      vote = null;
      Hello hello = hello(setup(group.member(1).identity(), "unused"), group.member(1).identity());
      Bytes named = Bytes.of(TestGroup.identity("vouched for", 2).getPublic().getEncoded());
      Bytes hash = ContinuingHello.hashOf(hello);
      boolean isRight = vouched == Proposal.Vouched.FINGERPRINT;
      agree(
          Change.ADD,
          ChangeReason.NONE,
          List.of(new Proposal.Addition(named, hash, vouched)),
          hello);
      assertEquals(isRight, vote != null, vouched.name());
    }
    begin(ROOM.withJoinPolicy(JoinPolicy.KNOWN_IDENTITIES));
    vote = null;
    Hello hello = hello(setup(group.member(1).identity(), "unused"), group.member(1).identity());
    agree(
        Change.ADD,
        ChangeReason.NONE,
        List.of(
            new Proposal.Addition(
                Bytes.EMPTY, ContinuingHello.hashOf(hello), Proposal.Vouched.FINGERPRINT)),
        hello);
    assertNull(vote, "nobody is named");
  }

  /** All others introduce themselves; the check that failed, or nothing when the SHARE is out. */
  private Optional<SetupCheck> introduce(Map<Hello, Setup> others) throws Exception {
    List<Message> hellos = new ArrayList<>(others.keySet());
    hellos.add(vote);
    Attempt attempt = succession.attempts().iterator().next();
    for (Setup each : others.values()) {
      Introduction introduction = each.introduce(hellos, Map.of());
      attempt.hear(introduction, self.context().now());
    }
    List<Event> events = self.context().takeEvents();
    boolean isAdmitted = events.stream().anyMatch(Event.MayRead.class::isInstance);
    Optional<SetupCheck> check =
        events.stream()
            .filter(Event.SetupFailed.class::isInstance)
            .map(Event.SetupFailed.class::cast)
            .findAny()
            .flatMap(Event.SetupFailed::check);
    assertEquals(check.isEmpty(), isAdmitted);
    return check;
  }

  /** A group in which nothing else happens. */
  private static final class Nobody implements Succession.Owner {
    @Override
    public void completed(Attempt attempt, GroupKey key) {
      throw new AssertionError("nobody attests here");
    }

    @Override
    public void stuck(Attempt attempt) {
      throw new AssertionError("nobody waits here");
    }

    @Override
    public void alone(Succession from) {
      throw new AssertionError("nobody leaves here");
    }

    @Override
    public void removed(Succession from, Member proposer, ChangeReason reason) {
      throw new AssertionError("nobody is removed here");
    }

    @Override
    public void givesWay(Succession from) {
      throw new AssertionError("nobody comes back here");
    }
  }
}

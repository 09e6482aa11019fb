package org.mpotr.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mpotr.Reachable;
import org.mpotr.SeededRandom;
import org.mpotr.TestGroup;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.agreement.Setup;
import org.mpotr.agreement.SetupFailedException;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.JoinPolicy;
import org.mpotr.epoch.Roster;
import org.mpotr.identity.IdentityKey;
import org.mpotr.identity.IdentityKeys;
import org.mpotr.identity.Nickname;
import org.mpotr.session.membership.Attempt;
import org.mpotr.session.membership.Candidates;
import org.mpotr.session.membership.ContinuingHello;
import org.mpotr.session.membership.EarlyArrivals;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Introduction;
import org.mpotr.wire.Message;
import org.mpotr.wire.MessageType;
import org.mpotr.wire.Start;

/**
 * The attack of PROTOCOL.md, section 14, on the memory of members: whatever comes, what is kept of
 * it is bounded.
 */
class BoundsAttacksTest {

  private static final EpochParameters ROOM = EpochParameters.of("room");
  private static final int MANY = 1_000;

  private static Bytes bytes(int number, int length) {
    byte[] bytes = new byte[length];
    new SeededRandom("bytes " + number).nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private static Bytes point(int number) {
    SecretScalar scalar = SecretScalar.random(new SeededRandom("point " + number));
    return Bytes.of(P256.engine().publicPoint(scalar).encoded());
  }

  /** Memory exhaustion by what is for sessions that nobody knows yet. */
  @Test
  void whatComesTooEarlyIsBoundedInNumberAndSize() {
    EarlyArrivals<Integer> early = new EarlyArrivals<>(64, 1 << 16);
    List<Bytes> sessions = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      sessions.add(bytes(i % 100, 32));
      early.keep(sessions.get(i), i, 16);
    }
    assertEquals(64, sessions.stream().mapToInt(sid -> early.take(sid).size()).sum());
    for (int i = 0; i < MANY; i++) {
      early.keep(sessions.get(i), i, 1 << 14);
    }
    early.keep(sessions.get(0), 0, 1 << 17);
    assertEquals(4, sessions.stream().mapToInt(sid -> early.take(sid).size()).sum());
  }

  /** Memory exhaustion by HELLOs. */
  @Test
  void candidatesAreBoundedAndOneForEachSource() {
    Candidates candidates = new Candidates();
    for (int i = 0; i < MANY; i++) {
      Hello hello = new Hello(bytes(i, 32), point(i), point(MANY + i));
      candidates.hear(ContinuingHello.hashOf(hello), hello, "", 0);
    }
    assertEquals(Message.MAX_MEMBERS, candidates.all(0).size());
    // They are forgotten when they say no more; then one source has place for one.
    for (int i = 1; i < MANY; i++) {
      Hello hello = new Hello(bytes(-i, 32), point(i), point(MANY + i));
      candidates.hear(ContinuingHello.hashOf(hello), hello, "there", 60_000);
    }
    assertEquals(1, candidates.all(60_000).size());
  }

  /** Half-open set-ups: of lobbies there are eight, however many want to meet somebody. */
  @Test
  void lobbiesAreBounded() throws Exception {
    LivingEpoch sponsor =
        LivingEpoch.of(TestGroup.of("lobbies", ROOM.withJoinPolicy(JoinPolicy.SPONSORED), 2))
            .get(0);
    Lobbies lobbies = new Lobbies(sponsor.context());
    int met = 0;
    for (int i = 0; i < 20; i++) {
      Hello hello = hello(setup(i), i);
      Bytes hash = ContinuingHello.hashOf(hello);
      sponsor.context().candidates().hear(hash, hello, "", 0);
      met += lobbies.meet(hash) ? 1 : 0;
    }
    assertEquals(8, met);
    assertEquals(8, lobbies.attempts().count());
  }

  private static KeyPair identity(int number) {
    return TestGroup.identity("bounds", number);
  }

  private static SessionParameterSpec spec(int number) {
    return SessionParameterSpec.of(ROOM, new Nickname(TestGroup.nickname(number)));
  }

  private static Setup setup(int number) throws Exception {
    IdentityKey key = IdentityKey.of(identity(number).getPrivate());
    return new Setup(key, spec(number), new SeededRandom("bounds " + number));
  }

  private static Hello hello(Setup setup, int number) throws Exception {
    return setup.hello(IdentityKeys.publicPoint(identity(number).getPublic()));
  }

  /** A set-up of this member and two others, whose introductions a relay alters at will. */
  private static final class Attacked implements Attempt.Listener {
    private final List<byte[]> sent = new ArrayList<>();
    private final Attempt attempt;
    private final List<Introduction> introductions = new ArrayList<>();

    Attacked(boolean isWary) throws Exception {
      attempt =
          new Attempt(
              IdentityKey.of(identity(0).getPrivate()),
              IdentityKeys.publicPoint(identity(0).getPublic()),
              spec(0),
              isWary,
              new SeededRandom("attacked"),
              this,
              0);
      Map<Bytes, Hello> hellos = new HashMap<>(Map.of(attempt.helloHash(), attempt.hello()));
      List<Setup> others = new ArrayList<>();
      for (int i = 1; i <= 2; i++) {
        others.add(setup(i));
        Hello hello = hello(others.get(i - 1), i);
        hellos.put(ContinuingHello.hashOf(hello), hello);
      }
      Start start = others.get(0).start(Start.NO_PROPOSAL, hellos.keySet());
      attempt.follow(start, spec(0), hellos, Map.of(), 0);
      for (Setup other : others) {
        introductions.add(other.introduce(List.copyOf(hellos.values()), Map.of()));
      }
    }

    void hear(Introduction introduction) {
      attempt.hear(introduction, 0);
    }

    boolean isShared() {
      return sent.stream().anyMatch(message -> Groups.is(MessageType.SHARE, message));
    }

    Introduction altered(int number) {
      return introductions.get(0).signed(bytes(number, 64));
    }

    @Override
    public void send(byte[] message) {
      sent.add(message);
    }

    @Override
    public void mayRead(Attempt from, Roster roster) {
      // It says its SHARE next.
    }

    @Override
    public void completed(Attempt from, GroupKey key) {
      throw new AssertionError("nobody attests here");
    }

    @Override
    public void failed(Attempt from, Optional<SetupFailedException> check) {
      throw new AssertionError(
          "what a relay alters fails no set-up that has the true message", null);
    }
  }

  /** Memory exhaustion by messages in others' names, of which one may be true. */
  @Test
  void versionsOfAMessageAreBounded() throws Exception {
    Attacked member = new Attacked(false);
    for (int i = 0; i < 4; i++) {
      member.hear(member.altered(i));
    }
    long before = Reachable.bytes(member.attempt);
    for (int i = 4; i < 50; i++) {
      member.hear(member.altered(i));
    }
    assertTrue(Reachable.bytes(member.attempt) <= before, "a fifth version was kept");
    member.hear(member.introductions.get(0));
    member.hear(member.introductions.get(1));
    assertTrue(member.isShared(), "forged versions kept the true one out");
  }

  /** The same after a first failure, when signatures are checked before anything else. */
  @Test
  void whatIsFoundToBeForgedIsNotKept() throws Exception {
    Attacked member = new Attacked(true);
    member.hear(member.introductions.get(1));
    member.hear(member.altered(0));
    long before = Reachable.bytes(member.attempt);
    for (int i = 1; i < 50; i++) {
      member.hear(member.altered(i));
    }
    long size = member.introductions.get(0).encoded().length();
    assertTrue(Reachable.bytes(member.attempt) <= before + size);
    member.hear(member.introductions.get(0));
    assertTrue(member.isShared());
  }
}

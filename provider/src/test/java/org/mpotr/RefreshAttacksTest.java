package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mpotr.TestGroup.Outcome;
import org.mpotr.TestGroup.Relay;
import org.mpotr.agreement.PreSharedKey;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.agreement.Setup;
import org.mpotr.agreement.SetupCheck;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.JoinPolicy;
import org.mpotr.epoch.Member;
import org.mpotr.epoch.PreSharedKeyScheme;
import org.mpotr.identity.IdentityKey;
import org.mpotr.identity.IdentityKeys;
import org.mpotr.identity.Nickname;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Frame;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Introduction;
import org.mpotr.wire.Start;

/**
 * The attacks of PROTOCOL.md, section 14, that use what was stolen or said before, each under the
 * name it has there.
 */
class RefreshAttacksTest {

  private static final EpochParameters PARAMETERS = EpochParameters.of("#tea");
  private static final int MALLORY = Mallory.NUMBER;

  @Test
  @DisplayName("an insider takes another's name at a resumed refresh")
  void takesAnothersName() throws Exception {
    TestGroup before = TestGroup.of("before", 3);
    Outcome first = before.run();
    EpochParameters next = PARAMETERS.next(first.key(0).sid());

    // As itself, under the name of 1, who is absent.
    TestGroup renamed = continuing("renamed", next, before, first, 0);
    renamed.add(TestGroup.nickname(1), before.member(MALLORY).identity(), spec -> spec);
    renamed.member(0).continuing(() -> places(first, MALLORY, renamed.helloOf(1)));
    AttacksTest.assertFailure(renamed.run(), 0, SetupCheck.IDENTITY_CHANGED, 1);

    // In the place of 1, with the name and the identity of 1: in full, or with what Mallory has in
    // place of the secret of 0 and 1, its own one with 0 among it.
    GroupKey own = first.key(MALLORY);
    Bytes idOf0 = own.roster().get(first.key(0).ownIndex()).id();
    byte[] ownSecret = own.secrets(SecretAccess.GRANTED).resumption(idOf0, 1).orElseThrow();
    for (byte[] secret : Arrays.asList(null, new byte[64], ownSecret)) {
      TestGroup taken = continuing("taken", next, before, first, 0);
      taken.add(new TakesPlace(next, before.member(1).identity(), secret));
      taken.member(0).continuing(() -> places(first, 1, taken.helloOf(1)));
      AttacksTest.assertFailure(taken.run(), 0, SetupCheck.BAD_CONFIRMATION, 1);
    }
  }

  private static Map<Integer, Key> places(Outcome before, int member, Key hello) {
    return Map.of(before.key(member).ownIndex(), hello);
  }

  private static final class TakesPlace extends Mallory {
    private final KeyPair claimed;
    private final byte[] secret;

    TakesPlace(EpochParameters parameters, KeyPair claimed, byte[] secret) {
      super("taken", parameters);
      this.claimed = claimed;
      this.secret = secret;
    }

    @Override
    protected boolean resumes(Victim to) {
      return secret != null;
    }

    @Override
    protected byte[] pairAuthentication(Victim to, byte[] honest) {
      return secret == null ? honest : secret;
    }

    @Override
    protected Bytes claimedNickname() {
      return Bytes.of(TestGroup.nickname(1).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected Bytes claimedIdentity() {
      return Mallory.spki(claimed);
    }

    @Override
    protected byte[] sealedKeyContent(Victim to, byte[] introKeyAndFlag) {
      introKeyAndFlag[16] = (byte) (secret == null ? 0 : 1);
      return introKeyAndFlag;
    }
  }

  @Test
  @DisplayName("replay across epochs and attempts: messages of a set-up")
  void replayedSetup() throws Exception {
    TestGroup group = TestGroup.of("replay", 2);
    Outcome first = group.run();
    for (Round round : Round.values()) {
      // The very same members try again; the relay has the messages of the first attempt.
      Outcome again = group.over(Relay.changing(round, 1, 0, said -> first.sent(round, 1))).run();
      assertFalse(again.hasKey(0), round.name());
      assertEquals(SetupCheck.FOREIGN, again.failure(0).check(), round.name());
      for (int i = 0; i < group.size(); i++) {
        group.member(i).restart();
      }
    }
  }

  @Test
  @DisplayName("values reused when a set-up is tried again")
  void everythingFresh() throws Exception {
    TestGroup members = TestGroup.of("fresh", 2);
    List<Bytes> seen = new ArrayList<>();
    for (int attempt = 0; attempt < 3; attempt++) {
      // The very same objects; the relay breaks the second attempt off, after which they start
      // anew.
      boolean isBroken = attempt == 1;
      Mallory curious =
          new Mallory("curious" + attempt, PARAMETERS) {
            @Override
            protected void learned(Bytes secret) {
              seen.add(secret);
            }
          };
      TestGroup group = TestGroup.empty("fresh", PARAMETERS);
      group.add(members.member(0)).add(members.member(1)).add(curious);
      if (isBroken) {
        group.over(Relay.changing(Round.ATTEST, 0, 1, said -> null));
      }
      Outcome outcome = group.run();
      assertEquals(!isBroken, outcome.hasKey(1));
      for (int i = 0; i < 2; i++) {
        Hello hello = Tampering.hello(outcome.sent(Round.HELLO, i));
        Introduction introduction = Tampering.introduction(outcome.sent(Round.INTRODUCTION, i));
        seen.addAll(List.of(hello.nonce(), hello.agreementKey(), hello.signatureKey()));
        seen.addAll(List.of(introduction.commitment(), introduction.introKeyHash()));
        seen.add(introduction.sealedBody());
        seen.add(Tampering.share(outcome.sent(Round.SHARE, i)).entries().get(0).confirmation());
        members.member(i).restart();
      }
      seen.add(Tampering.introduction(outcome.sent(Round.INTRODUCTION, 0)).header().sid());
    }
    // Of each member and attempt 7 values that travel, its r and its intro key; and the sid.
    assertEquals(3 * (2 * (7 + 2) + 1), seen.size());
    assertEquals(seen.size(), new HashSet<>(seen).size());
  }

  @Test
  @DisplayName("old messages provable to a joiner")
  void freshSignatureKeys() throws Exception {
    TestGroup before = TestGroup.of("joiner", 2);
    Outcome first = before.run();
    TestGroup after =
        continuing("joiner 2", PARAMETERS.next(first.key(0).sid()), before, first, 0, 1);
    Outcome second = after.add("joiner").run();
    Set<PublicPoint> keys = new HashSet<>();
    for (GroupKey key : List.of(first.key(0), second.key(0))) {
      key.roster().forEach(member -> keys.add(member.signatureKey()));
    }
    assertEquals(2 + 3, keys.size());
    byte[] old = TestFrames.seal(first.key(0), 0, "before you came");
    GroupKey joiner = second.key(2);
    assertThrows(AEADBadTagException.class, () -> TestFrames.open(joiner, old));
    for (Member member : joiner.roster()) {
      Signature verifier = Signature.getInstance("mpOTR", MpotrProvider.instance());
      verifier.initVerify(joiner.verificationKey(member.index()));
      verifier.update(old, 0, TestFrames.signatureOffset(old));
      assertFalse(verifier.verify(TestFrames.signature(old)));
    }
  }

  @Test
  @DisplayName("a relay that adds members")
  void forgedMembers() throws Exception {
    // Without the pre-shared key it learns no name and is refused.
    byte[] secret = new byte[PreSharedKey.BYTES];
    EpochParameters closed =
        PARAMETERS
            .withPreSharedKey(PreSharedKeyScheme.RANDOM_KEY)
            .withJoinPolicy(JoinPolicy.PRE_SHARED_KEY);
    TestGroup group = TestGroup.empty("closed", closed);
    for (int i = 0; i < 2; i++) {
      group.add(
          TestGroup.nickname(i), spec -> spec.withPreSharedKey(PreSharedKey.ofRandomKey(secret)));
    }
    Outcome outcome = group.add(new Mallory("relay", closed)).run();
    AttacksTest.assertFailure(outcome, 0, SetupCheck.BAD_SEAL, MALLORY);
    AttacksTest.assertFailure(outcome, 1, SetupCheck.BAD_SEAL, MALLORY);
    assertEquals(SetupCheck.BAD_SEAL, outcome.failure(MALLORY).check());

    // With a policy of one's own it hears nothing that only members may know.
    KeyPair known = TestGroup.identity("known", 0);
    PublicPoint knownPoint = IdentityKeys.publicPoint(known.getPublic());
    EpochParameters policy = PARAMETERS.withJoinPolicy(JoinPolicy.KNOWN_IDENTITIES);
    TestGroup strict =
        TestGroup.empty("strict", policy)
            .add("a", s -> s.withPolicy(member -> member.identity().equals(knownPoint)))
            .add("b", known, s -> s.withPolicy(member -> true))
            .add(new Mallory("relay", policy));
    Outcome refused = strict.run();
    AttacksTest.assertFailure(refused, 0, SetupCheck.NOT_ADMITTED, MALLORY);
    assertNull(refused.sent(Round.SHARE, 0));
  }

  @Test
  @DisplayName("weak or repeated ECDSA nonce")
  void hedgedNonces() throws Exception {
    Set<Bytes> seen = new HashSet<>();
    int signatures = 0;
    TestGroup group = TestGroup.of("nonces", 3);
    Outcome outcome = group.run();
    for (Round round : List.of(Round.INTRODUCTION, Round.SHARE, Round.ATTEST)) {
      for (Key message : outcome.sent(round)) {
        byte[] encoded = message.getEncoded();
        seen.add(Bytes.slice(encoded, encoded.length - P256.SIGNATURE_BYTES, P256.SCALAR_BYTES));
        signatures++;
      }
    }
    for (int i = 0; i < 20; i++) {
      byte[] frame = TestFrames.seal(outcome.key(i % 3), 0, "the same");
      seen.add(Bytes.leading(TestFrames.signature(frame), P256.SCALAR_BYTES));
      Signature signer = Signature.getInstance("mpOTR", MpotrProvider.instance());
      signer.initSign(outcome.key(i % 3).signingKey());
      signer.update((byte) 1);
      seen.add(Bytes.leading(signer.sign(), P256.SCALAR_BYTES));
      signatures += 2;
    }
    assertEquals(signatures, seen.size());

    // The very same frame, and the very same START, once more.
    assertNotEquals(
        nonceOf(TestFrames.seal(outcome.key(0), 1, "one", new StuckForIvs())),
        nonceOf(TestFrames.seal(outcome.key(0), 1, "one", new StuckForIvs())));
    KeyPair identity = TestGroup.identity("nonces", 0);
    SessionParameterSpec spec = SessionParameterSpec.of(PARAMETERS, new Nickname("a"));
    Setup starter =
        new Setup(IdentityKey.of(identity.getPrivate()), spec, new SeededRandom("nonces"));
    starter.hello(IdentityKeys.publicPoint(identity.getPublic()));
    assertNotEquals(
        starter.start(Start.NO_PROPOSAL, List.of()), starter.start(Start.NO_PROPOSAL, List.of()));

    // With a generator that is stuck, another message or key still has another nonce.
    SecureRandom stuck = new Stuck();
    byte[] one = TestFrames.seal(outcome.key(0), 1, "one", stuck);
    byte[] two = TestFrames.seal(outcome.key(0), 1, "two", stuck);
    assertNotEquals(nonceOf(one), nonceOf(two));
    byte[] digest = new byte[64];
    Set<Bytes> signers = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      SecretScalar e = outcome.key(i).secrets(SecretAccess.GRANTED).signatureScalar();
      byte[] signature = P256.engine().sign(e, digest, new byte[P256.HEDGE_BYTES]);
      signers.add(Bytes.leading(signature, P256.SCALAR_BYTES));
    }
    assertEquals(3, signers.size());
  }

  /** What of a frame tells its nonce from others. */
  private static Bytes nonceOf(byte[] frame) {
    return Bytes.leading(TestFrames.signature(frame), P256.SCALAR_BYTES);
  }

  /** A generator that gives the same IVs for ever. */
  private static final class StuckForIvs extends SecureRandom {
    private static final long serialVersionUID = 1;

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length == Frame.IV_BYTES) {
        Arrays.fill(bytes, (byte) 7);
      } else {
        super.nextBytes(bytes);
      }
    }
  }

  /** A generator that gives the same byte for ever. */
  static final class Stuck extends SecureRandom {
    private static final long serialVersionUID = 1;

    @Override
    public void nextBytes(byte[] bytes) {
      Arrays.fill(bytes, (byte) 7);
    }
  }

  static TestGroup continuing(
      String seed, EpochParameters parameters, TestGroup before, Outcome first, int... members)
      throws GeneralSecurityException {
    TestGroup after = TestGroup.empty(seed, parameters);
    for (int i : members) {
      after.addContinuing(TestGroup.nickname(i), before.member(i).identity(), first.key(i));
    }
    return after;
  }
}

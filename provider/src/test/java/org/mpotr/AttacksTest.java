package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mpotr.TestGroup.Outcome;
import org.mpotr.TestGroup.Relay;
import org.mpotr.agreement.MessageKey;
import org.mpotr.agreement.SetupCheck;
import org.mpotr.agreement.SetupFailedException;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.identity.IdentityKey;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Introduction;
import org.mpotr.wire.Share;

/**
 * The attacks of PROTOCOL.md, section 14, on setting up an epoch, each under the name it has there.
 */
class AttacksTest {

  private static final EpochParameters PARAMETERS = EpochParameters.of("#tea");
  private static final EpochParameters SIGNED =
      PARAMETERS.withAuthentication(AuthenticationMode.SIGNATURE);
  private static final int MALLORY = Mallory.NUMBER;

  @Test
  @DisplayName("relay splits or merges rosters")
  void splitsOrMerges() throws Exception {
    Outcome split =
        TestGroup.of("split", 3)
            .over(
                Relay.changing(
                    Round.HELLO, 0, sent -> new ArrayList<>(sent.subList(0, sent.size() - 1))))
            .run();
    assertFalse(split.hasAnyKey());
    // 1 waits for the INTRODUCTION of 0, who is in another session.
    assertEquals(SetupCheck.FOREIGN, split.failure(1).check());

    TestGroup merged = TestGroup.of("merge", PARAMETERS, 2);
    TestGroup other = TestGroup.of("milk", EpochParameters.of("#milk"), 1);
    Outcome both = merged.add(other.member(0)).run();
    assertFalse(both.hasAnyKey());
    assertEquals(SetupCheck.FOREIGN, both.failure(0).check());
    assertEquals(SetupCheck.FOREIGN, both.failure(2).check());
  }

  @Test
  @DisplayName("relay swaps or injects messages")
  void swapsOrInjects() throws Exception {
    Outcome swapped =
        TestGroup.of("swap", 3)
            .over(Relay.changing(Round.SHARE, 0, 1, AttacksTest::swapEntries))
            .run();
    assertFalse(swapped.hasAnyKey());
    assertFailure(swapped, 1, SetupCheck.BAD_SIGNATURE, 0);

    // Two members hear one commitment of 0, the third another.
    Outcome twoViews =
        TestGroup.of("views", 3)
            .over(
                Relay.changing(
                    Round.INTRODUCTION,
                    0,
                    1,
                    said ->
                        Tampering.change(
                            said,
                            i -> Tampering.withCommitment(i, Tampering.flip(i.commitment())))))
            .run();
    assertFalse(twoViews.hasAnyKey());
    assertFailure(twoViews, 1, SetupCheck.BAD_SIGNATURE, 0);
    assertFailure(twoViews, 2, SetupCheck.BAD_CONFIRMATION, 1);

    Outcome strangers = TestGroup.of("strangers", 3).run();
    Outcome injected =
        TestGroup.of("inject", 3)
            .over(
                Relay.changing(
                    Round.SHARE,
                    1,
                    sent -> {
                      sent.add(strangers.sent(Round.SHARE, 2));
                      return sent;
                    }))
            .run();
    assertEquals(SetupCheck.FOREIGN, injected.failure(1).check());
  }

  @Test
  @DisplayName("relay withholds one ATTEST")
  void withholdsAttest() throws Exception {
    TestGroup group =
        TestGroup.of("withheld", 3)
            .over(
                Relay.changing(
                    Round.ATTEST,
                    1,
                    sent -> {
                      sent.remove(2);
                      return sent;
                    }));
    Outcome outcome = group.run();
    assertFailure(outcome, 1, SetupCheck.MISSING, 2);
    assertThrows(
        IllegalStateException.class, () -> group.member(1).agreement().generateSecret("mpOTR"));
    // Anybody may forward it.
    group.member(1).answer(Round.ATTEST, outcome.sent(Round.ATTEST));
    GroupKey late = group.member(1).takeKey().orElseThrow();
    assertEquals(outcome.key(0).groupCode(), late.groupCode());
  }

  @Test
  @DisplayName("planted ephemeral key as evidence of participation")
  void plantedKey() throws Exception {
    for (EpochParameters parameters : List.of(PARAMETERS, SIGNED)) {
      Hello planted = Tampering.hello(TestGroup.of("elsewhere", 2).run().sent(Round.HELLO, 0));
      try (Token token = new Token()) {
        KeyPair witness = token.hold(TestGroup.identity("witness", 0));
        Mallory judge =
            new Mallory("judge", parameters) {
              @Override
              protected Hello ownHello(Hello honest) {
                return new Hello(honest.nonce(), planted.agreementKey(), honest.signatureKey());
              }
            };
        TestGroup group = TestGroup.empty("judge", parameters).add("alice", witness, spec -> spec);
        Outcome outcome = group.add(judge).run();

        // The judge's own seals cannot be right, and it cannot open those of its victim.
        assertFailure(outcome, 0, SetupCheck.BAD_SEAL, 1);
        assertFailure(outcome, 1, SetupCheck.BAD_SEAL, 0);
        assertNull(outcome.sent(Round.SHARE, 0));
        // What the long-term key touched: the base point, to compare it with its public half.
        boolean isSigned = parameters.authentication() == AuthenticationMode.SIGNATURE;
        assertEquals(isSigned ? 0 : 1, token.agreedWith().size());
        assertEquals(isSigned ? 1 : 0, token.signatures().size());
      }
    }
  }

  @Test
  @DisplayName("misbinding, unknown key share")
  void misbinding() throws Exception {
    KeyPair carol = TestGroup.identity("carol", 0);
    Outcome outcome = withMallory(new ClaimsToBe("misbinding", PARAMETERS, carol));
    assertFailure(outcome, 0, SetupCheck.BAD_CONFIRMATION, MALLORY);
    assertFailure(outcome, 1, SetupCheck.BAD_CONFIRMATION, MALLORY);
    assertFalse(outcome.hasAnyKey());
  }

  private static class ClaimsToBe extends Mallory {
    private final KeyPair claimed;

    ClaimsToBe(String seed, EpochParameters parameters, KeyPair claimed) {
      super(seed, parameters);
      this.claimed = claimed;
    }

    @Override
    protected Bytes claimedIdentity() {
      return Mallory.spki(claimed);
    }
  }

  @Test
  @DisplayName("reflection")
  void reflection() throws Exception {
    TestGroup group = TestGroup.of("reflection", 2);
    Outcome outcome =
        group
            .over(
                (round, receiver, sent) ->
                    round == Round.SHARE && receiver == 0
                        ? List.of(sent.get(0), reflected(sent.get(0), sent.get(1)))
                        : sent)
            .run();
    assertFailure(outcome, 0, SetupCheck.BAD_SIGNATURE, 1);
    SetupFailedException cause = (SetupFailedException) outcome.failure(0).getCause();
    assertEquals(SetupCheck.BAD_CONFIRMATION, cause.check());

    Outcome introduced =
        TestGroup.of("reflection", 2)
            .over(
                (round, receiver, sent) ->
                    round == Round.INTRODUCTION && receiver == 0
                        ? List.of(sent.get(0), reflectedIntroduction(sent.get(0), sent.get(1)))
                        : sent)
            .run();
    cause = (SetupFailedException) introduced.failure(0).getCause();
    assertEquals(SetupCheck.BAD_SEAL, cause.check());
  }

  private static Key reflected(Key own, Key others) {
    Share theirs = Tampering.share(others);
    return new MessageKey(
        new Share(theirs.header(), Tampering.share(own).entries(), theirs.signature()));
  }

  private static Key reflectedIntroduction(Key own, Key others) {
    return Tampering.change(
        others,
        theirs ->
            new Introduction(
                theirs.header(),
                theirs.introKeyHash(),
                theirs.sealedBody(),
                Tampering.introduction(own).sealedKeys(),
                theirs.commitment(),
                theirs.signature()));
  }

  @Test
  @DisplayName("reuse of somebody's identity signature")
  void reusedIdentitySignature() throws Exception {
    KeyPair carol = TestGroup.identity("reuse", 0);
    List<Bytes> stolen = new ArrayList<>();
    Mallory carolHerself =
        new Mallory("reuse", SIGNED) {
          @Override
          protected Bytes claimedIdentity() {
            return Mallory.spki(carol);
          }

          @Override
          protected Bytes identitySignature(byte[] claim) throws InvalidKeyException {
            stolen.add(Bytes.of(IdentityKey.of(carol.getPrivate()).sign(claim, random)));
            return stolen.get(stolen.size() - 1);
          }
        };
    // In the very session in which it was made, where only m and E are others.
    TestGroup same = TestGroup.of("same session", SIGNED, 1).add(carolHerself);
    Outcome outcome = same.add(new Reuses("thief", carol, stolen)).run();
    assertFailure(outcome, 0, SetupCheck.BAD_IDENTITY_SIGNATURE, MALLORY);
    // And in another one, even by a thief of Carol's x and e, whose m and E are hers.
    Outcome later = withMallory(new Reuses("reuse", carol, stolen));
    assertFailure(later, 0, SetupCheck.BAD_IDENTITY_SIGNATURE, MALLORY);
    assertFailure(later, 1, SetupCheck.BAD_IDENTITY_SIGNATURE, MALLORY);
  }

  private static final class Reuses extends ClaimsToBe {
    private final List<Bytes> stolen;

    Reuses(String seed, KeyPair claimed, List<Bytes> stolen) {
      super(seed, SIGNED, claimed);
      this.stolen = stolen;
    }

    @Override
    protected Bytes identitySignature(byte[] claim) {
      return stolen.get(0);
    }
  }

  @Test
  @DisplayName("an insider gives members different shares")
  void differentShares() throws Exception {
    // Under one commitment: whoever gets the other share sees it.
    TestGroup one = TestGroup.of("shares", 2);
    Outcome outcome = one.add(new DeceivesOne("shares", one)).run();
    assertFailure(outcome, 1, SetupCheck.SHARE_AGAINST_COMMITMENT, MALLORY);
    assertFalse(outcome.hasAnyKey());

    // Under two, with the help of the relay: the two that were told different things see it.
    TestGroup two = TestGroup.of("faces", 2);
    DeceivesOne twoFaced = new DeceivesOne("faces", two);
    Outcome twoFaces =
        two.add(twoFaced)
            .over(Relay.changing(Round.INTRODUCTION, MALLORY, 1, twoFaced::otherIntroduction))
            .run();
    assertFailure(twoFaces, 0, SetupCheck.BAD_CONFIRMATION, 1);
    assertEquals(SetupCheck.BAD_CONFIRMATION, twoFaces.failure(1).check());
  }

  /** Gives 1 another contribution than it gives 0. */
  private static final class DeceivesOne extends Mallory {
    private final TestGroup group;

    DeceivesOne(String seed, TestGroup group) {
      super(seed, PARAMETERS);
      this.group = group;
    }

    @Override
    protected byte[] contributionFor(Victim to, byte[] honest) {
      boolean isDeceived = to.id().equals(Member.idOf(Tampering.hello(group.helloOf(1))));
      return isDeceived ? new byte[honest.length] : honest;
    }

    Key otherIntroduction(Key said) {
      Bytes commitment = commitmentTo(new byte[16]);
      return signed(Tampering.withCommitment(Tampering.introduction(said), commitment));
    }
  }

  @Test
  @DisplayName("an insider steers the key; grinding short group codes")
  void steering() throws Exception {
    // Mallory waits for the contributions of all others and then takes the one that suits it.
    Mallory waiting =
        new Mallory("steering", PARAMETERS) {
          @Override
          protected byte[] contributionFor(Victim to, byte[] committed) {
            return new byte[committed.length];
          }
        };
    Outcome outcome = withMallory(waiting);
    assertFailure(outcome, 0, SetupCheck.SHARE_AGAINST_COMMITMENT, MALLORY);
    assertFailure(outcome, 1, SetupCheck.SHARE_AGAINST_COMMITMENT, MALLORY);
  }

  @Test
  @DisplayName("an insider frames another member")
  void framing() throws Exception {
    // A share of 1 that was altered on its way to 0 is not called a lie of 1's, but unsigned.
    Outcome altered =
        TestGroup.of("framing", 3)
            .over(Relay.changing(Round.SHARE, 1, 0, AttacksTest::swapEntries))
            .run();
    assertFailure(altered, 0, SetupCheck.BAD_SIGNATURE, 1);
    // What Mallory signed itself is Mallory's.
    Mallory liar =
        new Mallory("framing", PARAMETERS) {
          @Override
          protected Bytes confirmationFor(Victim to, Bytes honest) {
            return Tampering.flip(honest);
          }
        };
    assertFailure(withMallory(liar), 0, SetupCheck.BAD_CONFIRMATION, MALLORY);
  }

  private static Key swapEntries(Key said) {
    Share share = Tampering.share(said);
    List<Share.Entry> swapped = new ArrayList<>(share.entries());
    Collections.reverse(swapped);
    return new MessageKey(new Share(share.header(), swapped, share.signature()));
  }

  /** Two members that keep to the protocol, and Mallory. */
  private static Outcome withMallory(Mallory mallory) throws GeneralSecurityException {
    return TestGroup.of("victims of mallory", mallory.parameters(), 2).add(mallory).run();
  }

  static void assertFailure(Outcome outcome, int member, SetupCheck check, int concerned) {
    SetupFailedException failure = outcome.failure(member);
    assertEquals(check, failure.check(), failure.getMessage());
    Bytes id = Member.idOf(Tampering.hello(outcome.sent(Round.HELLO, concerned)));
    assertEquals(id, failure.memberId().orElseThrow());
  }
}

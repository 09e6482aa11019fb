package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.GeneralSecurityException;
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
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
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

    // As many members, one of whom is not the same for everybody.
    Key stranger = TestGroup.of("stranger", 2).run().sent(Round.HELLO, 0);
    Outcome swapped =
        TestGroup.of("split", 3).over(Relay.changing(Round.HELLO, 2, 0, said -> stranger)).run();
    assertFalse(swapped.hasAnyKey());
    assertEquals(SetupCheck.FOREIGN, swapped.failure(0).check());
    assertEquals(SetupCheck.FOREIGN, swapped.failure(1).check());

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

  /** What is altered in a SHARE for somebody else shows in T3 alone. */
  @Test
  @DisplayName("relay swaps messages: what is for somebody else")
  void swapsWhatIsForOthers() throws Exception {
    TestGroup group = TestGroup.of("others", 3);
    Outcome outcome =
        group
            .over(
                Relay.changing(
                    Round.SHARE, 0, 1, said -> withoutEntry(said, isBefore(group, 1, 2) ? 1 : 0)))
            .run();
    assertFalse(outcome.hasAnyKey());
    assertFailure(outcome, 1, SetupCheck.BAD_SIGNATURE, 0);
    SetupFailedException cause = (SetupFailedException) outcome.failure(1).getCause();
    assertEquals(SetupCheck.ATTEST_MISMATCH_TRANSCRIPT, cause.check());
    assertFailure(outcome, 0, SetupCheck.ATTEST_MISMATCH_TRANSCRIPT, 1);
    assertFailure(outcome, 2, SetupCheck.ATTEST_MISMATCH_TRANSCRIPT, 1);
  }

  private static boolean isBefore(TestGroup group, int one, int other) {
    Bytes id = Member.idOf(Tampering.hello(group.helloOf(one)));
    return id.compareTo(Member.idOf(Tampering.hello(group.helloOf(other)))) < 0;
  }

  private static Key withoutEntry(Key said, int place) {
    Share share = Tampering.share(said);
    List<Share.Entry> entries = new ArrayList<>(share.entries());
    Share.Entry entry = entries.get(place);
    entries.set(
        place,
        new Share.Entry(
            Tampering.flip(entry.confirmation()), Tampering.flip(entry.sealedContribution())));
    return new MessageKey(new Share(share.header(), entries, share.signature()));
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
  static Outcome withMallory(Mallory mallory) throws GeneralSecurityException {
    return TestGroup.of("victims of mallory", mallory.parameters(), 2).add(mallory).run();
  }

  static void assertFailure(Outcome outcome, int member, SetupCheck check, int concerned) {
    SetupFailedException failure = outcome.failure(member);
    assertEquals(check, failure.check(), failure.getMessage());
    Bytes id = Member.idOf(Tampering.hello(outcome.sent(Round.HELLO, concerned)));
    assertEquals(id, failure.memberId().orElseThrow());
  }
}

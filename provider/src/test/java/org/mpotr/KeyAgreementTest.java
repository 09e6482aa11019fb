package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.IvParameterSpec;
import org.junit.jupiter.api.Test;
import org.mpotr.TestGroup.Outcome;
import org.mpotr.agreement.PreSharedKey;
import org.mpotr.agreement.RoundKey;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.agreement.SetupCheck;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.JoinPolicy;
import org.mpotr.epoch.PreSharedKeyScheme;
import org.mpotr.identity.Nickname;
import org.mpotr.wire.Bytes;

/** KeyAgreement "mpOTR" as the Java platform knows key agreements, and what members must share. */
class KeyAgreementTest {

  private static final EpochParameters PARAMETERS = EpochParameters.of("#tea");

  private static KeyAgreement agreement() throws GeneralSecurityException {
    return KeyAgreement.getInstance("mpOTR", MpotrProvider.instance());
  }

  @Test
  void eachPhaseTakesItsOwnRoundAndFlag() throws Exception {
    TestGroup group = TestGroup.of("order", 2);
    Outcome outcome = TestGroup.of("another", 2).run();
    PublicKey identity = group.member(0).identity().getPublic();
    KeyAgreement agreement = group.member(0).agreement();
    RoundKey any = RoundKey.of(outcome.sent(Round.HELLO));
    assertThrows(IllegalStateException.class, () -> agreement.generateSecret("mpOTR"));
    // Before HELLO: a round, a message, the last flag.
    refused(agreement, any, false);
    refused(agreement, outcome.sent(Round.HELLO, 0), false);
    refused(agreement, identity, true);
    List<Key> said = List.of(group.member(0).hello(), group.member(1).hello());
    for (Round round : Round.values()) {
      RoundKey heard = RoundKey.of(said);
      refused(agreement, identity, round.isLast());
      refused(agreement, said.get(0), round.isLast());
      refused(agreement, heard, !round.isLast());
      assertThrows(IllegalStateException.class, () -> agreement.generateSecret("mpOTR"));
      Key own = group.member(0).answer(round, said);
      Key other = group.member(1).answer(round, said);
      if (!round.isLast()) {
        said = List.of(own, other);
      } else {
        assertNull(own);
      }
    }
    // Complete: only the key is left to take, under its one name.
    refused(agreement, any, false);
    refused(agreement, any, true);
    assertThrows(NoSuchAlgorithmException.class, () -> agreement.generateSecret("AES"));
    assertThrows(IllegalStateException.class, agreement::generateSecret);
    assertThrows(IllegalStateException.class, () -> agreement.generateSecret(new byte[64], 0));
    assertEquals(2, ((GroupKey) agreement.generateSecret("mpOTR")).roster().size());
    assertThrows(IllegalStateException.class, () -> agreement.generateSecret("mpOTR"));
    assertEquals("mpOTR", agreement.doPhase(identity, false).getAlgorithm());
  }

  private static void refused(KeyAgreement agreement, Key key, boolean last) {
    assertThrows(IllegalStateException.class, () -> agreement.doPhase(key, last));
  }

  @Test
  void whatInitDoesNotTake() throws Exception {
    KeyAgreement agreement = agreement();
    KeyPair pair = TestGroup.identity("init", 0);
    SessionParameterSpec spec = SessionParameterSpec.of("#tea", "alice");
    assertThrows(InvalidKeyException.class, () -> agreement.init(pair.getPrivate()));
    assertThrows(InvalidKeyException.class, () -> agreement.init(pair.getPublic(), spec));
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> agreement.init(pair.getPrivate(), new IvParameterSpec(new byte[16])));
    assertThrows(IllegalStateException.class, () -> agreement.doPhase(pair.getPublic(), false));
    EpochParameters secret = PARAMETERS.withPreSharedKey(PreSharedKeyScheme.RANDOM_KEY);
    Nickname alice = new Nickname("alice");
    GroupKey before = TestGroup.of("before", 2).run().key(0);
    for (SessionParameterSpec wrong :
        List.of(
            SessionParameterSpec.of(secret, alice),
            spec.withPreSharedKey(PreSharedKey.ofRandomKey(new byte[32])),
            SessionParameterSpec.of(secret, alice)
                .withPreSharedKey(PreSharedKey.ofPassphrase("tea".toCharArray())),
            SessionParameterSpec.of(PARAMETERS.withJoinPolicy(JoinPolicy.KNOWN_IDENTITIES), alice),
            spec.withPrevious(before),
            SessionParameterSpec.of(PARAMETERS.next(before.sid()), alice).withPrevious(before),
            SessionParameterSpec.of(
                    EpochParameters.of("#milk").next(before.sid()),
                    before.roster().get(before.ownIndex()).nickname())
                .withPrevious(before))) {
      assertThrows(
          InvalidAlgorithmParameterException.class, () -> agreement.init(pair.getPrivate(), wrong));
    }
    before.destroy();
    SessionParameterSpec erased =
        SessionParameterSpec.of(
                PARAMETERS.next(before.sid()), before.roster().get(before.ownIndex()).nickname())
            .withPrevious(before);
    assertThrows(
        InvalidAlgorithmParameterException.class, () -> agreement.init(pair.getPrivate(), erased));
    // A refused init leaves no half of it behind.
    assertThrows(IllegalStateException.class, () -> agreement.doPhase(pair.getPublic(), false));
    agreement.init(pair.getPrivate(), spec);
    assertEquals("mpOTR1", agreement.doPhase(pair.getPublic(), false).getFormat());
  }

  @Test
  void theKeyIsTakenWhateverWasErasedMeanwhile() throws Exception {
    PreSharedKey secret = PreSharedKey.ofRandomKey(new byte[32]);
    EpochParameters parameters = PARAMETERS.withPreSharedKey(PreSharedKeyScheme.RANDOM_KEY);
    TestGroup group = TestGroup.empty("erased", parameters);
    for (int i = 0; i < 2; i++) {
      group.add(TestGroup.nickname(i), spec -> spec.withPreSharedKey(secret));
    }
    group.over(
        (round, receiver, sent) -> {
          secret.destroy();
          return sent;
        });
    Outcome outcome = group.run();
    assertEquals(outcome.key(0).groupCode(), outcome.key(1).groupCode());
    // Only a further attempt needs it again.
    assertThrows(IllegalStateException.class, () -> group.member(0).hello());

    TestGroup first = TestGroup.of("first", 2);
    Outcome before = first.run();
    TestGroup second = TestGroup.empty("second", PARAMETERS.next(before.key(0).sid()));
    for (int i = 0; i < 2; i++) {
      second.addContinuing(TestGroup.nickname(i), first.member(i).identity(), before.key(i));
    }
    second.over(
        (round, receiver, sent) -> {
          if (round == Round.ATTEST) {
            before.key(receiver).destroy();
          }
          return sent;
        });
    Outcome after = second.run();
    assertEquals(after.key(0).groupCode(), after.key(1).groupCode());
    assertThrows(InvalidKeyException.class, () -> second.member(0).hello());
    assertThrows(IllegalStateException.class, () -> second.member(0).hello());
  }

  @Test
  void whoseKeyPairIsNoPairSaysNoHello() throws Exception {
    for (AuthenticationMode mode : AuthenticationMode.values()) {
      EpochParameters parameters = PARAMETERS.withAuthentication(mode);
      KeyPair mixed =
          new KeyPair(
              TestGroup.identity("one", 0).getPublic(), TestGroup.identity("two", 0).getPrivate());
      TestGroup group = TestGroup.empty("mixed", parameters).add("a", mixed, spec -> spec).add("b");
      Outcome outcome = group.run();
      assertFalse(outcome.hasAnyKey());
      assertNull(outcome.sent(Round.INTRODUCTION, 0));
    }
  }

  @Test
  void membersWithOtherParametersAreInAnotherSession() throws Exception {
    for (EpochParameters other :
        List.of(
            EpochParameters.of("#milk"),
            PARAMETERS.withAuthentication(AuthenticationMode.SIGNATURE),
            PARAMETERS.withJoinPolicy(JoinPolicy.SMP),
            PARAMETERS.next(Bytes.of(new byte[32])))) {
      TestGroup group = TestGroup.of("mine", 1);
      Outcome outcome = group.add(TestGroup.of("theirs", other, 1).member(0)).run();
      assertEquals(SetupCheck.FOREIGN, outcome.failure(0).check());
      assertEquals(SetupCheck.FOREIGN, outcome.failure(1).check());
    }
  }

  @Test
  void aWrongPreSharedKeyIsABadSealThatNamesTheMember() throws Exception {
    for (boolean isPassphrase : new boolean[] {false, true}) {
      PreSharedKeyScheme scheme =
          isPassphrase
              ? new PreSharedKeyScheme(
                  PreSharedKeyScheme.Kind.PASSPHRASE, Bytes.of(new byte[16]), 14, 8, 1)
              : PreSharedKeyScheme.RANDOM_KEY;
      EpochParameters parameters =
          PARAMETERS.withPreSharedKey(scheme).withJoinPolicy(JoinPolicy.PRE_SHARED_KEY);
      TestGroup same = withSecrets(parameters, isPassphrase, 7, 7);
      Outcome agreed = same.run();
      assertEquals(agreed.key(0).groupCode(), agreed.key(1).groupCode());
      Outcome outcome = withSecrets(parameters, isPassphrase, 7, 8).run();
      AttacksTest.assertFailure(outcome, 0, SetupCheck.BAD_SEAL, 1);
      AttacksTest.assertFailure(outcome, 1, SetupCheck.BAD_SEAL, 0);
    }
  }

  private static TestGroup withSecrets(
      EpochParameters parameters, boolean isPassphrase, int... secrets)
      throws GeneralSecurityException {
    TestGroup group = TestGroup.empty("psk", parameters);
    for (int secret : secrets) {
      byte[] key = new byte[32];
      key[31] = (byte) secret;
      PreSharedKey shared =
          isPassphrase
              ? PreSharedKey.ofPassphrase(("passphrase " + secret).toCharArray())
              : PreSharedKey.ofRandomKey(key);
      group.add(TestGroup.nickname(group.size()), spec -> spec.withPreSharedKey(shared));
    }
    return group;
  }

  @Test
  void whatContinuesMustHaveBeenThere() throws Exception {
    TestGroup first = TestGroup.of("first", 2);
    Outcome before = first.run();
    EpochParameters next = PARAMETERS.next(before.key(0).sid());
    for (int place : List.of(-1, before.key(0).ownIndex(), 2)) {
      TestGroup second = TestGroup.empty("second", next);
      second.addContinuing(TestGroup.nickname(0), first.member(0).identity(), before.key(0));
      second.add(TestGroup.nickname(1));
      second.member(0).continuing(() -> Map.of(place, second.helloOf(1)));
      Outcome outcome = second.run();
      assertFalse(outcome.hasAnyKey());
      assertNull(outcome.sent(Round.INTRODUCTION, 0));
    }
    RoundKey round = RoundKey.of(before.sent(Round.HELLO));
    Key hello = before.sent(Round.HELLO, 0);
    assertThrows(
        InvalidKeyException.class, () -> round.continuing(Map.of(0, before.sent(Round.SHARE, 0))));
    assertThrows(InvalidKeyException.class, () -> round.continuing(Map.of(0, hello, 1, hello)));
    assertTrue(round.continuing(Map.of(0, hello)).continuing().containsValue(0));
    assertNotEquals(round, round.continuing(Map.of()));
  }
}

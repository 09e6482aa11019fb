package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mpotr.TestGroup.Outcome;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.EpochSecrets;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Limits;
import org.mpotr.wire.Bytes;

/** Epochs that follow each other: who resumes, for how long, and with whom in full. */
class ResumptionTest {

  private static final int LIMIT = 2;

  private static EpochParameters parameters(AuthenticationMode mode) {
    return EpochParameters.of("#tea")
        .withAuthentication(mode)
        .withLimits(Limits.DEFAULT.withResumptions(LIMIT));
  }

  @ParameterizedTest
  @EnumSource
  void continuingMembersResumeAndRunInFullInBetween(AuthenticationMode mode) throws Exception {
    TestGroup group = TestGroup.of("epochs", parameters(mode), 2);
    KeyPair[] identities = {group.member(0).identity(), group.member(1).identity()};
    Outcome outcome = group.run();
    int[] expected = {0, 1, 2, 0, 1};
    for (int epoch = 0; ; epoch++) {
      assertEquals(outcome.key(0).groupCode(), outcome.key(1).groupCode());
      assertEquals(expected[epoch], resumedInARow(outcome.key(0), outcome.key(1)), "" + epoch);
      assertEquals(expected[epoch], resumedInARow(outcome.key(1), outcome.key(0)), "" + epoch);
      if (epoch == expected.length - 1) {
        break;
      }
      GroupKey before = outcome.key(0);
      outcome = next("epoch " + epoch, group.parameters(), epoch, outcome, identities).run();
      assertNotEquals(before.sid(), outcome.key(0).sid());
      assertNotEquals(before.groupCode(), outcome.key(0).groupCode());
      // The next epoch is attested: nothing of the one before resumes any more.
      assertTrue(secrets(before).resumption(otherThan(before), LIMIT).isEmpty());
    }
  }

  private static TestGroup next(
      String seed, EpochParameters first, int epoch, Outcome before, KeyPair... identities)
      throws GeneralSecurityException {
    EpochParameters parameters = before.key(0).parameters().next(before.key(0).sid());
    assertEquals(epoch + 1, parameters.epoch());
    assertEquals(first.channel(), parameters.channel());
    TestGroup group = TestGroup.empty(seed, parameters);
    for (int i = 0; i < identities.length; i++) {
      group.addContinuing(TestGroup.nickname(i), identities[i], before.key(i));
    }
    return group;
  }

  private static Bytes otherThan(GroupKey key) {
    return key.roster().get(1 - key.ownIndex()).id();
  }

  private static EpochSecrets secrets(GroupKey key) {
    return key.secrets(SecretAccess.GRANTED);
  }

  private static int resumedInARow(GroupKey of, GroupKey with) {
    return secrets(of).resumedInARow(of.roster().get(with.ownIndex()).id());
  }

  @ParameterizedTest
  @EnumSource
  void newcomersRunInFullAmongThoseWhoResume(AuthenticationMode mode) throws Exception {
    TestGroup group = TestGroup.of("mixed", parameters(mode), 3);
    Outcome before = group.run();
    TestGroup after =
        next(
            "mixed 2",
            group.parameters(),
            0,
            before,
            group.member(0).identity(),
            group.member(1).identity());
    Outcome outcome = after.add("newcomer").add("another").run();
    for (int i = 0; i < 4; i++) {
      assertEquals(4, outcome.key(i).roster().size());
      assertEquals(outcome.key(0).groupCode(), outcome.key(i).groupCode());
      for (int j = 0; j < 4; j++) {
        int expected = i != j && i < 2 && j < 2 ? 1 : 0;
        assertEquals(expected, resumedInARow(outcome.key(i), outcome.key(j)), i + " and " + j);
      }
    }
  }

  @Test
  void whoDoesNotKnowThatSomebodyContinuesRunsInFull() throws Exception {
    TestGroup group = TestGroup.of("unaware", 2);
    Outcome before = group.run();
    TestGroup after =
        next(
            "unaware 2",
            group.parameters(),
            0,
            before,
            group.member(0).identity(),
            group.member(1).identity());
    after.member(1).continuing(Map::of);
    Outcome outcome = after.run();
    assertEquals(outcome.key(0).groupCode(), outcome.key(1).groupCode());
    assertEquals(0, resumedInARow(outcome.key(0), outcome.key(1)));
    assertEquals(0, resumedInARow(outcome.key(1), outcome.key(0)));
  }

  @Test
  void anAttemptThatFailsCostsNoResumption() throws Exception {
    TestGroup group = TestGroup.of("retried", 2);
    Outcome before = group.run();
    for (int attempt = 0; attempt < 2; attempt++) {
      boolean isBroken = attempt == 0;
      TestGroup after =
          next(
              "retried " + attempt,
              group.parameters(),
              0,
              before,
              group.member(0).identity(),
              group.member(1).identity());
      if (isBroken) {
        after.over(
            TestGroup.Relay.changing(Round.SHARE, 1, 0, said -> before.sent(Round.SHARE, 1)));
      }
      Outcome outcome = after.run();
      assertEquals(!isBroken, outcome.hasAnyKey());
      assertFalse(before.key(0).isDestroyed());
      if (!isBroken) {
        assertEquals(1, resumedInARow(outcome.key(0), outcome.key(1)));
      }
    }
  }
}

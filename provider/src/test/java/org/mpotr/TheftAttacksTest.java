package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mpotr.TestGroup.Outcome;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.agreement.Setup;
import org.mpotr.agreement.SetupCheck;
import org.mpotr.agreement.SetupEvidence;
import org.mpotr.crypto.Labelled;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.EpochSecrets;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Limits;
import org.mpotr.epoch.Member;
import org.mpotr.identity.IdentityKey;
import org.mpotr.identity.IdentityKeys;
import org.mpotr.identity.Nickname;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireWriter;

/**
 * The attacks of PROTOCOL.md, section 14, of whoever steals keys: long-term ones later or now,
 * short-term ones now. Ephemeral terms are not to be had from them, and what is erased is nowhere
 * to be found.
 */
class TheftAttacksTest {

  private static final EpochParameters PARAMETERS = EpochParameters.of("#tea");

  /** With both long-term keys and all that travelled, a thief lacks but one agreement. */
  @Test
  @DisplayName("long-term key stolen later: the ephemeral term")
  void longTermKeysStolenLater() throws Exception {
    List<Bytes> terms = new ArrayList<>();
    KeyPair own = TestGroup.identity("later", 2);
    Mallory curious =
        new Mallory("later", PARAMETERS) {
          @Override
          protected byte[] pairAuthentication(Victim to, byte[] honest) {
            terms.add(Bytes.of(honest));
            return honest;
          }

          @Override
          protected byte[] agreeEphemeral(PublicPoint with) {
            byte[] agreed = super.agreeEphemeral(with);
            terms.add(Bytes.of(agreed));
            return agreed;
          }
        };
    TestGroup group = TestGroup.of("later", 1).add(curious);
    Outcome outcome = group.run();
    Bytes ephemeral = terms.get(0);
    Bytes authentication = terms.get(terms.size() - 1);
    assertEquals(authentication, stolen(outcome, group.member(0).identity(), own));

    Bytes sent = Tampering.share(outcome.sent(Round.SHARE, 0)).entries().get(0).confirmation();
    assertEquals(sent, confirmation(outcome, ephemeral, authentication));
    for (Bytes guess :
        List.of(
            Bytes.EMPTY,
            Bytes.of(new byte[32]),
            Bytes.slice(authentication.toArray(), 0, 32),
            Bytes.slice(authentication.toArray(), 32, 32))) {
      assertNotEquals(sent, confirmation(outcome, guess, authentication));
    }
  }

  private static List<Hello> hellos(Outcome outcome) {
    return List.of(
        Tampering.hello(outcome.sent(Round.HELLO, 0)),
        Tampering.hello(outcome.sent(Round.HELLO, 1)));
  }

  private static boolean isFirst(List<Hello> hellos) {
    return Member.idOf(hellos.get(0)).compareTo(Member.idOf(hellos.get(1))) < 0;
  }

  /** Both agreements of long-term with ephemeral keys, as the thief of both a has them. */
  private static Bytes stolen(Outcome outcome, KeyPair a0, KeyPair a1) throws InvalidKeyException {
    List<Hello> hellos = hellos(outcome);
    byte[] ofFirst = agree(a0, hellos.get(1));
    byte[] ofSecond = agree(a1, hellos.get(0));
    boolean isFirst = isFirst(hellos);
    WireWriter both = new WireWriter().opaque(isFirst ? ofFirst : ofSecond);
    return Bytes.of(both.opaque(isFirst ? ofSecond : ofFirst).finish());
  }

  private static byte[] agree(KeyPair identity, Hello with) throws InvalidKeyException {
    PublicPoint point = PublicPoint.decode(with.agreementKey().toArray());
    return IdentityKey.of(identity.getPrivate()).agree(List.of(point)).get(0);
  }

  /** What 0 sends 1 to confirm the key of their pair, by sections 4.2 to 4.5. */
  private static Bytes confirmation(Outcome outcome, Bytes ephemeral, Bytes authentication) {
    List<Hello> hellos = hellos(outcome);
    Bytes sid = Tampering.introduction(outcome.sent(Round.INTRODUCTION, 0)).header().sid();
    List<Integer> order = isFirst(hellos) ? List.of(0, 1) : List.of(1, 0);
    WireWriter messages = WireWriter.labelled("transcript 2", sid);
    for (int i : order) {
      messages.vector(hellos.get(i).encoded());
      messages.vector(Bytes.of(outcome.sent(Round.INTRODUCTION, i).getEncoded()));
    }
    Bytes transcript2 = Labelled.hash32(messages);
    WireWriter material =
        WireWriter.labelled("pair secret", sid)
            .uint8(1)
            .vector(ephemeral)
            .vector(authentication)
            .vector(Bytes.EMPTY);
    WireWriter pair = WireWriter.labelled("pair", sid).opaque(transcript2);
    order.forEach(i -> pair.opaque(Member.idOf(hellos.get(i))));
    byte[] key = Labelled.expand(Labelled.extract(sid.toArray(), material), pair, 64);
    WireWriter info = WireWriter.labelled("confirm", sid).opaque(transcript2);
    hellos.forEach(hello -> info.opaque(Member.idOf(hello)));
    return Bytes.of(Labelled.expand(key, info, 32));
  }

  /** Whoever takes the memory of a member afterwards finds nothing of what is to be erased. */
  @Test
  @DisplayName("long-term key stolen later: what was erased")
  void nothingErasedIsFound() throws Exception {
    Setup[] setups = {setup("a"), setup("b")};
    List<Message> said = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      PublicPoint own = IdentityKeys.publicPoint(TestGroup.identity("erased", i).getPublic());
      said.add(setups[i].hello(own));
    }
    byte[] x = setups[0].agreementScalar(SecretAccess.GRANTED).copyBytes();
    said = List.of(setups[0].introduce(said, Map.of()), setups[1].introduce(said, Map.of()));
    said = List.of(setups[0].share(said), setups[1].share(said));
    said = List.of(setups[0].attest(said), setups[1].attest(said));
    SetupEvidence evidence = setups[0].evidence(SecretAccess.GRANTED);
    List<Bytes> ofAttempt = new ArrayList<>(evidence.introKeys());
    ofAttempt.addAll(evidence.contributions());
    ofAttempt.add(Bytes.of(x));
    ofAttempt.forEach(secret -> assertTrue(Reachable.holds(secret, setups[0])));
    setups[0].conclude(said);
    GroupKey key = setups[0].takeGroupKey();
    ofAttempt.add(evidence.pairs().get(0).ephemeral());
    ofAttempt.add(evidence.pairs().get(0).authentication());
    ofAttempt.forEach(secret -> assertFalse(Reachable.holds(secret, setups[0], key)));

    EpochSecrets secrets = key.secrets(SecretAccess.GRANTED);
    Bytes other = key.roster().get(1 - key.ownIndex()).id();
    Bytes resumption = Bytes.of(secrets.resumption(other, 5).orElseThrow());
    assertTrue(Reachable.holds(resumption, key));
    secrets.forgetResumption();
    assertFalse(Reachable.holds(resumption, key));

    List<Bytes> ofEpoch = new ArrayList<>(List.of(evidence.groupKey()));
    ofEpoch.add(Bytes.of(secrets.signatureScalar().copyBytes()));
    ofEpoch.forEach(secret -> assertTrue(Reachable.holds(secret, key)));
    List<Bytes> before =
        Reachable.arrays(secrets).stream()
            .filter(array -> array.length >= 32)
            .map(Bytes::of)
            .filter(array -> !array.equals(Bytes.of(new byte[array.length()])))
            .toList();
    key.destroy();
    ofEpoch.forEach(secret -> assertFalse(Reachable.holds(secret, setups[0], key)));
    // All that is left is public: the session id.
    assertEquals(
        List.of(key.sid()),
        before.stream().filter(secret -> Reachable.holds(secret, secrets)).toList());
  }

  @Test
  @DisplayName("short-term keys stolen now: resumption secrets of the epoch before")
  void resumptionIsForgottenWhenTheNextEpochIsAttested() throws Exception {
    TestGroup before = TestGroup.of("forgotten", 2);
    Outcome first = before.run();
    EpochSecrets old = first.key(0).secrets(SecretAccess.GRANTED);
    Bytes other = first.key(0).roster().get(1 - first.key(0).ownIndex()).id();
    Bytes resumption = Bytes.of(old.resumption(other, 5).orElseThrow());
    EpochParameters next = PARAMETERS.next(first.key(0).sid());
    TestGroup after = RefreshAttacksTest.continuing("forgotten 2", next, before, first, 0, 1);
    Outcome second = after.run();
    assertTrue(second.hasKey(0));
    assertFalse(Reachable.holds(resumption, old, second.key(0)));
  }

  @Test
  @DisplayName("short-term keys stolen now")
  void stolenResumption() throws Exception {
    TestGroup before = TestGroup.of("stolen", 2);
    Outcome first = before.run();
    PublicPoint victim = IdentityKeys.publicPoint(before.member(1).identity().getPublic());
    // The thief holds everything of the epoch of 1, but not its long-term key.
    for (int resumptions : List.of(5, 0)) {
      EpochParameters next =
          PARAMETERS
              .next(first.key(0).sid())
              .withLimits(Limits.DEFAULT.withResumptions(resumptions));
      try (Token token = new Token()) {
        KeyPair public1 =
            token.hold(
                before.member(1).identity(),
                other -> Arrays.copyOfRange(victim.encoded(), 1, 1 + P256.SCALAR_BYTES));
        TestGroup after = RefreshAttacksTest.continuing("thief", next, before, first, 0);
        after.addContinuing(TestGroup.nickname(1), public1, first.key(1));
        Outcome second = after.run();
        if (resumptions > 0) {
          // An active thief gets through a resumed refresh, as section 4.7 says: only ...
          assertTrue(second.hasAnyKey());
        } else {
          // ... one that runs in full heals.
          AttacksTest.assertFailure(second, 0, SetupCheck.BAD_CONFIRMATION, 1);
        }
      }
      first = before.run();
    }
  }

  @Test
  @DisplayName("a thief of a long-term key poses as others to its owner")
  void keyCompromiseImpersonation() throws Exception {
    KeyPair owner = TestGroup.identity("owner", 0);
    KeyPair bob = TestGroup.identity("bob", 0);
    PublicPoint pointOfBob = IdentityKeys.publicPoint(bob.getPublic());
    IdentityKey stolen = IdentityKey.of(owner.getPrivate());
    Set<Boolean> orders = new HashSet<>();
    // Both guesses in both orders of the roster, which the seed decides.
    for (int i = 0; orders.size() < 2 || i % 2 != 0; i++) {
      int guess = i % 2;
      int seed = i / 2;
      Mallory thief =
          new Mallory("thief" + seed, PARAMETERS) {
            @Override
            protected Bytes claimedIdentity() {
              return Mallory.spki(bob);
            }

            /** All but ECDH of Bob's key with the owner's X the thief can compute. */
            @Override
            protected byte[] pairAuthentication(Victim to, byte[] honest) {
              boolean isFirst = ownIndex() < to.index();
              byte[] unknown = guess == 0 ? new byte[32] : agreeStolen(stolen, pointOfBob);
              System.arraycopy(unknown, 0, honest, isFirst ? 0 : 32, 32);
              orders.add(isFirst);
              return honest;
            }
          };
      TestGroup group = TestGroup.empty("kci" + seed, PARAMETERS).add("owner", owner, spec -> spec);
      AttacksTest.assertFailure(group.add(thief).run(), 0, SetupCheck.BAD_CONFIRMATION, 1);
    }
  }

  private static byte[] agreeStolen(IdentityKey stolen, PublicPoint with) {
    try {
      return stolen.agree(List.of(with)).get(0);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Setup setup(String nickname) throws Exception {
    int number = nickname.charAt(0) - 'a';
    return new Setup(
        IdentityKey.of(TestGroup.identity("erased", number).getPrivate()),
        SessionParameterSpec.of(PARAMETERS, new Nickname(nickname)),
        new SeededRandom("erased " + nickname));
  }
}

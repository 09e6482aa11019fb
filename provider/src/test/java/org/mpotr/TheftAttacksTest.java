package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mpotr.TestGroup.Outcome;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.agreement.Setup;
import org.mpotr.agreement.SetupEvidence;
import org.mpotr.crypto.Labelled;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.EpochSecrets;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.identity.IdentityKey;
import org.mpotr.identity.IdentityKeys;
import org.mpotr.identity.Nickname;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireWriter;

/**
 * The attack of PROTOCOL.md, section 14, of whoever steals long-term keys later: the ephemeral
 * terms are not to be had from them, and what is erased is nowhere to be found.
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
    TestGroup after = TestGroup.empty("forgotten 2", PARAMETERS.next(first.key(0).sid()));
    for (int i = 0; i < 2; i++) {
      after.addContinuing(TestGroup.nickname(i), before.member(i).identity(), first.key(i));
    }
    Outcome second = after.run();
    assertTrue(second.hasKey(0));
    assertFalse(Reachable.holds(resumption, old, second.key(0)));
  }

  private static Setup setup(String nickname) throws Exception {
    int number = nickname.charAt(0) - 'a';
    return new Setup(
        IdentityKey.of(TestGroup.identity("erased", number).getPrivate()),
        SessionParameterSpec.of(PARAMETERS, new Nickname(nickname)),
        new SeededRandom("erased " + nickname));
  }
}

package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mpotr.TestGroup.Outcome;
import org.mpotr.TestGroup.Relay;
import org.mpotr.agreement.Insider;
import org.mpotr.agreement.MessageKey;
import org.mpotr.agreement.RoundKey;
import org.mpotr.agreement.SetupCheck;
import org.mpotr.agreement.SetupFailedException;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Member;
import org.mpotr.wire.Attest;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Introduction;

/** Each check of a set-up can fail, and then names itself and the member concerned. */
class SetupChecksTest {

  private static final EpochParameters PARAMETERS = EpochParameters.of("#tea");
  private static final int VICTIM = 1;
  private static final int LIAR = 2;

  /** A group in which a check of the victim's fails in a round, and the id that it must name. */
  private record Case(TestGroup group, Round round, Function<Outcome, Bytes> concerned) {

    static Case naming(int number, TestGroup group, Round round) {
      return new Case(group, round, outcome -> id(outcome, number));
    }

    static Case namingNobody(TestGroup group, Round round) {
      return new Case(group, round, outcome -> null);
    }
  }

  @ParameterizedTest
  @EnumSource
  void eachCheckFailsWithItsNameAndTheMemberConcerned(SetupCheck check) throws Exception {
    Case planned = plan(check);
    Outcome outcome = planned.group().run();

    SetupFailedException failure = outcome.failure(VICTIM);
    assertEquals(check, failure.check());
    assertTrue(failure.getMessage().startsWith(check.code()), failure.getMessage());
    Bytes concerned = planned.concerned().apply(outcome);
    assertEquals(Optional.ofNullable(concerned), failure.memberId());
    assertEquals(concerned != null, failure.memberIndex().isPresent());
    if (concerned != null) {
      assertTrue(failure.getMessage().contains("member " + failure.memberIndex().getAsInt()));
      assertTrue(failure.getMessage().contains(concerned.toHex()));
    }
    if (check.isFatal()) {
      assertDead(planned.group().member(VICTIM).agreement(), outcome);
    } else {
      assertAlive(planned, outcome);
    }
  }

  private static void assertDead(KeyAgreement agreement, Outcome outcome) throws Exception {
    RoundKey round = RoundKey.of(outcome.sent(Round.HELLO));
    assertThrows(IllegalStateException.class, () -> agreement.doPhase(round, false));
    assertThrows(IllegalStateException.class, () -> agreement.doPhase(round, true));
    assertThrows(IllegalStateException.class, () -> agreement.generateSecret("mpOTR"));
  }

  /** With the true messages the group still comes to a key. */
  private static void assertAlive(Case planned, Outcome outcome) throws Exception {
    TestGroup group = planned.group();
    List<Key> said = outcome.sent(planned.round());
    for (Round round = planned.round(); ; round = Round.values()[round.ordinal() + 1]) {
      List<Key> next = new ArrayList<>();
      for (int i = 0; i < group.size(); i++) {
        boolean hasAnswered = round == planned.round() && i != VICTIM;
        next.add(hasAnswered ? answerIn(outcome, round, i) : group.member(i).answer(round, said));
      }
      if (round.isLast()) {
        break;
      }
      said = next;
    }
    assertNotNull(group.member(VICTIM).takeKey().orElseThrow().groupCode());
  }

  private static Key answerIn(Outcome outcome, Round round, int member) {
    return round.isLast() ? null : outcome.sent(Round.values()[round.ordinal() + 1], member);
  }

  /** No value of {@link SetupCheck} can be added without a case here: the switch has no default. */
  private static Case plan(SetupCheck check) throws GeneralSecurityException {
    return switch (check) {
      case WRONG_ROUND -> namingNobody(Round.SHARE, sent -> hellosAgain(sent));
      case FOREIGN -> namingNobody(Round.INTRODUCTION, sent -> ofAnotherSession(sent));
      case DOUBLED -> Case.naming(LIAR, over(Round.SHARE, sent -> doubled(sent)), Round.SHARE);
      case MISSING -> Case.naming(LIAR, over(Round.ATTEST, sent -> cut(sent)), Round.ATTEST);
      case OWN_MESSAGE_ALTERED ->
          Case.naming(
              VICTIM,
              TestGroup.of("own", 3)
                  .over(Relay.changing(Round.INTRODUCTION, VICTIM, VICTIM, other())),
              Round.INTRODUCTION);
      case GROUP_SIZE ->
          namingNobody(Round.HELLO, sent -> new ArrayList<>(sent.subList(VICTIM, VICTIM + 1)));
      case BAD_POINT -> hello(said -> new Hello(said.nonce(), offCurve(said), said.signatureKey()));
      case DUPLICATE ->
          hello(said -> new Hello(said.nonce(), said.signatureKey(), said.signatureKey()));
      case MALFORMED ->
          lie(
              new Lie(PARAMETERS) {
                @Override
                protected Introduction introduction(Introduction honest) {
                  byte[] body = new byte[Introduction.SIGNED_BODY_BYTES];
                  return Tampering.withBody(honest, Bytes.of(body));
                }
              },
              Round.INTRODUCTION);
      case BAD_SEAL ->
          lie(
              new Lie(PARAMETERS) {
                @Override
                protected Introduction introduction(Introduction honest) {
                  return Tampering.withBody(honest, Tampering.flip(honest.sealedBody()));
                }
              },
              Round.INTRODUCTION);
      case BAD_INTRO_KEY ->
          lie(
              new Lie(PARAMETERS) {
                @Override
                protected byte[] sealedKeyContent(Victim to, byte[] introKeyAndFlag) {
                  return Tampering.flip(introKeyAndFlag, 0);
                }
              },
              Round.INTRODUCTION);
      case BAD_IDENTITY ->
          lie(
              new Lie(PARAMETERS) {
                @Override
                protected Bytes claimedIdentity() {
                  return Tampering.flip(Bytes.of(identity.getPublic().getEncoded()));
                }
              },
              Round.INTRODUCTION);
      case BAD_NICKNAME ->
          lie(
              new Lie(PARAMETERS) {
                @Override
                protected Bytes claimedNickname() {
                  return Bytes.of(new byte[] {'a', 0x0a});
                }
              },
              Round.INTRODUCTION);
      case BAD_IDENTITY_SIGNATURE ->
          lie(
              new Lie(PARAMETERS.withAuthentication(AuthenticationMode.SIGNATURE)) {
                @Override
                protected Bytes identitySignature(byte[] claim) throws InvalidKeyException {
                  return super.identitySignature(Tampering.flip(claim, 0));
                }
              },
              Round.INTRODUCTION);
      case IDENTITY_CHANGED -> identityChanged();
      case NICKNAME_TAKEN ->
          new Case(
              TestGroup.empty("names", PARAMETERS).add("alice").add("bob").add("\u0430l\u0456ce"),
              Round.INTRODUCTION,
              outcome -> later(id(outcome, 0), id(outcome, LIAR)));
      case NOT_ADMITTED ->
          Case.naming(
              LIAR,
              TestGroup.empty("policy", PARAMETERS)
                  .add("alice")
                  .add("bob", s -> s.withPolicy(m -> !m.nickname().text().equals("carol")))
                  .add("carol"),
              Round.INTRODUCTION);
      case BAD_CONFIRMATION ->
          lie(
              new Lie(PARAMETERS) {
                @Override
                protected Bytes confirmationFor(Victim to, Bytes honest) {
                  return Tampering.flip(honest);
                }
              },
              Round.SHARE);
      case SHARE_AGAINST_COMMITMENT ->
          lie(
              new Lie(PARAMETERS) {
                @Override
                protected byte[] contributionFor(Victim to, byte[] committed) {
                  return Tampering.flip(committed, 0);
                }
              },
              Round.SHARE);
      case BAD_SIGNATURE ->
          Case.naming(
              LIAR,
              TestGroup.of("signature", 3)
                  .over(Relay.changing(Round.ATTEST, LIAR, VICTIM, SetupChecksTest::badlySigned)),
              Round.ATTEST);
      case ATTEST_MISMATCH_TRANSCRIPT ->
          attested(
              a ->
                  new Attest(
                      a.header(),
                      Tampering.flip(a.transcript()),
                      a.parametersHash(),
                      a.confirmation(),
                      Bytes.EMPTY));
      case ATTEST_MISMATCH_PARAMETERS ->
          attested(
              a ->
                  new Attest(
                      a.header(),
                      a.transcript(),
                      Tampering.flip(a.parametersHash()),
                      a.confirmation(),
                      Bytes.EMPTY));
      case ATTEST_MISMATCH_KEY ->
          attested(
              a ->
                  new Attest(
                      a.header(),
                      a.transcript(),
                      a.parametersHash(),
                      Tampering.flip(a.confirmation()),
                      Bytes.EMPTY));
    };
  }

  /** An insider with the nickname mallory. */
  private static class Lie extends Insider {
    Lie(EpochParameters parameters) {
      super(parameters, "mallory", TestGroup.identity("lie", LIAR), new SeededRandom("lie"));
    }

    EpochParameters parameters() {
      return parameters;
    }
  }

  private static Case lie(Lie liar, Round round) throws GeneralSecurityException {
    TestGroup group = TestGroup.of("lie", liar.parameters(), 2).add(liar);
    return Case.naming(LIAR, group, round);
  }

  private static Case attested(Function<Attest, Attest> change) throws GeneralSecurityException {
    return lie(
        new Lie(PARAMETERS) {
          @Override
          protected Attest attest(Attest honest) {
            return change.apply(honest);
          }
        },
        Round.ATTEST);
  }

  /** Only the victim receives another HELLO of the liar. */
  private static Case hello(Function<Hello, Hello> change) throws GeneralSecurityException {
    TestGroup group =
        TestGroup.of("hello", 3)
            .over(
                Relay.changing(
                    Round.HELLO,
                    LIAR,
                    VICTIM,
                    said -> new MessageKey(change.apply(Tampering.hello(said)))));
    return new Case(
        group,
        Round.HELLO,
        outcome -> Member.idOf(change.apply(Tampering.hello(outcome.sent(Round.HELLO, LIAR)))));
  }

  private static Case identityChanged() throws GeneralSecurityException {
    TestGroup before = TestGroup.of("before", 3);
    Outcome first = before.run();
    TestGroup after = TestGroup.empty("after", PARAMETERS.next(first.key(0).sid()));
    for (int i : List.of(0, VICTIM)) {
      after.addContinuing(TestGroup.nickname(i), before.member(i).identity(), first.key(i));
    }
    after.addContinuing(
        TestGroup.nickname(LIAR), TestGroup.identity("another", LIAR), first.key(LIAR));
    return Case.naming(LIAR, after, Round.INTRODUCTION);
  }

  private static TestGroup over(Round round, UnaryOperator<List<Key>> change)
      throws GeneralSecurityException {
    return TestGroup.of("over " + round, 3).over(Relay.changing(round, VICTIM, change));
  }

  private static Case namingNobody(Round round, UnaryOperator<List<Key>> change)
      throws GeneralSecurityException {
    return Case.namingNobody(over(round, change), round);
  }

  private static List<Key> hellosAgain(List<Key> sent) {
    return IntStream.range(0, sent.size()).mapToObj(i -> anyHello(i)).toList();
  }

  private static List<Key> ofAnotherSession(List<Key> sent) {
    try {
      Outcome other = TestGroup.of("another session", sent.size()).run();
      sent.set(LIAR, other.sent(Round.INTRODUCTION, LIAR));
      return sent;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Key anyHello(int number) {
    return new Insider(
            PARAMETERS, "any", TestGroup.identity("any", number), new SeededRandom("any" + number))
        .hello();
  }

  private static List<Key> doubled(List<Key> sent) {
    sent.add(sent.get(LIAR));
    return sent;
  }

  private static List<Key> cut(List<Key> sent) {
    sent.remove(LIAR);
    return sent;
  }

  private static UnaryOperator<Key> other() {
    return said ->
        Tampering.change(said, i -> Tampering.withCommitment(i, Tampering.flip(i.commitment())));
  }

  private static Key badlySigned(Key said) {
    Attest attest = Tampering.attest(said);
    return new MessageKey(attest.signed(Tampering.flip(attest.signature())));
  }

  private static Bytes offCurve(Hello said) {
    return Tampering.flip(said.agreementKey());
  }

  private static Bytes id(Outcome outcome, int number) {
    return Member.idOf(Tampering.hello(outcome.sent(Round.HELLO, number)));
  }

  private static Bytes later(Bytes one, Bytes other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /** The insider of these tests is a member like any other until it lies. */
  @ParameterizedTest
  @EnumSource
  void anInsiderThatDoesNotLieIsNotNoticed(AuthenticationMode mode) throws Exception {
    EpochParameters parameters = PARAMETERS.withAuthentication(mode);
    TestGroup group = TestGroup.of("honest", parameters, 2).add(new Lie(parameters));
    Outcome outcome = group.run();
    assertEquals(outcome.key(0).groupCode(), outcome.key(1).groupCode());
    assertFalse(outcome.hasKey(LIAR));
  }
}

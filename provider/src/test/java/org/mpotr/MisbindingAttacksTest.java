package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mpotr.TestGroup.Outcome;
import org.mpotr.TestGroup.Relay;
import org.mpotr.agreement.MessageKey;
import org.mpotr.agreement.SetupCheck;
import org.mpotr.agreement.SetupFailedException;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.Sha512;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.identity.IdentityKey;
import org.mpotr.identity.SubjectPublicKey;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Introduction;
import org.mpotr.wire.Share;
import org.mpotr.wire.WireWriter;

/**
 * The attacks of PROTOCOL.md, section 14, on whose key is whose: misbinding, unknown key share,
 * reflection, reuse of somebody's identity signature.
 */
class MisbindingAttacksTest {

  private static final EpochParameters PARAMETERS = EpochParameters.of("#tea");
  private static final EpochParameters SIGNED =
      PARAMETERS.withAuthentication(AuthenticationMode.SIGNATURE);
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256r1");
  private static final int MALLORY = Mallory.NUMBER;

  @Test
  @DisplayName("misbinding, unknown key share")
  void misbinding() throws Exception {
    KeyPair carol = TestGroup.identity("carol", 0);
    Outcome outcome = AttacksTest.withMallory(new ClaimsToBe("misbinding", PARAMETERS, carol));
    AttacksTest.assertFailure(outcome, 0, SetupCheck.BAD_CONFIRMATION, MALLORY);
    AttacksTest.assertFailure(outcome, 1, SetupCheck.BAD_CONFIRMATION, MALLORY);
    assertFalse(outcome.hasAnyKey());
  }

  /** The insider opens what 0 says of itself, and with the relay tells 1 another name. */
  @Test
  @DisplayName("misbinding: another member's name is changed on the way")
  void misbindingOfAnother() throws Exception {
    Mallory mallory = new Mallory("rename", PARAMETERS);
    Outcome outcome =
        TestGroup.of("rename", PARAMETERS, 2)
            .add(mallory)
            .over(
                Relay.changing(
                    Round.INTRODUCTION, 0, 1, said -> mallory.renaming(said, "somebody else")))
            .run();
    AttacksTest.assertFailure(outcome, 0, SetupCheck.BAD_CONFIRMATION, 1);
    AttacksTest.assertFailure(outcome, 1, SetupCheck.BAD_SIGNATURE, 0);
    SetupFailedException cause = (SetupFailedException) outcome.failure(1).getCause();
    assertEquals(SetupCheck.BAD_CONFIRMATION, cause.check());
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
    AttacksTest.assertFailure(outcome, 0, SetupCheck.BAD_SIGNATURE, 1);
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
    AttacksTest.assertFailure(outcome, 0, SetupCheck.BAD_IDENTITY_SIGNATURE, MALLORY);
    // And in another one, even by a thief of Carol's x and e, whose m and E are hers.
    Outcome later = AttacksTest.withMallory(new Reuses("reuse", carol, stolen));
    AttacksTest.assertFailure(later, 0, SetupCheck.BAD_IDENTITY_SIGNATURE, MALLORY);
    AttacksTest.assertFailure(later, 1, SetupCheck.BAD_IDENTITY_SIGNATURE, MALLORY);
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

  /** Were A not under its own signature, one would come out of any signature, without a key. */
  @Test
  @DisplayName("reuse of somebody's identity signature: an identity made to fit")
  void identityMadeToFit() throws Exception {
    Mallory nobody =
        new Mallory("nobody", SIGNED) {
          private final BigInteger s = BigInteger.valueOf(7);
          private ECPoint commitment;

          @Override
          protected Bytes claimedIdentity() throws InvalidKeyException {
            byte[] claim =
                WireWriter.labelled("identity signature", sid())
                    .opaque(ownId())
                    .opaque(signatureKey())
                    .finish();
            BigInteger hash = new BigInteger(1, Sha512.hash(claim), 0, P256.SCALAR_BYTES);
            commitment = CURVE.getG().multiply(BigInteger.TEN).normalize();
            ECPoint fitting =
                commitment
                    .multiply(s)
                    .subtract(CURVE.getG().multiply(hash))
                    .multiply(r().modInverse(CURVE.getN()));
            PublicPoint point = PublicPoint.decode(fitting.getEncoded(false));
            return Bytes.of(SubjectPublicKey.encode(point));
          }

          private BigInteger r() {
            return commitment.getAffineXCoord().toBigInteger().mod(CURVE.getN());
          }

          @Override
          protected Bytes identitySignature(byte[] claim) {
            String digits = String.format("%064x%064x", r(), s);
            return Bytes.of(HexFormat.of().parseHex(digits));
          }
        };
    Outcome outcome = AttacksTest.withMallory(nobody);
    AttacksTest.assertFailure(outcome, 0, SetupCheck.BAD_IDENTITY_SIGNATURE, MALLORY);
    AttacksTest.assertFailure(outcome, 1, SetupCheck.BAD_IDENTITY_SIGNATURE, MALLORY);
  }
}

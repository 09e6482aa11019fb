package org.mpotr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mpotr.TestGroup.Outcome;
import org.mpotr.TestGroup.Relay;
import org.mpotr.agreement.MessageKey;
import org.mpotr.agreement.SessionParameterSpec;
import org.mpotr.agreement.Setup;
import org.mpotr.agreement.SetupCheck;
import org.mpotr.agreement.StartSignature;
import org.mpotr.crypto.Labelled;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameRefusedException;
import org.mpotr.identity.IdentityKey;
import org.mpotr.identity.IdentityKeys;
import org.mpotr.identity.Nickname;
import org.mpotr.identity.SubjectPublicKey;
import org.mpotr.session.membership.ContinuingHello;
import org.mpotr.wire.Attest;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Frame;
import org.mpotr.wire.Hello;
import org.mpotr.wire.Share;
import org.mpotr.wire.Start;
import org.mpotr.wire.WireWriter;

/**
 * The attacks of PROTOCOL.md, section 14, on what travels: frames, signatures, points and names,
 * each under the name it has there.
 */
class FrameAttacksTest {

  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
  private static final BigInteger PRIME =
      new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

  /** The points (0, y) and (x, 1) are on the curve. */
  private static final BigInteger Y_OF_ZERO =
      new BigInteger("66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4", 16);

  private static final BigInteger X_OF_ONE =
      new BigInteger("6916fac45e568b6b9e2e2ecd611b282e5fcc40a3067d601057f879ce5a8a73cc", 16);

  private static GroupKey alice;
  private static GroupKey bob;
  private static GroupKey mallory;
  private static GroupKey later;

  @BeforeAll
  static void twoEpochs() throws Exception {
    TestGroup before = TestGroup.of("frames", 3);
    Outcome first = before.run();
    alice = first.key(0);
    bob = first.key(1);
    mallory = first.key(2);
    TestGroup after = TestGroup.empty("frames 2", before.parameters().next(alice.sid()));
    for (int i = 0; i < 2; i++) {
      after.addContinuing(TestGroup.nickname(i), before.member(i).identity(), first.key(i));
    }
    later = after.run().key(0);
  }

  @Test
  @DisplayName("an insider speaks as another member")
  void speaksAsAnother() throws Exception {
    byte[] inner = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 'h', 'i'};
    byte[] own = TestFrames.forge(mallory, mallory.ownIndex(), inner);
    assertEquals("hi", TestFrames.open(bob, own));
    byte[] forged = TestFrames.forge(mallory, alice.ownIndex(), inner);
    assertRefused(ErrorCode.BAD_SIGNATURE, bob, forged);
    // Nor by another name on what it signed itself.
    byte[] renamed = own.clone();
    renamed[11] = (byte) alice.ownIndex();
    assertRefused(ErrorCode.BAD_TAG, bob, renamed);
    byte[] retagged = TestFrames.withSignature(mallory, renamed, TestFrames.signature(own));
    assertRefused(ErrorCode.BAD_SIGNATURE, bob, retagged);
  }

  @Test
  @DisplayName("invalid curve, infinity, off-range scalars")
  void invalidPoints() throws Exception {
    byte[] generator = IdentityKeys.publicPoint(identity().getPublic()).encoded();
    byte[] sum = generator.clone();
    BigInteger x = new BigInteger(1, generator, 1, 32);
    List<byte[]> wrong = new ArrayList<>();
    wrong.add(new byte[65]);
    wrong.add(Tampering.flip(generator, 8));
    wrong.add(Tampering.flip(generator, 8 * 64));
    for (int form : List.of(0, 2, 3, 5, 6, 7)) {
      byte[] other = generator.clone();
      other[0] = (byte) form;
      wrong.add(other);
    }
    Arrays.fill(sum, 1, 33, (byte) 0xff);
    wrong.add(sum);
    wrong.add(point(PRIME, BigInteger.ONE));
    wrong.add(point(BigInteger.ZERO, BigInteger.ZERO));
    wrong.add(point(x, PRIME.add(BigInteger.TWO)));
    // Points of the curve whose coordinates are small enough to be written a second time.
    PublicPoint.decode(point(BigInteger.ZERO, Y_OF_ZERO));
    wrong.add(point(PRIME, Y_OF_ZERO));
    PublicPoint.decode(point(X_OF_ONE, BigInteger.ONE));
    wrong.add(point(X_OF_ONE, PRIME.add(BigInteger.ONE)));
    for (byte[] encoded : wrong) {
      assertThrows(InvalidKeyException.class, () -> PublicPoint.decode(encoded));
      for (boolean isAgreement : new boolean[] {true, false}) {
        Bytes planted = Bytes.of(encoded);
        Outcome outcome =
            TestGroup.of("points", 2)
                .over(Relay.changing(Round.HELLO, 1, 0, said -> with(said, planted, isAgreement)))
                .run();
        assertEquals(SetupCheck.BAD_POINT, outcome.failure(0).check());
      }
    }
    for (BigInteger scalar : List.of(BigInteger.ZERO, ORDER, ORDER.add(BigInteger.ONE))) {
      byte[] encoded = point(scalar, BigInteger.ZERO);
      byte[] digits = Arrays.copyOfRange(encoded, 1, 33);
      assertThrows(IllegalArgumentException.class, () -> SecretScalar.of(digits));
    }
  }

  private static Key with(Key said, Bytes point, boolean isAgreement) {
    Hello hello = Tampering.hello(said);
    return new MessageKey(
        new Hello(
            hello.nonce(),
            isAgreement ? point : hello.agreementKey(),
            isAgreement ? hello.signatureKey() : point));
  }

  private static byte[] point(BigInteger x, BigInteger y) {
    return HexFormat.of().parseHex("04" + String.format("%064x%064x", x, y));
  }

  @Test
  @DisplayName("mauled signatures and tags, (r, \u2212s)")
  void mauled() throws Exception {
    byte[] frame = TestFrames.seal(alice, 0, "once");
    byte[] mauled = mauled(TestFrames.signature(frame));
    // An outsider has no tag for it, an insider has.
    byte[] outsider = frame.clone();
    System.arraycopy(mauled, 0, outsider, TestFrames.signatureOffset(frame), mauled.length);
    assertRefused(ErrorCode.BAD_TAG, bob, outsider);
    assertRefused(ErrorCode.BAD_SIGNATURE, bob, TestFrames.withSignature(mallory, frame, mauled));
    assertEquals(
        "once",
        TestFrames.open(
            bob, TestFrames.withSignature(mallory, frame, TestFrames.signature(frame))));
    Signature verifier = Signature.getInstance("mpOTR", MpotrProvider.instance());
    verifier.initVerify(bob.verificationKey(alice.ownIndex()));
    verifier.update(frame, 0, TestFrames.signatureOffset(frame));
    assertFalse(verifier.verify(mauled));
    for (int bit = 8 * (frame.length - Frame.TAG_BYTES); bit < 8 * frame.length; bit++) {
      assertRefused(ErrorCode.BAD_TAG, bob, Tampering.flip(frame, bit));
    }

    // Nor is a frame that its own sender signs anew another frame.
    byte[] anew = TestFrames.withSignature(alice, frame, TestFrames.signAnew(alice, frame));
    assertFalse(Arrays.equals(frame, anew));
    assertEquals(TestFrames.parameters(bob, frame).id(), TestFrames.parameters(bob, anew).id());
  }

  @Test
  @DisplayName("mauled signatures, (r, \u2212s): of a set-up")
  void mauledSetup() throws Exception {
    Outcome shared =
        TestGroup.of("mauled", 2)
            .over(
                Relay.changing(
                    Round.SHARE,
                    1,
                    0,
                    said -> {
                      Share share = Tampering.share(said);
                      Bytes high = Bytes.of(mauled(share.signature().toArray()));
                      return new MessageKey(share.signed(high));
                    }))
            .run();
    AttacksTest.assertFailure(shared, 0, SetupCheck.BAD_SIGNATURE, 1);

    Outcome attested =
        TestGroup.of("mauled", 2)
            .over(
                Relay.changing(
                    Round.ATTEST,
                    1,
                    0,
                    said -> {
                      Attest attest = Tampering.attest(said);
                      byte[] high = mauled(attest.signature().toArray());
                      return new MessageKey(attest.signed(Bytes.of(high)));
                    }))
            .run();
    AttacksTest.assertFailure(attested, 0, SetupCheck.BAD_SIGNATURE, 1);

    EpochParameters signed =
        EpochParameters.of("#tea").withAuthentication(AuthenticationMode.SIGNATURE);
    Mallory mauls =
        new Mallory("mauled", signed) {
          @Override
          protected Bytes identitySignature(byte[] claim) throws InvalidKeyException {
            return Bytes.of(mauled(super.identitySignature(claim).toArray()));
          }
        };
    AttacksTest.assertFailure(
        TestGroup.of("mauled 2", signed, 2).add(mauls).run(),
        0,
        SetupCheck.BAD_IDENTITY_SIGNATURE,
        Mallory.NUMBER);
  }

  @Test
  @DisplayName("mauled signatures, (r, \u2212s): of a START")
  void mauledStart() throws Exception {
    KeyPair identity = identity();
    Setup starter =
        new Setup(
            IdentityKey.of(identity.getPrivate()),
            SessionParameterSpec.of(EpochParameters.of("#tea"), new Nickname("a")),
            new SeededRandom("start"));
    Hello hello = starter.hello(IdentityKeys.publicPoint(identity.getPublic()));
    Start start = starter.start(Start.NO_PROPOSAL, List.of(ContinuingHello.hashOf(hello)));
    assertTrue(StartSignature.holds(start));
    Bytes high = Bytes.of(mauled(start.signature().toArray()));
    assertFalse(StartSignature.holds(start.signed(high)));
  }

  /** The other signature that verifies. */
  private static byte[] mauled(byte[] signature) {
    BigInteger s = new BigInteger(1, signature, 32, 32);
    byte[] other = point(new BigInteger(1, signature, 0, 32), ORDER.subtract(s));
    return Arrays.copyOfRange(other, 1, 65);
  }

  @Test
  @DisplayName("replay inside and across epochs: frames")
  void replayedFrames() throws Exception {
    byte[] frame = TestFrames.seal(alice, 7, "again");
    assertRefused(ErrorCode.UNKNOWN_EPOCH, later, frame);
    byte[] hinted = frame.clone();
    System.arraycopy(later.sid().toArray(), 0, hinted, 2, Frame.HINT_BYTES);
    assertRefused(ErrorCode.BAD_TAG, later, hinted);
    // Inside its epoch a frame opens twice as the same frame: by seq and id the caller drops it,
    // and nobody can give it another id.
    FrameParameterSpec once = TestFrames.parameters(bob, frame);
    FrameParameterSpec twice = TestFrames.parameters(mallory, frame);
    assertEquals(7, once.seq());
    assertEquals(once.id(), twice.id());
    assertNotEquals(once.id(), TestFrames.parameters(bob, TestFrames.seal(alice, 7, "again")).id());
    assertTrue(once.id().isPresent());
  }

  private static void assertRefused(ErrorCode code, GroupKey key, byte[] frame) {
    FrameRefusedException refused =
        assertThrows(FrameRefusedException.class, () -> TestFrames.open(key, frame));
    assertEquals(code, refused.code());
  }

  private static KeyPair identity() {
    return TestGroup.identity("frames", 0);
  }

  @Test
  @DisplayName("guessing names against what travels")
  void guessingNames() throws Exception {
    String name = "Wilhelmina van der Oudezijdsachterburgwal";
    KeyPair identity = TestGroup.identity("names", 0);
    List<Outcome> runs = new ArrayList<>();
    for (String seed : List.of("first", "second")) {
      TestGroup group =
          TestGroup.empty(seed, EpochParameters.of("#tea")).add(name, identity, spec -> spec);
      runs.add(group.add("b").run());
    }
    for (Outcome run : runs) {
      for (Round round : Round.values()) {
        for (Key message : run.sent(round)) {
          String hex = Bytes.of(message.getEncoded()).toHex();
          assertFalse(hex.contains(Bytes.of(name.getBytes(UTF_8)).toHex()));
          assertFalse(hex.contains(Bytes.of(identity.getPublic().getEncoded()).toHex()));
          assertFalse(hex.contains(coordinate(identity).toHex()));
        }
        // One byte of name or forty: the lengths tell nothing.
        assertEquals(
            run.sent(round, 0).getEncoded().length, run.sent(round, 1).getEncoded().length);
      }
    }
    for (Round round : Round.values()) {
      assertNoCommonRun(runs.get(0).sent(round, 0), runs.get(1).sent(round, 0));
    }
  }

  /** A relay that guesses right cannot tell: what all would have to hold has a key in it. */
  @Test
  @DisplayName("guessing names against what travels: the roster hash")
  void guessingRosters() throws Exception {
    Outcome run = TestGroup.of("guess", 3).run();
    GroupKey key = run.key(0);
    WireWriter guess = WireWriter.labelled("roster", key.sid());
    for (Member member : key.roster()) {
      guess
          .opaque(member.id())
          .opaque(member.agreementKey().encoded())
          .opaque(member.signatureKey().encoded())
          .vector(member.nickname().utf8())
          .vector(SubjectPublicKey.encode(member.identity()));
    }
    String hash = Bytes.leading(Labelled.hash(guess), 16).toHex();
    for (Round round : Round.values()) {
      for (Key message : run.sent(round)) {
        assertFalse(Bytes.of(message.getEncoded()).toHex().contains(hash), round.name());
      }
    }
  }

  /** Nothing of 8 bytes and more is in both messages, wherever it is. */
  private static void assertNoCommonRun(Key one, Key other) {
    String first = Bytes.of(one.getEncoded()).toHex();
    String second = Bytes.of(other.getEncoded()).toHex();
    for (int i = 0; i + 16 <= first.length(); i += 2) {
      assertFalse(second.contains(first.substring(i, i + 16)), "byte " + i / 2);
    }
  }

  private static Bytes coordinate(KeyPair identity) throws GeneralSecurityException {
    byte[] point = IdentityKeys.publicPoint(identity.getPublic()).encoded();
    return Bytes.slice(point, 1, P256.SCALAR_BYTES);
  }
}

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
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mpotr.TestGroup.Outcome;
import org.mpotr.TestGroup.Relay;
import org.mpotr.agreement.MessageKey;
import org.mpotr.agreement.SetupCheck;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.Seal;
import org.mpotr.crypto.SecretScalar;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameRefusedException;
import org.mpotr.identity.IdentityKeys;
import org.mpotr.wire.Attest;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Frame;
import org.mpotr.wire.Hello;

/**
 * The attacks of PROTOCOL.md, section 14, on what travels: frames, signatures, points and names,
 * each under the name it has there.
 */
class FrameAttacksTest {

  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
  private static final BigInteger PRIME =
      new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

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

  /** The other signature that verifies. */
  private static byte[] mauled(byte[] signature) {
    BigInteger s = new BigInteger(1, signature, 32, 32);
    byte[] other = point(new BigInteger(1, signature, 0, 32), ORDER.subtract(s));
    return Arrays.copyOfRange(other, 1, 65);
  }

  @Test
  @DisplayName("key stream reuse between senders, epochs, seals")
  void keyStream() throws Exception {
    String text = "the same plaintext, with the same sequence number";
    // Two frames of one sender: another IV each time.
    Set<Bytes> ivs = new HashSet<>();
    Set<Bytes> ciphertexts = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      byte[] frame = TestFrames.seal(alice, 0, text);
      ivs.add(Bytes.of(TestFrames.iv(frame)));
      ciphertexts.add(Bytes.of(TestFrames.ciphertext(frame)));
    }
    assertEquals(20, ivs.size());
    assertEquals(20, ciphertexts.size());
    // Should two IVs ever meet, no two senders and no two epochs share a key.
    Set<Bytes> underOneIv = new HashSet<>();
    Bytes iv = Bytes.of(TestFrames.iv(seal(alice, text)));
    for (GroupKey key : List.of(alice, bob, mallory, later)) {
      byte[] frame = seal(key, text);
      assertEquals(iv, Bytes.of(TestFrames.iv(frame)));
      underOneIv.add(Bytes.of(TestFrames.ciphertext(frame)));
    }
    assertEquals(4, underOneIv.size());

    Set<Bytes> sealed = new HashSet<>();
    byte[] key = new byte[64];
    Bytes one = Bytes.of(new byte[] {1});
    Bytes two = Bytes.of(new byte[] {2});
    int seals = 0;
    for (Bytes sid : List.of(alice.sid(), later.sid())) {
      for (String purpose : List.of("introduction key", "share")) {
        for (List<Bytes> direction : List.of(List.of(one, two), List.of(two, one))) {
          Seal seal = new Seal(key, sid, purpose, direction.get(0), direction.get(1));
          sealed.add(Bytes.leading(seal.seal(Bytes.EMPTY, new byte[16]).toArray(), 16));
          seals++;
        }
      }
    }
    assertEquals(seals, sealed.size());

    // What one member seals for each of the others, of one plaintext.
    Outcome outcome = TestGroup.of("seals", 4).run();
    Set<Bytes> entries = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      for (Bytes entry : Tampering.introduction(outcome.sent(Round.INTRODUCTION, i)).sealedKeys()) {
        entries.add(Bytes.leading(entry.toArray(), 16));
      }
      Tampering.share(outcome.sent(Round.SHARE, i))
          .entries()
          .forEach(e -> entries.add(Bytes.leading(e.sealedContribution().toArray(), 16)));
    }
    assertEquals(2 * 4 * 3, entries.size());
  }

  /** A frame whose IV a broken generator drew. */
  private static byte[] seal(GroupKey key, String text) throws GeneralSecurityException {
    return TestFrames.seal(key, 0, text, new RefreshAttacksTest.Stuck());
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

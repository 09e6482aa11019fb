package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mpotr.TestGroup.Outcome;
import org.mpotr.agreement.MessageKey;
import org.mpotr.crypto.Seal;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.session.verification.PrivateFrame;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Share;

/** The attack of PROTOCOL.md, section 14, on the key streams of frames and seals. */
class KeyStreamAttacksTest {

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

  /** The insider knows what it sealed and what was sealed for it: the streams must differ. */
  @Test
  @DisplayName("key stream reuse: the two directions of a pair")
  void keyStreamOfDirections() throws Exception {
    List<Bytes> own = new ArrayList<>();
    List<Bytes> others = new ArrayList<>();
    Mallory mallory =
        new Mallory("streams", EpochParameters.of("#tea")) {
          @Override
          protected byte[] sealedKeyContent(Victim to, byte[] introKeyAndFlag) {
            own.add(Bytes.leading(introKeyAndFlag, 16));
            return introKeyAndFlag;
          }

          @Override
          protected byte[] contributionFor(Victim to, byte[] committed) {
            own.add(Bytes.of(committed));
            return committed;
          }

          @Override
          protected void learned(Bytes secret) {
            others.add(secret);
          }
        };
    Outcome outcome = TestGroup.of("streams", 1).add(mallory).run();
    assertEquals(2, own.size());
    for (Round round : List.of(Round.INTRODUCTION, Round.SHARE)) {
      int i = round == Round.INTRODUCTION ? 0 : 1;
      assertNotEquals(
          xor(own.get(i), others.get(i)),
          xor(sealed(outcome.sent(round, 1)), sealed(outcome.sent(round, 0))),
          round.name());
    }
  }

  /** The ciphertext of what is sealed for the only other member. */
  private static Bytes sealed(Key message) {
    Bytes sealed =
        ((MessageKey) message).message() instanceof Share share
            ? share.entries().get(0).sealedContribution()
            : Tampering.introduction(message).sealedKeys().get(0);
    return Bytes.leading(sealed.toArray(), 16);
  }

  private static Bytes xor(Bytes one, Bytes other) {
    byte[] sum = one.toArray();
    for (int i = 0; i < sum.length; i++) {
      sum[i] ^= other.toArray()[i];
    }
    return Bytes.of(sum);
  }

  @Test
  @DisplayName("key stream reuse: private frames")
  void keyStreamOfPrivateFrames() {
    int to = bob.ownIndex();
    int from = alice.ownIndex();
    Set<Bytes> sealed = new HashSet<>();
    for (long seq = 0; seq < 3; seq++) {
      sealed.add(ciphertext(PrivateFrame.seal(alice, to, seq, new byte[16])));
      sealed.add(ciphertext(PrivateFrame.seal(bob, from, seq, new byte[16])));
      sealed.add(ciphertext(PrivateFrame.seal(alice, mallory.ownIndex(), seq, new byte[16])));
    }
    assertEquals(3 * 3, sealed.size());
  }

  private static Bytes ciphertext(PrivateFrame frame) {
    return Bytes.leading(frame.sealed().toArray(), 16);
  }
}

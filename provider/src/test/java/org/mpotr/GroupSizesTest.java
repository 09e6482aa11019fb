package org.mpotr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mpotr.TestGroup.Outcome;
import org.mpotr.epoch.AuthenticationMode;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.wire.Bytes;

/** Groups from the smallest to a large one come to one view and talk. */
class GroupSizesTest {

  private static final int LARGE = 64;
  private static final int FRAMES = 1_000;
  private static final byte[] NO_CONTEXT = {};

  @ParameterizedTest
  @CsvSource({
    "TRIPLE_DH, 2",
    "TRIPLE_DH, 3",
    "TRIPLE_DH, 10",
    "SIGNATURE, 2",
    "SIGNATURE, 3",
    "SIGNATURE, 10",
    "SIGNATURE, 64"
  })
  void membersComeToOneView(AuthenticationMode mode, int size) throws Exception {
    assertOneView(agree(mode, size), size);
  }

  @Test
  void agreementOf64MembersAnd1000Frames() throws Exception {
    Instant start = Instant.now();
    Outcome outcome = agree(AuthenticationMode.TRIPLE_DH, LARGE);
    assertOneView(outcome, LARGE);
    Instant agreed = Instant.now();
    Cipher[] sealing = new Cipher[LARGE];
    Cipher[] opening = new Cipher[LARGE];
    for (int i = 0; i < LARGE; i++) {
      sealing[i] = Cipher.getInstance("mpOTR", MpotrProvider.instance());
      opening[i] = TestFrames.opening(outcome.key(i));
    }
    for (int frame = 0; frame < FRAMES; frame++) {
      int sender = frame % LARGE;
      GroupKey key = outcome.key(sender);
      sealing[sender].init(Cipher.ENCRYPT_MODE, key, FrameParameterSpec.text(frame / LARGE));
      byte[] text = ("line " + frame).getBytes(StandardCharsets.UTF_8);
      byte[] sealed = sealing[sender].doFinal(text);
      for (int distance : new int[] {1, 7, 31}) {
        Cipher receiver = opening[(sender + distance) % LARGE];
        assertArrayEquals(text, receiver.doFinal(sealed));
        FrameParameterSpec inside =
            receiver.getParameters().getParameterSpec(FrameParameterSpec.class);
        assertEquals(key.ownIndex(), inside.sender().orElseThrow());
        assertEquals(frame / LARGE, inside.seq());
      }
    }
    System.out.printf(
        "%d members agreed in %d ms; %,d frames, each opened by 3 members, took %d ms%n",
        LARGE,
        Duration.between(start, agreed).toMillis(),
        FRAMES,
        Duration.between(agreed, Instant.now()).toMillis());
  }

  private static Outcome agree(AuthenticationMode mode, int size) throws Exception {
    EpochParameters parameters = EpochParameters.of("#tea").withAuthentication(mode);
    return TestGroup.of("size " + size, parameters, size).inParallel().run();
  }

  private static void assertOneView(Outcome outcome, int size) throws Exception {
    GroupKey first = outcome.key(0);
    byte[] exported = first.export("test", NO_CONTEXT, 32);
    Set<Integer> places = new HashSet<>();
    for (int i = 0; i < size; i++) {
      GroupKey key = outcome.key(i);
      assertEquals(first.sid(), key.sid());
      assertEquals(first.roster(), key.roster());
      assertEquals(first.groupCode(), key.groupCode());
      assertArrayEquals(exported, key.export("test", NO_CONTEXT, 32));
      assertEquals(TestGroup.nickname(i), key.roster().get(key.ownIndex()).nickname().text());
      places.add(key.ownIndex());
    }
    assertEquals(size, places.size());
    assertEquals(size, first.roster().size());
    List<Bytes> ids = new ArrayList<>();
    for (Member member : first.roster()) {
      assertEquals(ids.size(), member.index());
      ids.add(member.id());
    }
    assertEquals(ids.stream().sorted().distinct().toList(), ids);
    Set<Bytes> transcripts = new HashSet<>();
    outcome
        .sent(Round.ATTEST)
        .forEach(said -> transcripts.add(Tampering.attest(said).transcript()));
    assertEquals(1, transcripts.size());
  }

  @Test
  void exportedSecretsDifferByLabelContextLengthAndSession() throws Exception {
    Outcome outcome = TestGroup.of("exporter", 2).run();
    GroupKey key = outcome.key(0);
    Set<Bytes> seen = new HashSet<>();
    seen.add(exported(key, "a", "", 32));
    seen.add(exported(key, "b", "", 32));
    seen.add(exported(key, "", "a", 32));
    seen.add(exported(key, "a", "a", 32));
    seen.add(exported(key, "aa", "", 32));
    seen.add(exported(key, "a", "", 33));
    seen.add(Bytes.leading(exported(key, "a", "", 33).toArray(), 32));
    seen.add(exported(TestGroup.of("another", 2).run().key(0), "a", "", 32));
    assertEquals(8, seen.size());
    assertEquals(exported(key, "a", "b", 8_160), exported(outcome.key(1), "a", "b", 8_160));
    for (int length : new int[] {-1, 0, 8_161}) {
      assertThrows(IllegalArgumentException.class, () -> exported(key, "a", "", length));
    }
    assertEquals(4 * 5 + 3, key.groupCode().length());
  }

  private static Bytes exported(GroupKey key, String label, String context, int length) {
    return Bytes.of(key.export(label, context.getBytes(StandardCharsets.UTF_8), length));
  }
}

package org.mpotr;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Limits;
import org.mpotr.epoch.Padding;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.framing.FrameRefusedException;
import org.mpotr.framing.FrameTooLongException;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Frame;
import org.mpotr.wire.Message;

/** Cipher "mpOTR" as the Java platform knows ciphers. */
class FrameCipherTest {

  private static final int LIMIT = 4_096;
  // kind, seq, length of no parents, length of content of 64 bytes and more
  private static final int INNER_BYTES = 1 + 8 + 1 + 2;

  private static GroupKey alice;
  private static GroupKey bob;
  private static GroupKey padded;
  private static GroupKey wide;

  @BeforeAll
  static void agree() throws Exception {
    EpochParameters parameters =
        EpochParameters.of("#tea").withLimits(Limits.DEFAULT.withFrameBytes(LIMIT));
    TestGroup.Outcome outcome = TestGroup.of("cipher", parameters, 2).run();
    alice = outcome.key(0);
    bob = outcome.key(1);
    EpochParameters padme = parameters.withPadding(Padding.PADME);
    padded = TestGroup.of("padded", padme, 2).run().key(0);
    EpochParameters largest =
        parameters.withLimits(Limits.DEFAULT.withFrameBytes(Message.MAX_BYTES));
    wide = TestGroup.of("wide", largest, 2).run().key(0);
  }

  private static Cipher cipher() throws GeneralSecurityException {
    return Cipher.getInstance("mpOTR", MpotrProvider.instance());
  }

  private static Cipher sealing(GroupKey key) throws GeneralSecurityException {
    Cipher cipher = cipher();
    cipher.init(Cipher.ENCRYPT_MODE, key, FrameParameterSpec.text(0));
    return cipher;
  }

  private static byte[] text(int length) {
    byte[] text = new byte[length];
    Arrays.fill(text, (byte) 'x');
    return text;
  }

  @Test
  void partsAndTheWholeAreTheSame() throws Exception {
    Cipher sealing = sealing(alice);
    assertEquals(0, sealing.update("tea ".getBytes(UTF_8)).length);
    assertEquals(0, sealing.update(new byte[0], 0, 0, new byte[0]));
    byte[] frame = sealing.doFinal("at five?".getBytes(UTF_8));
    Cipher opening = TestFrames.opening(bob);
    for (byte b : Arrays.copyOf(frame, frame.length - 1)) {
      assertEquals(0, opening.update(new byte[] {b}).length);
    }
    assertEquals("tea at five?", new String(opening.doFinal(frame, frame.length - 1, 1), UTF_8));
    // No content at all, and all of it in updates.
    assertEquals("", TestFrames.open(bob, sealing(alice).doFinal()));
    Cipher updated = sealing(alice);
    updated.update("all".getBytes(UTF_8));
    assertEquals("all", TestFrames.open(bob, updated.doFinal()));
    byte[] around = new byte[frame.length + 20];
    System.arraycopy(frame, 0, around, 7, frame.length);
    assertEquals("tea at five?", new String(opening.doFinal(around, 7, frame.length), UTF_8));
  }

  @Test
  void aShortBufferLosesNothing() throws Exception {
    Cipher sealing = sealing(alice);
    sealing.update("first ".getBytes(UTF_8));
    byte[] last = "last".getBytes(UTF_8);
    int needed = sealing.getOutputSize(last.length);
    byte[] output = new byte[needed + 5];
    for (int offset : List.of(6, needed)) {
      assertThrows(
          ShortBufferException.class, () -> sealing.doFinal(last, 0, last.length, output, offset));
    }
    assertEquals(needed, sealing.doFinal(last, 0, last.length, output, 5));
    byte[] frame = Arrays.copyOfRange(output, 5, output.length);
    assertEquals("first last", TestFrames.open(bob, frame));

    Cipher opening = TestFrames.opening(bob);
    byte[] small = new byte[3];
    assertThrows(
        ShortBufferException.class, () -> opening.doFinal(frame, 0, frame.length, small, 0));
    byte[] enough = new byte[opening.getOutputSize(frame.length)];
    int length = opening.doFinal(frame, 0, frame.length, enough, 0);
    assertEquals("first last", new String(enough, 0, length, UTF_8));
    // In place.
    length = opening.doFinal(frame, 0, frame.length, frame, 0);
    assertEquals("first last", new String(frame, 0, length, UTF_8));
  }

  @Test
  void buffersOfAllKinds() throws Exception {
    byte[] content = text(1_500);
    for (boolean isDirect : new boolean[] {false, true}) {
      Cipher sealing = sealing(alice);
      ByteBuffer output = buffer(sealing.getOutputSize(content.length), isDirect);
      sealing.doFinal(filled(content, isDirect), output);
      output.flip();
      byte[] frame = new byte[output.remaining()];
      output.get(frame);
      ByteBuffer opened = buffer(frame.length, isDirect);
      TestFrames.opening(bob).doFinal(filled(frame, isDirect), opened);
      opened.flip();
      byte[] plaintext = new byte[opened.remaining()];
      opened.get(plaintext);
      assertArrayEquals(content, plaintext);
    }
  }

  private static ByteBuffer buffer(int size, boolean isDirect) {
    return isDirect ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
  }

  private static ByteBuffer filled(byte[] content, boolean isDirect) {
    return buffer(content.length, isDirect).put(content).flip();
  }

  @Test
  void eachFrameWantsAnInitOfItsOwn() throws Exception {
    Cipher sealing = sealing(alice);
    byte[] first = sealing.doFinal("one".getBytes(UTF_8));
    assertThrows(IllegalStateException.class, () -> sealing.doFinal("two".getBytes(UTF_8)));
    assertThrows(IllegalStateException.class, () -> sealing.update((byte[]) new byte[] {1}));
    sealing.init(Cipher.ENCRYPT_MODE, alice, FrameParameterSpec.text(1));
    byte[] second = sealing.doFinal("two".getBytes(UTF_8));
    Cipher opening = TestFrames.opening(bob);
    assertEquals("one", new String(opening.doFinal(first), UTF_8));
    assertEquals("two", new String(opening.doFinal(second), UTF_8));
    assertEquals("one", new String(opening.doFinal(first), UTF_8));
    // An init forgets what was gathered.
    opening.update(first);
    opening.init(Cipher.DECRYPT_MODE, bob);
    assertEquals("two", new String(opening.doFinal(second), UTF_8));
    // So does a refusal, after which the object goes on.
    assertThrows(FrameRefusedException.class, () -> opening.doFinal(Tampering.flip(first, 300)));
    assertEquals("one", new String(opening.doFinal(first), UTF_8));
  }

  @Test
  void parametersTellWhatIsInside() throws Exception {
    Bytes parent = Bytes.of(new byte[32]);
    FrameParameterSpec given = FrameParameterSpec.of(FrameKind.application(9), 41, List.of(parent));
    Cipher sealing = cipher();
    sealing.init(Cipher.ENCRYPT_MODE, alice, given);
    byte[] frame = sealing.doFinal("x".getBytes(UTF_8));
    Cipher opening = TestFrames.opening(bob);
    assertNull(opening.getParameters());
    opening.doFinal(frame);
    for (AlgorithmParameters parameters :
        List.of(sealing.getParameters(), opening.getParameters())) {
      assertEquals("mpOTR", parameters.getAlgorithm());
      FrameParameterSpec spec = parameters.getParameterSpec(FrameParameterSpec.class);
      assertEquals(FrameKind.application(9), spec.kind());
      assertEquals(41, spec.seq());
      assertEquals(List.of(parent), spec.parents());
      assertEquals(alice.ownIndex(), spec.sender().orElseThrow());
      assertEquals(32, spec.id().orElseThrow().length());
    }
    assertArrayEquals(sealing.getParameters().getEncoded(), opening.getParameters().getEncoded());
    // They make the next frame too.
    sealing.init(Cipher.ENCRYPT_MODE, alice, opening.getParameters());
    assertEquals(41, TestFrames.parameters(bob, sealing.doFinal()).seq());
    assertThrows(FrameRefusedException.class, () -> opening.doFinal(Tampering.flip(frame, 300)));
    assertNull(opening.getParameters());
    assertNull(opening.getIV());
    assertEquals(0, opening.getBlockSize());
  }

  @Test
  void whatItDoesNotTake() throws Exception {
    Cipher cipher = cipher();
    assertThrows(InvalidKeyException.class, () -> cipher.init(Cipher.ENCRYPT_MODE, alice));
    assertThrows(
        InvalidKeyException.class,
        () -> cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(new byte[16], "mpOTR")));
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> cipher.init(Cipher.ENCRYPT_MODE, alice, new IvParameterSpec(new byte[16])));
    assertThrows(
        InvalidAlgorithmParameterException.class,
        () -> cipher.init(Cipher.DECRYPT_MODE, alice, FrameParameterSpec.text(0)));
    for (int mode : List.of(Cipher.WRAP_MODE, Cipher.UNWRAP_MODE)) {
      assertThrows(InvalidKeyException.class, () -> cipher.init(mode, alice));
      assertThrows(
          InvalidAlgorithmParameterException.class,
          () -> cipher.init(mode, alice, FrameParameterSpec.text(0)));
    }
    assertThrows(IllegalStateException.class, () -> cipher.doFinal(new byte[1]));
    for (String name : List.of("mpOTR/CBC/NoPadding", "mpOTR/NONE/PKCS5Padding")) {
      assertThrows(
          NoSuchAlgorithmException.class, () -> Cipher.getInstance(name, MpotrProvider.instance()));
    }
  }

  @Test
  void aFrameIsAtMostAsLongAsTheSessionAllows() throws Exception {
    int most = LIMIT - Frame.OVERHEAD_BYTES - INNER_BYTES;
    byte[] frame = sealing(alice).doFinal(text(most));
    assertEquals(LIMIT, frame.length);
    assertEquals(most, TestFrames.open(bob, frame).length());
    Cipher sealing = sealing(alice);
    assertThrows(FrameTooLongException.class, () -> sealing.doFinal(text(most + 1)));
    // Nothing was made, so the init stands.
    assertEquals(LIMIT, sealing.doFinal(text(most)).length);
  }

  @Test
  void moreThanAnyMessageIsRefusedAtTheEnd() throws Exception {
    byte[] part = text(Message.MAX_BYTES / 2 + 1);
    Cipher sealing = sealing(wide);
    Cipher opening = TestFrames.opening(wide);
    for (int i = 0; i < 4; i++) {
      assertEquals(0, sealing.update(part).length);
      assertEquals(0, opening.update(part).length);
    }
    assertThrows(FrameTooLongException.class, () -> sealing.doFinal(part));
    FrameRefusedException refused =
        assertThrows(FrameRefusedException.class, () -> opening.doFinal(part));
    assertEquals(ErrorCode.MALFORMED, refused.code());
    int most = Message.MAX_BYTES - Frame.OVERHEAD_BYTES - INNER_BYTES - 2;
    byte[] largest = sealing.doFinal(text(most));
    assertEquals(Message.MAX_BYTES, largest.length);
    opening.update(largest, 0, 1_000);
    assertEquals(most, opening.doFinal(largest, 1_000, largest.length - 1_000).length);
  }

  @Test
  void paddingHidesTheLength() throws Exception {
    for (int length : List.of(0, 1, 20, 63, 64, 100, 1_000, 3_000)) {
      byte[] frame = sealing(padded).doFinal(text(length));
      int inner = 1 + 8 + 1 + (length < 64 ? 1 : 2) + length;
      assertEquals(padme(inner), frame.length - Frame.OVERHEAD_BYTES, "content " + length);
      assertEquals(length, TestFrames.open(padded, frame).length());
    }
  }

  /** As the authors of Padmé wrote it down. */
  private static int padme(int length) {
    int e = (int) Math.floor(Math.log(length) / Math.log(2));
    int s = (int) Math.floor(Math.log(e) / Math.log(2)) + 1;
    int lastBits = e - s;
    int bitMask = (1 << lastBits) - 1;
    return (length + bitMask) & ~bitMask;
  }

  @Test
  void wrongPaddingIsRefused() throws Exception {
    byte[] inner = new byte[1 + 8 + 1 + 1 + 20];
    inner[0] = 1;
    inner[10] = 20;
    int right = padme(inner.length);
    assertTrue(right > inner.length);
    assertEquals(20, openForged(Arrays.copyOf(inner, right)).length());
    byte[] nonZero = Arrays.copyOf(inner, right);
    nonZero[right - 1] = 1;
    for (byte[] wrong :
        List.of(inner, Arrays.copyOf(inner, right - 1), Arrays.copyOf(inner, right + 1), nonZero)) {
      FrameRefusedException refused =
          assertThrows(FrameRefusedException.class, () -> openForged(wrong));
      assertEquals(ErrorCode.MALFORMED, refused.code());
    }
    // Where there is none, there is none.
    byte[] behind = TestFrames.forge(alice, alice.ownIndex(), Arrays.copyOf(inner, right));
    assertThrows(FrameRefusedException.class, () -> TestFrames.open(bob, behind));
  }

  private static String openForged(byte[] inner) throws GeneralSecurityException {
    return TestFrames.open(padded, TestFrames.forge(padded, padded.ownIndex(), inner));
  }

  @Test
  void whatASenderSealedWrongIsRefusedOnlyWithItsTagAndSignature() throws Exception {
    byte[] zero = new byte[12];
    for (byte[] wrong :
        List.of(
            zero, // kind 0
            new byte[] {1, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0}, // seq of 2^63 and more
            new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0}, // a parent of one byte
            new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0}, // content cut off
            new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x40, 0})) { // a length that is not minimal
      byte[] frame = TestFrames.forge(alice, alice.ownIndex(), wrong);
      FrameRefusedException refused =
          assertThrows(FrameRefusedException.class, () -> TestFrames.open(bob, frame));
      assertEquals(ErrorCode.MALFORMED, refused.code());
      byte[] untagged = Tampering.flip(frame, 8 * frame.length - 1);
      refused = assertThrows(FrameRefusedException.class, () -> TestFrames.open(bob, untagged));
      assertEquals(ErrorCode.BAD_TAG, refused.code());
    }
  }
}

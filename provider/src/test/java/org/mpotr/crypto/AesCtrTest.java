package org.mpotr.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AES-128-CTR against SP 800-38A, F.5, and against the platform in one piece. */
class AesCtrTest {

  private static final byte[] KEY = hex("2b7e151628aed2a6abf7158809cf4f3c");
  private static final byte[] IV = hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
  private static final byte[] PLAINTEXT =
      hex(
          "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
              + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
  private static final byte[] CIPHERTEXT =
      hex(
          "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff"
              + "5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee");

  @Test
  void knownAnswerBothWays() {
    try (AesCtr cipher = new AesCtr(KEY)) {
      assertArrayEquals(CIPHERTEXT, cipher.process(IV, PLAINTEXT));
      assertArrayEquals(PLAINTEXT, cipher.process(IV, CIPHERTEXT), "and each use starts anew");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 16_383, 16_384, 16_385, 32_768, 100_001})
  void chunksJoinSeamlessly(int length) throws GeneralSecurityException {
    byte[] input = new byte[length];
    for (int i = 0; i < length; i++) {
      input[i] = (byte) (i * 31);
    }
    Cipher whole = Cipher.getInstance("AES/CTR/NoPadding");
    whole.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"), new IvParameterSpec(IV));
    try (AesCtr cipher = new AesCtr(KEY)) {
      assertArrayEquals(whole.doFinal(input), cipher.process(IV, input));
    }
  }

  @Test
  void theCounterIsAllSixteenBytes() {
    byte[] last = new byte[16];
    Arrays.fill(last, (byte) 0xff);
    try (AesCtr cipher = new AesCtr(KEY)) {
      byte[] stream = cipher.process(last, new byte[32]);
      byte[] wrapped = cipher.process(new byte[16], new byte[16]);
      assertArrayEquals(wrapped, Arrays.copyOfRange(stream, 16, 32));
    }
  }

  @Test
  void inPlaceAndAtOffsets() {
    byte[] buffer = new byte[40_000];
    System.arraycopy(PLAINTEXT, 0, buffer, 7, PLAINTEXT.length);
    try (AesCtr cipher = new AesCtr(KEY)) {
      byte[] expected = cipher.process(IV, Arrays.copyOfRange(buffer, 7, 35_007));
      cipher.process(IV, buffer, 7, 35_000, buffer, 7);
      assertArrayEquals(expected, Arrays.copyOfRange(buffer, 7, 35_007));
      assertEquals(0, buffer[6] | buffer[35_007]);
      byte[] other = new byte[70];
      cipher.process(IV, PLAINTEXT, 0, 64, other, 5);
      assertArrayEquals(CIPHERTEXT, Arrays.copyOfRange(other, 5, 69));
    }
  }

  @Test
  void partsJoinSeamlessly() {
    byte[] buffer = new byte[100_000];
    for (int i = 0; i < buffer.length; i++) {
      buffer[i] = (byte) (i * 31);
    }
    try (AesCtr cipher = new AesCtr(KEY)) {
      byte[] expected = cipher.process(IV, buffer);
      for (int[] ends : new int[][] {{0, 0}, {1, 1}, {17, 99_999}, {16_384, 32_769}, {50, 50}}) {
        byte[] output = new byte[buffer.length + 3];
        List<AesCtr.Part> parts =
            List.of(
                new AesCtr.Part(buffer, 0, ends[0]),
                new AesCtr.Part(buffer, ends[0], ends[1] - ends[0]),
                AesCtr.Part.of(Arrays.copyOfRange(buffer, ends[1], buffer.length)));
        cipher.process(IV, parts, output, 2);
        assertArrayEquals(expected, Arrays.copyOfRange(output, 2, output.length - 1));
        assertEquals(0, output[0] | output[1] | output[output.length - 1]);
      }
      List<AesCtr.Part> tooMuch = List.of(AesCtr.Part.of(buffer), AesCtr.Part.of(new byte[1]));
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> cipher.process(IV, tooMuch, new byte[buffer.length], 0));
    }
  }

  @Test
  void rangesThatOverlapInPartAreRefused() {
    byte[] buffer = new byte[64];
    try (AesCtr cipher = new AesCtr(KEY)) {
      assertThrows(
          IllegalArgumentException.class, () -> cipher.process(IV, buffer, 0, 32, buffer, 31));
      assertThrows(
          IllegalArgumentException.class, () -> cipher.process(IV, buffer, 31, 32, buffer, 0));
      cipher.process(IV, buffer, 0, 32, buffer, 32);
    }
  }

  @Test
  void wrongLengthsAreRefused() {
    for (int length : new int[] {0, 15, 17, 24, 32}) {
      assertThrows(IllegalArgumentException.class, () -> new AesCtr(new byte[length]));
    }
    byte[] buffer = new byte[8];
    try (AesCtr cipher = new AesCtr(KEY)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> cipher.process(new byte[12], buffer, 0, 8, buffer, 0));
      assertThrows(
          IndexOutOfBoundsException.class, () -> cipher.process(IV, buffer, 1, 8, buffer, 0));
      assertThrows(
          IndexOutOfBoundsException.class, () -> cipher.process(IV, buffer, 0, 8, buffer, 1));
      assertThrows(
          IndexOutOfBoundsException.class, () -> cipher.process(IV, buffer, 0, -1, buffer, 0));
    }
  }

  @Test
  void encryptsNothingOnceDestroyed() {
    AesCtr cipher = new AesCtr(KEY);
    cipher.process(IV, PLAINTEXT);
    cipher.destroy();
    cipher.destroy();
    assertTrue(cipher.isDestroyed());
    assertThrows(IllegalStateException.class, () -> cipher.process(IV, PLAINTEXT));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}

package org.mpotr.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * HKDF-SHA-512 over the inputs of RFC 5869, appendix A. The RFC gives outputs for SHA-1 and SHA-256
 * only; those for SHA-512 are the ones that independent implementations agree on.
 */
class HkdfTest {

  private static final byte[] NOTHING = new byte[0];

  @Test
  void basicCase() {
    byte[] key = Hkdf.extract(hex("000102030405060708090a0b0c"), repeated(0x0b, 22));
    assertEquals(
        "665799823737ded04a88e47e54a5890bb2c3d247c7a4254a8e61350723590a26"
            + "c36238127d8661b88cf80ef802d57e2f7cebcf1e00e083848be19929c61b4237",
        hex(key));
    assertEquals(
        "832390086cda71fb47625bb5ceb168e4c8e26a1a16ed34d9fc7fe92c14815793" + "38da362cb8d9f925d7cb",
        hex(Hkdf.expand(key, hex("f0f1f2f3f4f5f6f7f8f9"), 42)));
  }

  @Test
  void longInputsAndTwoBlocks() {
    byte[] key = Hkdf.extract(counting(0x60, 80), counting(0x00, 80));
    assertEquals(
        "35672542907d4e142c00e84499e74e1de08be86535f924e022804ad775dde27e"
            + "c86cd1e5b7d178c74489bdbeb30712beb82d4f97416c5a94ea81ebdf3e629e4a",
        hex(key));
    assertEquals(
        "ce6c97192805b346e6161e821ed165673b84f400a2b514b2fe23d84cd189ddf1"
            + "b695b48cbd1c8388441137b3ce28f16aa64ba33ba466b24df6cfcb021ecff235"
            + "f6a2056ce3af1de44d572097a8505d9e7a93",
        hex(Hkdf.expand(key, counting(0xb0, 80), 82)));
  }

  @Test
  void noSaltAndNoInfo() {
    byte[] key = Hkdf.extract(NOTHING, repeated(0x0b, 22));
    assertArrayEquals(key, Hkdf.extract(new byte[64], repeated(0x0b, 22)));
    assertEquals(
        "f5fa02b18298a72a8c23898a8703472c6eb179dc204c03425c970e3b164bf90f" + "ff22d04836d0e2343bac",
        hex(Hkdf.expand(key, NOTHING, 42)));
  }

  @Test
  void shorterOutputsAreTheStartOfLongerOnes() {
    byte[] key = Hkdf.extract(NOTHING, NOTHING);
    byte[] longest = Hkdf.expand(key, NOTHING, Hkdf.LONGEST_OUTPUT);
    assertEquals(16_320, longest.length);
    for (int length : new int[] {1, 63, 64, 65, 127, 128, 129, 16_319}) {
      assertArrayEquals(Arrays.copyOf(longest, length), Hkdf.expand(key, NOTHING, length));
    }
  }

  @Test
  void lengthsOutOfRangeAreRefused() {
    byte[] key = new byte[64];
    for (int length : new int[] {Integer.MIN_VALUE, -1, 0, 16_321, Integer.MAX_VALUE}) {
      assertThrows(
          IllegalArgumentException.class, () -> Hkdf.expand(key, NOTHING, length), "" + length);
    }
  }

  @Test
  void shortKeysAreRefused() {
    byte[] key = new byte[63];
    assertThrows(IllegalArgumentException.class, () -> Hkdf.expand(key, NOTHING, 1));
  }

  private static byte[] counting(int first, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }

  private static byte[] repeated(int value, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}

package org.mpotr.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** HMAC-SHA-512 against RFC 4231, section 4, and what this class promises besides. */
class HmacSha512Test {

  private static final byte[] KEY = repeated(0x0c, 20);

  @ParameterizedTest(name = "RFC 4231, 4.{0}")
  @MethodSource("rfc4231")
  void knownAnswers(int section, byte[] key, byte[] data, String expected) {
    byte[] expectedTag = HexFormat.of().parseHex(expected);
    try (HmacSha512 mac = new HmacSha512(key)) {
      byte[] tag = mac.mac(data);
      assertEquals(64, tag.length);
      assertEquals(expected, hex(Arrays.copyOf(tag, expectedTag.length)));
      assertTrue(mac.verify(expectedTag, expectedTag.length, data));
      assertArrayEquals(tag, mac.mac(data), "the keyed state serves again");
    }
  }

  static Stream<Arguments> rfc4231() {
    return Stream.of(
        Arguments.of(
            2,
            repeated(0x0b, 20),
            ascii("Hi There"),
            "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
                + "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"),
        Arguments.of(
            3,
            ascii("Jefe"),
            ascii("what do ya want for nothing?"),
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"),
        Arguments.of(
            4,
            repeated(0xaa, 20),
            repeated(0xdd, 50),
            "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39"
                + "bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb"),
        Arguments.of(
            5,
            HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f10111213141516171819"),
            repeated(0xcd, 50),
            "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3db"
                + "a91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd"),
        Arguments.of(6, KEY, ascii("Test With Truncation"), "415fad6271580a531d4179bc891d87a6"),
        Arguments.of(
            7,
            repeated(0xaa, 131),
            ascii("Test Using Larger Than Block-Size Key - Hash Key First"),
            "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
                + "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"),
        Arguments.of(
            8,
            repeated(0xaa, 131),
            ascii(
                "This is a test using a larger than block-size key and a larger than block-size"
                    + " data. The key needs to be hashed before being used by the HMAC algorithm."),
            "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944"
                + "b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58"));
  }

  @Test
  void anEmptyKeyIsAKeyOfZeros() {
    byte[] data = ascii("data");
    try (HmacSha512 none = new HmacSha512(new byte[0]);
        HmacSha512 zeros = new HmacSha512(new byte[128])) {
      assertArrayEquals(zeros.mac(data), none.mac(data));
    }
  }

  @Test
  void partsAreTakenOneAfterTheOther() {
    try (HmacSha512 mac = new HmacSha512(KEY)) {
      assertArrayEquals(mac.mac(ascii("abc")), mac.mac(ascii("a"), new byte[0], ascii("bc")));
    }
  }

  @Test
  void everyChangedBitOfATagIsWrong() {
    byte[] data = ascii("data");
    try (HmacSha512 mac = new HmacSha512(KEY)) {
      byte[] tag = Arrays.copyOf(mac.mac(data), 16);
      for (int bit = 0; bit < tag.length * Byte.SIZE; bit++) {
        tag[bit / 8] ^= (byte) (1 << bit % 8);
        assertFalse(mac.verify(tag, 16, data));
        tag[bit / 8] ^= (byte) (1 << bit % 8);
      }
      assertTrue(mac.verify(tag, 16, data));
    }
  }

  @Test
  void aTagOfAnotherLengthIsWrong() {
    byte[] data = ascii("data");
    try (HmacSha512 mac = new HmacSha512(KEY)) {
      byte[] full = mac.mac(data);
      assertFalse(mac.verify(full, 16, data));
      assertFalse(mac.verify(Arrays.copyOf(full, 15), 16, data));
      assertFalse(mac.verify(new byte[0], 16, data));
    }
  }

  @Test
  void onlySensibleTruncations() {
    try (HmacSha512 mac = new HmacSha512(KEY)) {
      byte[] tag = new byte[15];
      assertThrows(IllegalArgumentException.class, () -> mac.verify(tag, 15, tag));
      assertThrows(IllegalArgumentException.class, () -> mac.verify(tag, 0, tag));
      assertThrows(IllegalArgumentException.class, () -> mac.verify(tag, 65, tag));
    }
  }

  @Test
  void makesNothingOnceDestroyed() {
    HmacSha512 mac = new HmacSha512(KEY);
    mac.destroy();
    mac.destroy();
    assertTrue(mac.isDestroyed());
    assertThrows(IllegalStateException.class, mac::mac);
    assertThrows(IllegalStateException.class, () -> mac.verify(new byte[16], 16));
  }

  @Test
  void theKeyIsCopied() {
    byte[] key = KEY.clone();
    HmacSha512 mac = new HmacSha512(key);
    byte[] before = mac.mac();
    Arrays.fill(key, (byte) 0);
    assertArrayEquals(before, mac.mac());
    mac.close();
  }

  private static byte[] repeated(int value, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}

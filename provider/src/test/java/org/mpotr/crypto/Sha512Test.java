package org.mpotr.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** SHA-512 against the examples that go with FIPS 180-4. */
class Sha512Test {

  private static final String ABC =
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
          + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";

  @Test
  void oneBlockMessage() {
    assertEquals(ABC, hex(Sha512.hash(ascii("abc"))));
  }

  @Test
  void twoBlockMessage() {
    String message =
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
            + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";
    assertEquals(
        "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018"
            + "501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909",
        hex(Sha512.hash(ascii(message))));
  }

  @Test
  void emptyMessage() {
    String expected =
        "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
            + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e";
    assertEquals(expected, hex(Sha512.hash()));
    assertEquals(expected, hex(Sha512.hash(new byte[0])));
    assertEquals(expected, hex(new Sha512().finish()));
  }

  @Test
  void partsAreHashedOneAfterTheOther() {
    assertEquals(ABC, hex(Sha512.hash(ascii("a"), new byte[0], ascii("bc"))));
  }

  @Test
  void stepsGiveTheSameAndStartAnew() {
    Sha512 hash = new Sha512();
    hash.update(ascii("a")).update(ascii("xbcx"), 1, 2);
    assertEquals(ABC, hex(hash.finish()));
    hash.update(ascii("forgotten")).reset();
    assertArrayEquals(Sha512.hash(ascii("abc")), hash.update(ascii("abc")).finish());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}

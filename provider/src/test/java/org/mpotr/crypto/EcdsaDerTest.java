package org.mpotr.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EcdsaDerTest {

  private static final String ONE = "00".repeat(31) + "01";
  private static final String HIGH_BIT = "80" + "00".repeat(31);

  @Test
  void theShortestAndTheLongest() throws SignatureException {
    assertEquals(ONE + ONE, hex(EcdsaDer.decode(hex("3006020101020101"))));
    String longest = "3046" + "022100" + HIGH_BIT + "022100" + HIGH_BIT;
    assertEquals(HIGH_BIT + HIGH_BIT, hex(EcdsaDer.decode(hex(longest))));
    assertEquals("3006020101020101", hex(EcdsaDer.encode(hex(ONE + ONE))));
    assertEquals(longest, hex(EcdsaDer.encode(hex(HIGH_BIT + HIGH_BIT))));
  }

  @Test
  void whatIsEncodedDecodesToTheSame() throws SignatureException {
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < 1_000; i++) {
      byte[] signature = new byte[64];
      random.nextBytes(signature);
      Arrays.fill(signature, 0, i % 32, (byte) 0);
      // Neither r nor s is zero, however short.
      signature[31] |= 1;
      signature[63] |= 1;
      assertArrayEquals(signature, EcdsaDer.decode(EcdsaDer.encode(signature)));
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "'', empty",
    "30, no length",
    "3000, no integers",
    "3003020101, no s",
    "300602010102010100, bytes after",
    "3007020101020101, length too large",
    "3005020101020101, length too small",
    "308106020101020101, length in two bytes",
    "3080020101020101, indefinite length",
    "30800201010201010000, indefinite length with its end",
    "3106020101020101, a set",
    "3007020101028101 01, length of s in two bytes",
    "3006030101020101, r is a bit string",
    "3006020101040101, s is an octet string",
    "3006020100020101, r is zero",
    "3006020101020100, s is zero",
    "30060201ff020101, r is negative",
    "3006020101020180, s is negative",
    "300702020001020101, r is padded",
    "30080202ff01020101, r is negative and long",
    "3005020002 0101, r is empty",
    "3006020101020201, s ends early",
    "3007020201020101, r runs into s",
    "3009020101020101020101, three integers"
  })
  void everythingElseIsRefused(String digits, String what) {
    byte[] der = hex(digits.replace(" ", ""));
    assertThrows(SignatureException.class, () -> EcdsaDer.decode(der), what);
  }

  @Test
  void integersAreAtMost32Bytes() {
    byte[] der = hex("3026" + "022101" + "00".repeat(32) + "020101");
    assertThrows(SignatureException.class, () -> EcdsaDer.decode(der));
  }

  @Test
  void everyTruncationAndChangeIsRefusedOrAnotherSignature() throws SignatureException {
    byte[] signature = new byte[64];
    new SecureRandom().nextBytes(signature);
    byte[] der = EcdsaDer.encode(signature);
    for (int length = 0; length < der.length; length++) {
      byte[] cut = Arrays.copyOf(der, length);
      assertThrows(SignatureException.class, () -> EcdsaDer.decode(cut));
    }
    for (int bit = 0; bit < der.length * Byte.SIZE; bit++) {
      byte[] changed = der.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        byte[] other = EcdsaDer.decode(changed);
        assertFalse(Arrays.equals(signature, other));
        assertArrayEquals(changed, EcdsaDer.encode(other));
      } catch (SignatureException refusal) {
        assertTrue(refusal.getMessage().length() > 0);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 63, 65})
  void onlySignaturesOf64BytesAreEncoded(int length) {
    byte[] signature = new byte[length];
    Arrays.fill(signature, (byte) 1);
    assertThrows(SignatureException.class, () -> EcdsaDer.encode(signature));
    assertThrows(SignatureException.class, () -> EcdsaDer.toLowS(signature));
  }

  @Test
  void zerosAreNotEncoded() {
    assertThrows(SignatureException.class, () -> EcdsaDer.encode(hex("00".repeat(32) + ONE)));
    assertThrows(SignatureException.class, () -> EcdsaDer.encode(hex(ONE + "00".repeat(32))));
  }

  @Test
  void lowSIsTheOnlyThingChanged() throws SignatureException {
    BigInteger half = Curve.N.shiftRight(1);
    byte[] low = hex(ONE + hex(SecretScalarTest.bytes(half)));
    byte[] high = hex(ONE + hex(SecretScalarTest.bytes(half.add(BigInteger.ONE))));
    assertArrayEquals(low, EcdsaDer.toLowS(low));
    assertArrayEquals(low, EcdsaDer.toLowS(high));
    byte[] tooLarge = hex(ONE + hex(SecretScalarTest.bytes(Curve.N)));
    assertThrows(SignatureException.class, () -> EcdsaDer.toLowS(tooLarge));
    byte[] zero = hex(ONE + "00".repeat(32));
    assertThrows(SignatureException.class, () -> EcdsaDer.toLowS(zero));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}

package org.mpotr.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Numbers with leading zeros keep them. One signature in 512 has an s close to n, whose low
 * counterpart is a byte shorter: such a one once kept the first byte of the high s, and a set-up in
 * which it came up failed for everybody.
 */
class ShortScalarTest {

  // Of 3,000 hashes that were tried, those whose lower s is a byte shorter under the scalar 5.
  private static final int[] SHORT = {
    161, 402, 464, 861, 915, 1087, 1193, 1741, 2044, 2074, 2164, 2202, 2359, 2701, 2863, 2949
  };

  @Test
  void aShortNumberReplacesALongOne() {
    for (int bits : new int[] {0, 1, 7, 8, 15, 16, 127, 128, 247, 248, 255}) {
      byte[] target = new byte[2 * P256.SCALAR_BYTES];
      Arrays.fill(target, (byte) 0xff);
      BigInteger number = BigInteger.ONE.shiftLeft(bits);
      Curve.putScalar(number, target, P256.SCALAR_BYTES);
      assertEquals(number, new BigInteger(1, target, P256.SCALAR_BYTES, P256.SCALAR_BYTES));
      assertEquals(-1, target[P256.SCALAR_BYTES - 1]);
    }
  }

  @Test
  void aSignatureWithAShortLowSVerifies() {
    byte[] five = new byte[P256.SCALAR_BYTES];
    five[P256.SCALAR_BYTES - 1] = 5;
    for (P256 engine : List.of(new BouncyCastleP256(), P256.engine())) {
      try (SecretScalar scalar = SecretScalar.of(five)) {
        PublicPoint point = engine.publicPoint(scalar);
        for (int i : SHORT) {
          byte[] digest = Sha512.hash(("x" + i).getBytes(StandardCharsets.US_ASCII));
          byte[] signature = engine.sign(scalar, digest, new byte[P256.HEDGE_BYTES]);
          assertEquals(0, signature[P256.SCALAR_BYTES], "x" + i);
          assertTrue(P256.isLowS(signature), "x" + i);
          assertTrue(engine.verify(point, digest, signature), "x" + i);
        }
      }
    }
  }

  @Test
  void aSignatureOfATokenIsBroughtToAShortLowS() throws Exception {
    byte[] signature = new byte[P256.SIGNATURE_BYTES];
    signature[P256.SCALAR_BYTES - 1] = 1;
    BigInteger low = BigInteger.ONE.shiftLeft(100);
    Curve.putScalar(Curve.N.subtract(low), signature, P256.SCALAR_BYTES);
    byte[] expected = signature.clone();
    Curve.putScalar(low, expected, P256.SCALAR_BYTES);
    byte[] made = EcdsaDer.toLowS(signature);
    assertArrayEquals(expected, made);
    assertEquals(low, new BigInteger(1, made, P256.SCALAR_BYTES, P256.SCALAR_BYTES));
  }
}

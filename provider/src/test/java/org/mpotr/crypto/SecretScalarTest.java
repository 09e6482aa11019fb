package org.mpotr.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScalarTest {

  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  @Test
  void theRangeIsOneToOrderMinusOne() {
    for (BigInteger inside :
        List.of(
            BigInteger.ONE, BigInteger.TWO, ORDER.shiftRight(1), ORDER.subtract(BigInteger.ONE))) {
      assertArrayEquals(bytes(inside), SecretScalar.of(bytes(inside)).copyBytes());
    }
    BigInteger allOnes = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
    for (BigInteger outside : List.of(BigInteger.ZERO, ORDER, ORDER.add(BigInteger.ONE), allOnes)) {
      byte[] encoded = bytes(outside);
      assertThrows(IllegalArgumentException.class, () -> SecretScalar.of(encoded));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 33, 64})
  void onlyThirtyTwoBytes(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 1);
    assertThrows(IllegalArgumentException.class, () -> SecretScalar.of(bytes));
  }

  @Test
  void aRandomScalarIsDrawnUntilItIsInRange() {
    Deque<BigInteger> draws = new ArrayDeque<>(List.of(ORDER, BigInteger.ZERO, BigInteger.TEN));
    SecureRandom scripted =
        new SecureRandom() {
          @Override
          public void nextBytes(byte[] target) {
            System.arraycopy(bytes(draws.remove()), 0, target, 0, target.length);
          }
        };
    assertArrayEquals(bytes(BigInteger.TEN), SecretScalar.random(scripted).copyBytes());
    assertTrue(draws.isEmpty());
  }

  @Test
  void bytesAreCopiedInAndOut() {
    byte[] bytes = bytes(BigInteger.TEN);
    SecretScalar scalar = SecretScalar.of(bytes);
    Arrays.fill(bytes, (byte) 7);
    Arrays.fill(scalar.copyBytes(), (byte) 7);
    assertArrayEquals(bytes(BigInteger.TEN), scalar.copyBytes());
  }

  @Test
  void nothingLeavesOnceDestroyed() {
    SecretScalar scalar = SecretScalar.of(bytes(BigInteger.TEN));
    assertFalse(scalar.isDestroyed());
    scalar.close();
    assertTrue(scalar.isDestroyed());
    assertThrows(IllegalStateException.class, scalar::copyBytes);
    scalar.destroy();
  }

  @Test
  void itsTextTellsNothing() {
    assertEquals("SecretScalar[P-256]", SecretScalar.of(bytes(BigInteger.TEN)).toString());
  }

  static byte[] bytes(BigInteger number) {
    byte[] bytes = new byte[P256.SCALAR_BYTES];
    Curve.putScalar(number, bytes, 0);
    return bytes;
  }
}

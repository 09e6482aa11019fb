package org.mpotr.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PublicPointTest {

  private static final String GX =
      "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296";
  private static final String GY =
      "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
  private static final String P =
      "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
  private static final String ZERO = "00".repeat(32);

  /** A square root of b: the point with x = 0. */
  private static final String ROOT_OF_B =
      "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4";

  @Test
  void theGeneratorGoesInAndOut() throws InvalidKeyException {
    byte[] encoded = hex("04" + GX + GY);
    PublicPoint point = PublicPoint.decode(encoded);
    assertArrayEquals(encoded, point.encoded());
    assertEquals(new BigInteger(GX, 16), point.x());
    assertEquals(new BigInteger(GY, 16), point.y());
    assertEquals(PublicPoint.decode(encoded), point);
    assertEquals(PublicPoint.decode(encoded).hashCode(), point.hashCode());
  }

  @Test
  void aPointWithXZeroIsOrdinary() throws InvalidKeyException {
    PublicPoint point = PublicPoint.decode(hex("04" + ZERO + ROOT_OF_B));
    assertEquals(BigInteger.ZERO, point.x());
    assertNotEquals(PublicPoint.decode(hex("04" + GX + GY)), point);
  }

  @Test
  void otherFormsAreRefused() {
    refused("00");
    refused("");
    refused("00" + ZERO + ZERO);
    refused("04" + ZERO + ZERO);
    refused("02" + GX);
    refused("03" + GX);
    refused("06" + GX + GY);
    refused("07" + GX + GY);
    refused("05" + GX + GY);
    refused(GX + GY);
  }

  @Test
  void wrongLengthsAreRefused() {
    refused("04" + GX + GY + "00");
    refused("04" + GX + GY.substring(2));
    refused("04" + GX);
    refused("0400" + GX + "00" + GY);
  }

  @Test
  void coordinatesOutOfRangeAreRefused() {
    // The same residues as a point on the curve, but not reduced.
    refused("04" + P + ROOT_OF_B);
    refused("04" + GX + P);
    refused("04" + "ff".repeat(32) + GY);
    refused("04" + GX + "ff".repeat(32));
  }

  @Test
  void pointsOffTheCurveAreRefused() {
    refused("04" + GY + GX);
    refused("04" + GX + GX);
    for (int bit = 8; bit < 65 * Byte.SIZE; bit++) {
      byte[] changed = hex("04" + GX + GY);
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThrows(InvalidKeyException.class, () -> PublicPoint.decode(changed));
    }
  }

  @Test
  void bytesAreCopiedInAndOut() throws InvalidKeyException {
    byte[] encoded = hex("04" + GX + GY);
    PublicPoint point = PublicPoint.decode(encoded);
    Arrays.fill(encoded, (byte) 0);
    Arrays.fill(point.encoded(), (byte) 0);
    assertArrayEquals(hex("04" + GX + GY), point.encoded());
  }

  private static void refused(String digits) {
    assertThrows(InvalidKeyException.class, () -> PublicPoint.decode(hex(digits)), digits);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}

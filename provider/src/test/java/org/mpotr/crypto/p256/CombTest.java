package org.mpotr.crypto.p256;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.mpotr.crypto.PublicPoint;

/** Secret multiples by combs. */
class CombTest {

  private static final int TEETH = 5;
  private static final int SPACING = 52;

  private final SplittableRandom random = new SplittableRandom(1994);
  private final OwnP256 engine = new OwnP256();

  private static BigInteger column(BigInteger k, int i) {
    BigInteger column = BigInteger.ZERO;
    for (int t = 0; t < TEETH; t++) {
      // The sign at place j is the bit above it; the highest is a plus.
      int j = i + SPACING * t;
      boolean plus = k.testBit(j + 1) || j == TEETH * SPACING - 1;
      BigInteger weight = BigInteger.ONE.shiftLeft(SPACING * t);
      column = plus ? column.add(weight) : column.subtract(weight);
    }
    return column;
  }

  @Test
  void columnsAddUpToTheScalar() {
    for (int i = 0; i < 200; i++) {
      BigInteger k = Reference.scalar(random).setBit(0);
      BigInteger sum = BigInteger.ZERO;
      for (int c = SPACING - 1; c >= 0; c--) {
        sum = sum.shiftLeft(1).add(column(k, c));
      }
      assertEquals(k, sum);
    }
  }

  /** The one case that the proof leaves: k = 2c ± n with c as its own column 0. */
  @Test
  void noColumnMeetsItsOwnSum() {
    for (int signs = 0; signs < 1 << TEETH; signs++) {
      BigInteger c = BigInteger.ZERO;
      for (int t = 0; t < TEETH; t++) {
        BigInteger weight = BigInteger.ONE.shiftLeft(SPACING * t);
        c = (signs >> t & 1) != 0 ? c.add(weight) : c.subtract(weight);
      }
      for (BigInteger n : List.of(Reference.N, Reference.N.negate())) {
        BigInteger k = c.shiftLeft(1).add(n);
        if (k.signum() > 0 && k.compareTo(Reference.N) < 0) {
          assertNotEquals(c, column(k, 0));
          check(k, Reference.G.multiply(Reference.scalar(random)));
        }
      }
    }
  }

  private void check(BigInteger k, ECPoint point) {
    byte[] expected = Reference.agree(k, point);
    assertArrayEquals(expected, engine.agree(Reference.secret(k), Reference.point(point)));
  }

  @Test
  void meetsTheEdges() {
    List<BigInteger> scalars = new ArrayList<>();
    for (int i = 1; i < 40; i++) {
      scalars.add(BigInteger.valueOf(i));
      scalars.add(Reference.N.subtract(BigInteger.valueOf(i)));
    }
    for (int j = 1; j < 256; j++) {
      scalars.add(BigInteger.ONE.shiftLeft(j));
      scalars.add(BigInteger.ONE.shiftLeft(j).subtract(BigInteger.ONE));
      scalars.add(BigInteger.ONE.shiftLeft(j).add(BigInteger.ONE));
    }
    ECPoint point = Reference.G.multiply(Reference.scalar(random));
    PublicPoint kept = Reference.point(point);
    for (BigInteger k : scalars) {
      if (k.compareTo(Reference.N) < 0) {
        assertArrayEquals(Reference.agree(k, point), engine.agree(Reference.secret(k), kept));
      }
    }
  }

  /** Some points were used before, some not, and one comes twice. */
  @Test
  void serveBatches() {
    List<ECPoint> points = new ArrayList<>();
    List<PublicPoint> known = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      points.add(Reference.G.multiply(Reference.scalar(random)));
      known.add(Reference.point(points.get(i)));
      if (i % 3 == 0) {
        engine.agree(Reference.secret(Reference.scalar(random)), known.get(i));
      }
    }
    points.add(points.get(4));
    known.add(known.get(4));
    BigInteger k = Reference.scalar(random);
    List<byte[]> secrets = engine.agree(Reference.secret(k), known);
    for (int i = 0; i < points.size(); i++) {
      assertArrayEquals(Reference.agree(k, points.get(i)), secrets.get(i));
    }
    assertEquals(List.of(), engine.agree(Reference.secret(k), Collections.emptyList()));
  }
}

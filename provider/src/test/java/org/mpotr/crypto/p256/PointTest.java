package org.mpotr.crypto.p256;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;

/** Forms of points, sums and tables, exceptional cases among them, against BouncyCastle. */
class PointTest {

  private final SplittableRandom random = new SplittableRandom(186);

  private static FieldElement x(ECPoint point) {
    return Reference.element(point.normalize().getAffineXCoord().toBigInteger());
  }

  private static FieldElement y(ECPoint point) {
    return Reference.element(point.normalize().getAffineYCoord().toBigInteger());
  }

  private static ECPoint multiple(long k) {
    return Reference.G.multiply(BigInteger.valueOf(k));
  }

  private static void check(ECPoint expected, XyzzPoint point) {
    assertEquals(expected.isInfinity(), point.isInfinite());
    if (expected.isInfinity()) {
      return;
    }
    assertTrue(point.hasX(x(expected)));
    FieldElement difference = new FieldElement();
    Field.multiply(difference, y(expected), point.zzz);
    difference.subtract(difference, point.y);
    assertTrue(difference.isZero());
    // ZZ³ = ZZZ²
    FieldElement cube = new FieldElement();
    Field.square(cube, point.zz);
    Field.multiply(cube, cube, point.zz);
    Field.square(difference, point.zzz);
    difference.subtract(difference, cube);
    assertTrue(difference.isZero());
  }

  @Test
  void addsEverySmallMultipleToEveryOther() {
    for (int start = -4; start <= 4; start++) {
      for (int added = -9; added <= 9; added++) {
        if (added == 0) {
          continue;
        }
        XyzzPoint point = new XyzzPoint();
        // Not left with ZZ = 1, so that equal points do not look equal.
        point.add(x(multiple(7)), y(multiple(7)));
        point.twice();
        ECPoint rest = multiple(start - 14);
        if (!rest.isInfinity()) {
          point.add(x(rest), y(rest));
        }
        check(multiple(start), point);
        point.add(x(multiple(added)), y(multiple(added)));
        check(multiple(start + added), point);
        point.twice();
        point.twice();
        check(multiple(4L * (start + added)), point);
      }
    }
  }

  @Test
  void keepsTheInvariantsOverLongChains() {
    JacobianPoint jacobian = new JacobianPoint();
    XyzzPoint chain = new XyzzPoint();
    jacobian.set(x(Reference.G), y(Reference.G));
    chain.set(x(Reference.G), y(Reference.G));
    BigInteger scalar = BigInteger.ONE;
    BigInteger other = BigInteger.ONE;
    for (int i = 0; i < Reference.count(2_000, 20); i++) {
      BigInteger k = Reference.scalar(random);
      ECPoint added = Reference.G.multiply(k);
      int doublings = random.nextInt(6);
      jacobian.twice(doublings);
      jacobian.add(x(added), y(added));
      scalar = scalar.shiftLeft(doublings).add(k).mod(Reference.N);
      if (random.nextInt(4) == 0) {
        chain.twice();
        other = other.shiftLeft(1);
      }
      chain.addDistinct(x(added), y(added));
      other = other.add(k).mod(Reference.N);
      checkInvariant(jacobian);
      checkInvariant(chain);
      if (i % 100 == 0) {
        check(Reference.G.multiply(other), chain);
        XyzzPoint same = new XyzzPoint();
        same.set(jacobian);
        check(Reference.G.multiply(scalar), same);
      }
    }
  }

  private static void checkInvariant(JacobianPoint point) {
    checkBounds(point.x, 3, 1.01);
    checkBounds(point.y, 1, 2.1);
    checkBounds(point.z, 1, 1.4);
  }

  private static void checkInvariant(XyzzPoint point) {
    checkBounds(point.x, 3, 1.01);
    checkBounds(point.y, 1, 1.8);
    checkBounds(point.zz, 1, 1.2);
    checkBounds(point.zzz, 1, 1.2);
  }

  private static void checkBounds(FieldElement a, double spread, double size) {
    for (long limb : new long[] {a.l0, a.l1, a.l2, a.l3, a.l4}) {
      assertTrue(Math.abs(limb) <= (spread + 0.01) * (1L << 52));
    }
    assertTrue(Math.abs(Reference.value(a).doubleValue()) <= size * 0x1p256);
  }

  /** A point that is no other point of a test, nor its negative. */
  private ECPoint point() {
    return Reference.G.multiply(new BigInteger(1, Reference.bytes(random, 31))).normalize();
  }

  /** The highest or the lowest number within the size that stands for an integer, spread out. */
  private FieldElement atBound(BigInteger integer, int spread, double size) {
    BigInteger bound =
        BigDecimal.valueOf(size).multiply(new BigDecimal(BigInteger.TWO.pow(256))).toBigInteger();
    BigInteger value = integer.multiply(Reference.RADIX).mod(Reference.P);
    boolean high = random.nextBoolean();
    BigInteger room = high ? bound.subtract(value) : bound.add(value);
    BigInteger shift = room.divide(Reference.P).multiply(Reference.P);
    return Reference.limbs(
        high ? value.add(shift) : value.subtract(shift), () -> random.nextInt(-spread, spread));
  }

  /** A Z for an x: any, or one that leaves an X next to 0, which alone goes beyond a size of 1. */
  private BigInteger scale(BigInteger x) {
    if (random.nextBoolean()) {
      return Reference.below(random, Reference.P.subtract(BigInteger.ONE)).add(BigInteger.ONE);
    }
    while (true) {
      BigInteger near = Reference.below(random, BigInteger.TWO.pow(249)).add(BigInteger.ONE);
      BigInteger scaled = random.nextBoolean() ? near : near.negate();
      BigInteger square =
          scaled.multiply(Reference.INVERSE_RADIX).multiply(x.modInverse(Reference.P));
      ECFieldElement root =
          Reference.CURVE.getCurve().fromBigInteger(square.mod(Reference.P)).sqrt();
      if (root != null) {
        return root.toBigInteger();
      }
    }
  }

  private XyzzPoint xyzz(ECPoint point) {
    BigInteger x = point.getAffineXCoord().toBigInteger();
    BigInteger z = scale(x);
    XyzzPoint scaled = new XyzzPoint();
    scaled.set(FieldElement.ONE, FieldElement.ONE);
    scaled.x.set(atBound(x.multiply(z.pow(2)), 3, 1.01));
    // A Y of JacobianPoint is borne, too.
    scaled.y.set(atBound(point.getAffineYCoord().toBigInteger().multiply(z.pow(3)), 1, 2.1));
    scaled.zz.set(atBound(z.pow(2), 1, 1.2));
    scaled.zzz.set(atBound(z.pow(3), 1, 1.2));
    return scaled;
  }

  private JacobianPoint jacobian(ECPoint point) {
    BigInteger x = point.getAffineXCoord().toBigInteger();
    BigInteger z = scale(x);
    JacobianPoint scaled = new JacobianPoint();
    scaled.x.set(atBound(x.multiply(z.pow(2)), 3, 1.01));
    scaled.y.set(atBound(point.getAffineYCoord().toBigInteger().multiply(z.pow(3)), 1, 2.1));
    scaled.z.set(atBound(z, 1, 1.4));
    return scaled;
  }

  private void add(XyzzPoint point, ECPoint added) {
    ECPoint affine = added.normalize();
    point.add(
        atBound(affine.getAffineXCoord().toBigInteger(), 1, 1),
        atBound(affine.getAffineYCoord().toBigInteger(), 1, 1));
  }

  @Test
  void bearsCoordinatesAtTheBoundsOfXyzzPoint() {
    for (int i = 0; i < Reference.count(1_000, 20); i++) {
      ECPoint point = point();
      ECPoint added = point();
      XyzzPoint sum = xyzz(point);
      sum.addDistinct(
          atBound(added.getAffineXCoord().toBigInteger(), 1, 1),
          atBound(added.getAffineYCoord().toBigInteger(), 1, 1));
      checkInvariant(sum);
      check(point.add(added), sum);
      sum = xyzz(point);
      add(sum, added);
      checkInvariant(sum);
      check(point.add(added), sum);
      sum = xyzz(point);
      add(sum, point);
      checkInvariant(sum);
      check(point.twice(), sum);
      sum = xyzz(point);
      add(sum, point.negate());
      assertTrue(sum.isInfinite());
      sum = xyzz(point);
      sum.twice();
      checkInvariant(sum);
      check(point.twice(), sum);
    }
  }

  @Test
  void bearsCoordinatesAtTheBoundsOfJacobianPoint() {
    for (int i = 0; i < Reference.count(1_000, 20); i++) {
      ECPoint point = point();
      ECPoint added = point();
      JacobianPoint sum = jacobian(point);
      sum.add(
          atBound(added.getAffineXCoord().toBigInteger(), 1, 1),
          atBound(added.getAffineYCoord().toBigInteger(), 1, 1));
      checkInvariant(sum);
      XyzzPoint same = new XyzzPoint();
      same.set(sum);
      check(point.add(added), same);
      sum = jacobian(point);
      sum.twice(1);
      checkInvariant(sum);
      same.set(sum);
      check(point.twice(), same);
    }
  }

  /** A point whose x is next to 0 in Montgomery form, where a class has two tidy numbers. */
  private ECPoint pointOfTwoForms(int sign, BigInteger[] form) {
    ECPoint point = null;
    while (point == null) {
      BigInteger near = Reference.below(random, BigInteger.TWO.pow(233)).add(BigInteger.ONE);
      form[0] = near.multiply(BigInteger.valueOf(sign));
      point = Reference.pointOfX(form[0].multiply(Reference.INVERSE_RADIX).mod(Reference.P));
    }
    return point;
  }

  @Test
  void addsAffinePointsInEveryForm() {
    for (int i = 0; i < Reference.count(40, 20); i++) {
      BigInteger[] form = new BigInteger[1];
      ECPoint base = pointOfTwoForms(i % 2 == 0 ? 1 : -1, form);
      int forms = 9;
      FieldElement[] x = Inversion.elements(forms + forms * forms);
      FieldElement[] y = Inversion.elements(x.length);
      ECPoint[] points = new ECPoint[forms];
      for (int f = 0; f < 8; f++) {
        points[f] = (f & 1) == 0 ? base : base.negate();
        x[f].set(Reference.limbs((f & 2) == 0 ? form[0] : form[0].add(Reference.P), () -> 0));
        y[f].set(y((f & 4) == 0 ? points[f] : points[f].negate()));
        y[f].negateIf((f & 4) == 0 ? 0 : -1);
      }
      points[8] = point();
      x[8].set(x(points[8]));
      y[8].set(y(points[8]));
      AffineAdder adder = new AffineAdder(x, y, forms * forms);
      for (int pair = 0; pair < forms * forms; pair++) {
        ECPoint sum = points[pair / forms].add(points[pair % forms]);
        assertEquals(!sum.isInfinity(), adder.plan(pair / forms, pair % forms, forms + pair));
      }
      adder.run();
      for (int pair = 0; pair < forms * forms; pair++) {
        ECPoint sum = points[pair / forms].add(points[pair % forms]);
        if (!sum.isInfinity()) {
          checkMultiple(sum, 1, x[forms + pair], y[forms + pair]);
          assertTrue(Reference.isTidy(x[forms + pair]));
          assertTrue(Reference.isTidy(y[forms + pair]));
        }
      }
    }
  }

  @Test
  void multipliesTheBasePoint() {
    List<BigInteger> scalars = new ArrayList<>();
    for (int i = 1; i <= 600; i++) {
      scalars.add(BigInteger.valueOf(i));
      scalars.add(Reference.N.subtract(BigInteger.valueOf(i)));
    }
    for (int i = 0; i < 256; i++) {
      scalars.add(BigInteger.ONE.shiftLeft(i).mod(Reference.N));
      scalars.add(BigInteger.ONE.shiftLeft(i).subtract(BigInteger.ONE).max(BigInteger.ONE));
    }
    for (int i = 0; i < Reference.count(300, 300); i++) {
      scalars.add(Reference.scalar(random));
    }
    for (BigInteger k : scalars) {
      ECPoint expected = Reference.G.multiply(k);
      XyzzPoint point = new XyzzPoint();
      BasePoint.multiplySecret(point, Reference.words(k));
      check(expected, point);
      point = new XyzzPoint();
      BasePoint.addPublic(point, Reference.words(k));
      check(expected, point);
    }
    XyzzPoint nothing = new XyzzPoint();
    BasePoint.addPublic(nothing, new long[Words.COUNT]);
    assertTrue(nothing.isInfinite());
  }

  @Test
  void writesMultiplesAsSumsOfPointsOfTables() {
    ECPoint base = multiple(3);
    Windows windows = new Windows(30);
    AffineTable ofWindows = Multiples.all(x(base), y(base), windows);
    AffineTable sparse = Multiples.odd(x(base), y(base), 37, 7, 8);
    for (int i = 0; i < Reference.count(300, 20); i++) {
      BigInteger k = i == 0 ? BigInteger.ZERO : Reference.below(random, Reference.N);
      check(base.multiply(k), sum(Terms.ofWindows(ofWindows, windows, Reference.words(k))));
      check(base.multiply(k), sum(Terms.ofRounds(sparse, Reference.words(k), 5, 7)));
    }
  }

  /**
   * A digit that is not zero at each place that may have one: as many terms as there is room for.
   */
  @Test
  void hasRoomForTheMostTerms() {
    ECPoint base = point();
    AffineTable table =
        Multiples.odd(
            x(base), y(base), KnownKey.SMALL_BASES, KnownKey.SMALL_ROUNDS, KnownKey.SMALL_COUNT);
    for (int digit : new int[] {1, -1, 31, -31}) {
      BigInteger k = Reference.densest(digit);
      for (BigInteger scalar : List.of(k, Reference.N.subtract(k))) {
        Terms terms = KnownKey.ofSmall(table, Reference.words(scalar));
        assertEquals(Terms.most(KnownKey.SMALL_WIDTH), terms.end(terms.rounds() - 1));
        check(base.multiply(scalar), sum(terms));
      }
    }
  }

  private static XyzzPoint sum(Terms terms) {
    XyzzPoint sum = new XyzzPoint();
    FieldElement x = new FieldElement();
    FieldElement y = new FieldElement();
    int i = 0;
    for (int round = 0; round < terms.rounds(); round++) {
      sum.twice();
      for (; i < terms.end(round); i++) {
        terms.load(i, x, y);
        sum.add(x, y);
      }
    }
    return sum;
  }

  @Test
  void sumsManyPointsWithRepetitionsAndOpposites() {
    int[] few = {1, 1, 2, 3, 5, -1, -2, -3};
    AffineTable table = Multiples.all(array(x(Reference.G)), array(y(Reference.G)), 8);
    Terms terms = new Terms(few.length, 1);
    for (int k : few) {
      terms.add(table, Math.abs(k) - 1, k < 0);
    }
    for (int round = 0; round < Reference.count(300, 20); round++) {
      int sums = 1 + random.nextInt(6);
      long[] expected = new long[sums];
      PointSums points = new PointSums(sums, sums * 20);
      for (int s = 0; s < sums; s++) {
        points.begin();
        int count = random.nextInt(20);
        for (int i = 0; i < count; i++) {
          int term = random.nextInt(few.length);
          points.add(terms, term, term + 1);
          expected[s] += few[term];
        }
      }
      points.run();
      for (int s = 0; s < sums; s++) {
        assertEquals(expected[s] == 0, points.isInfinite(s));
        if (expected[s] != 0) {
          XyzzPoint point = new XyzzPoint();
          point.set(points.x(s), points.y(s));
          check(multiple(expected[s]), point);
        }
      }
    }
  }

  private static FieldElement[] array(FieldElement... elements) {
    return elements;
  }

  @Test
  void makesTablesOfMultiples() {
    ECPoint base = Reference.G.multiply(Reference.scalar(random));
    ECPoint second = Reference.G.multiply(Reference.scalar(random));
    FieldElement[] x = array(x(base), x(second));
    FieldElement[] y = array(y(base), y(second));
    FieldElement px = new FieldElement();
    FieldElement py = new FieldElement();
    for (int count : new int[] {1, 2, 3, 7, 16, 32}) {
      AffineTable table = Multiples.all(x, y, count);
      assertEquals(2 * count, table.size());
      for (int i = 0; i < 2 * count; i++) {
        table.load(i, px, py);
        checkMultiple(i < count ? base : second, i % count + 1, px, py);
      }
    }
    for (int count : new int[] {1, 2, 16, 32}) {
      AffineTable table = Multiples.odd(x, y, count);
      long[] row = new long[AffineTable.ROW_WORDS];
      for (int i = 0; i < 2 * count; i++) {
        table.load(i, px, py);
        checkMultiple(i < count ? base : second, 2 * (i % count) + 1, px, py);
        if (count >= 16) {
          AffineTable own = table.split(count)[i / count];
          own.select(i % count, 0, row, px, py);
          checkMultiple(i < count ? base : second, 2 * (i % count) + 1, px, py);
          own.select(i % count, -1, row, px, py);
          checkMultiple(i < count ? base : second, -2 * (i % count) - 1, px, py);
        }
      }
    }
  }

  private static void checkMultiple(ECPoint base, int k, FieldElement x, FieldElement y) {
    ECPoint expected = base.multiply(BigInteger.valueOf(k)).normalize();
    assertEquals(expected.getAffineXCoord().toBigInteger(), Reference.integer(x.toInteger()));
    assertEquals(expected.getAffineYCoord().toBigInteger(), Reference.integer(y.toInteger()));
    assertFalse(expected.isInfinity());
  }
}

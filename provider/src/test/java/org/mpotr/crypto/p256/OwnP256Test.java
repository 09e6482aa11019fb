package org.mpotr.crypto.p256;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;
import org.mpotr.crypto.P256;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.crypto.SecretScalar;

/** The engine as a whole against BouncyCastle, at random and at the edges. */
class OwnP256Test {

  private static final byte[] NO_HEDGE = new byte[0];

  private final SplittableRandom random = new SplittableRandom(256);
  private final OwnP256 engine = new OwnP256();
  private final OwnP256 withoutPool = new OwnP256(0);

  private static BigInteger small(long k) {
    return BigInteger.valueOf(k);
  }

  private static List<BigInteger> edgeScalars() {
    List<BigInteger> scalars = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      scalars.add(small(i));
      scalars.add(Reference.N.subtract(small(i)));
    }
    BigInteger half = Reference.N.shiftRight(1);
    for (int i = -2; i <= 2; i++) {
      scalars.add(half.add(small(i)));
    }
    for (int bit = 8; bit < 256; bit += 31) {
      scalars.add(BigInteger.ONE.shiftLeft(bit));
      scalars.add(BigInteger.ONE.shiftLeft(bit).subtract(BigInteger.ONE));
    }
    return scalars;
  }

  @Test
  void makesPublicPoints() {
    List<BigInteger> scalars = edgeScalars();
    for (int i = 0; i < Reference.count(300, 300); i++) {
      scalars.add(Reference.scalar(random));
    }
    for (BigInteger d : scalars) {
      assertArrayEquals(
          Reference.G.multiply(d).getEncoded(false),
          engine.publicPoint(Reference.secret(d)).encoded());
    }
  }

  @Test
  void agreesAtTheEdges() {
    List<PublicPoint> points = new ArrayList<>();
    List<ECPoint> expected = new ArrayList<>();
    for (BigInteger k : List.of(small(1), small(2), Reference.N.subtract(small(1)), small(15))) {
      expected.add(Reference.G.multiply(k));
    }
    expected.add(Reference.G.multiply(Reference.scalar(random)));
    // Points of equal x, and one twice.
    expected.add(expected.get(4).negate());
    expected.add(expected.get(4));
    expected.forEach(point -> points.add(Reference.point(point)));
    for (BigInteger d : edgeScalars()) {
      SecretScalar scalar = Reference.secret(d);
      List<byte[]> secrets = engine.agree(scalar, points);
      for (int i = 0; i < points.size(); i++) {
        assertArrayEquals(Reference.agree(d, expected.get(i)), secrets.get(i));
      }
      assertArrayEquals(secrets.get(4), engine.agree(scalar, points.get(4)));
    }
    assertTrue(engine.agree(Reference.secret(small(5)), List.of()).isEmpty());
  }

  @Test
  void agreesAtRandom() {
    for (int i = 0; i < Reference.count(300, 600); i++) {
      BigInteger d = Reference.scalar(random);
      ECPoint q = Reference.G.multiply(Reference.scalar(random));
      assertArrayEquals(
          Reference.agree(d, q), engine.agree(Reference.secret(d), Reference.point(q)));
    }
  }

  private static byte[] encoded(BigInteger x, BigInteger y) {
    byte[] encoded = new byte[P256.POINT_BYTES];
    encoded[0] = 4;
    System.arraycopy(Reference.bytes(x), 0, encoded, 1, 32);
    System.arraycopy(Reference.bytes(y), 0, encoded, 33, 32);
    return encoded;
  }

  /** Coordinates in range, p and more, and the points of small x, which x + p must not pass for. */
  @Test
  void tellsPointsFromOthers() {
    BigInteger p = Reference.G.getCurve().getField().getCharacteristic();
    BigInteger b = Reference.G.getCurve().getB().toBigInteger();
    BigInteger largest = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
    List<BigInteger> odd = List.of(BigInteger.ZERO, BigInteger.ONE, p.subtract(BigInteger.ONE), p);
    int points = 0;
    for (int i = 0; i < 400; i++) {
      BigInteger x = i < 200 ? BigInteger.valueOf(i) : Reference.scalar(random).mod(p);
      BigInteger square = x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(b).mod(p);
      // p is 3 modulo 4, so this is a root if there is one.
      BigInteger y = square.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
      boolean isPoint = y.multiply(y).mod(p).equals(square);
      points += isPoint ? 1 : 0;
      assertEquals(isPoint, OwnP256.isPoint(encoded(x, y)));
      assertEquals(isPoint, OwnP256.isPoint(encoded(x, p.subtract(y))));
      assertFalse(OwnP256.isPoint(encoded(x, y.xor(BigInteger.ONE.shiftLeft(i % 256)))));
      for (BigInteger beyond : List.of(x.add(p), p, p.add(BigInteger.ONE), largest)) {
        assertFalse(beyond.bitLength() <= 256 && OwnP256.isPoint(encoded(beyond, y)));
      }
      for (BigInteger other : odd) {
        boolean isRoot = other.multiply(other).mod(p).equals(square) && other.compareTo(p) < 0;
        assertEquals(isRoot, OwnP256.isPoint(encoded(x, other)));
      }
    }
    assertTrue(points > 100, "only " + points);
  }

  /** RFC 6979, A.2.5: P-256 with SHA-256; the lower s of the first is n − that of the text. */
  @Test
  void signsAsRfc6979() throws Exception {
    HexFormat hex = HexFormat.of();
    SecretScalar d =
        SecretScalar.of(
            hex.parseHex("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721"));
    String[][] vectors = {
      {
        "sample",
        "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
            + "0834e36ad29a83bf2bc9385e491d6099c8fdf9d1ed67aa7ea5f51f93782857a9"
      },
      {
        "test",
        "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"
            + "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083"
      }
    };
    for (String[] vector : vectors) {
      byte[] digest =
          java.security.MessageDigest.getInstance("SHA-256").digest(vector[0].getBytes("US-ASCII"));
      assertEquals(vector[1], hex.formatHex(engine.sign(d, digest, NO_HEDGE)));
    }
  }

  /** RFC 6979, 3.2 and 3.6, written out with the platform's HMAC. */
  private static BigInteger nonce(BigInteger d, byte[] digest, byte[] hedge) throws Exception {
    BigInteger e = new BigInteger(1, Arrays.copyOf(digest, 32)).mod(Reference.N);
    byte[] key = new byte[32];
    byte[] value = new byte[32];
    Arrays.fill(value, (byte) 1);
    for (int mark = 0; mark < 2; mark++) {
      ByteArrayOutputStream input = new ByteArrayOutputStream();
      input.write(value);
      input.write(mark);
      input.write(Reference.bytes(d));
      input.write(Reference.bytes(e));
      input.write(hedge);
      key = hmac(key, input.toByteArray());
      value = hmac(key, value);
    }
    value = hmac(key, value);
    return new BigInteger(1, Arrays.copyOf(value, 32));
  }

  private static byte[] hmac(byte[] key, byte[] input) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(input);
  }

  @Test
  void signsWithTheNonceOfItsHedge() throws Exception {
    for (int i = 0; i < Reference.count(300, 300); i++) {
      BigInteger d = Reference.scalar(random);
      byte[] digest = Reference.bytes(random, 32 + random.nextInt(33));
      if (i % 16 == 0) {
        Arrays.fill(digest, (byte) (i % 32 == 0 ? 0 : 0xff));
      }
      byte[] hedge = Reference.bytes(random, i % 3 == 0 ? 0 : 32);
      byte[] signature = engine.sign(Reference.secret(d), digest, hedge);
      BigInteger k = nonce(d, digest, hedge);
      if (k.compareTo(Reference.N) < 0) {
        BigInteger x = Reference.G.multiply(k).normalize().getAffineXCoord().toBigInteger();
        BigInteger e = new BigInteger(1, Arrays.copyOf(digest, 32));
        BigInteger s = k.modInverse(Reference.N).multiply(e.add(x.multiply(d))).mod(Reference.N);
        s = s.min(Reference.N.subtract(s));
        assertArrayEquals(Reference.signature(x.mod(Reference.N), s), signature);
      }
      assertTrue(P256.isLowS(signature));
      assertTrue(Reference.verify(Reference.G.multiply(d), digest, signature));
    }
  }

  @Test
  void skipsSignaturesOfZero() {
    // e = −r·d makes s zero.
    BigInteger d = Reference.scalar(random);
    BigInteger k = Reference.scalar(random);
    BigInteger r =
        Reference.G.multiply(k).normalize().getAffineXCoord().toBigInteger().mod(Reference.N);
    BigInteger e = r.multiply(d).negate().mod(Reference.N);
    assertEquals(null, Signer.sign(Reference.words(d), Reference.words(e), Reference.words(k)));
  }

  @Test
  void refusesHashesOfOtherLengths() {
    SecretScalar d = Reference.secret(small(3));
    PublicPoint q = engine.publicPoint(d);
    for (int length : new int[] {0, 31, 65}) {
      byte[] digest = new byte[length];
      assertThrows(IllegalArgumentException.class, () -> engine.sign(d, digest, NO_HEDGE));
      assertThrows(
          IllegalArgumentException.class,
          () -> engine.verify(q, digest, Reference.signature(small(1), small(1))));
      assertThrows(IllegalArgumentException.class, () -> engine.verify(q, digest, NO_HEDGE));
    }
    for (int length : new int[] {1, 31, 33}) {
      assertThrows(
          IllegalArgumentException.class, () -> engine.sign(d, new byte[64], new byte[length]));
    }
  }

  /** A claim, its verdict by BouncyCastle, and the point for it. */
  private record Case(ECPoint q, byte[] digest, byte[] signature, boolean valid) {
    static Case of(ECPoint q, byte[] digest, byte[] signature) {
      return new Case(q, digest, signature, Reference.verify(q, digest, signature));
    }
  }

  /** Verifies with no table, the small and the large one, and in batches of every kind. */
  private void check(List<Case> cases) {
    List<P256.Claim> fresh = new ArrayList<>();
    List<P256.Claim> shared = new ArrayList<>();
    List<PublicPoint> points = new ArrayList<>();
    List<ECPoint> keys = new ArrayList<>();
    for (Case each : cases) {
      int known = keys.indexOf(each.q());
      if (known < 0) {
        known = keys.size();
        keys.add(each.q());
        points.add(Reference.point(each.q()));
      }
      fresh.add(new P256.Claim(Reference.point(each.q()), each.digest(), each.signature()));
      shared.add(new P256.Claim(points.get(known), each.digest(), each.signature()));
    }
    boolean[] expected = new boolean[cases.size()];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = cases.get(i).valid();
      assertEquals(expected[i], verify(engine, fresh.get(i)), "no table, case " + i);
      KnownKey.of(fresh.get(i).signer()).used(KnownKey.KNOWN, new TablePool(0));
      assertEquals(expected[i], verify(withoutPool, fresh.get(i)), "small table, case " + i);
    }
    assertArrayEquals(expected, withoutPool.verify(fresh));
    assertArrayEquals(expected, withoutPool.verify(shared));
    TablePool pool = new TablePool(OwnP256.DEFAULT_TABLE_BYTES);
    points.stream().limit(20).forEach(point -> KnownKey.of(point).used(KnownKey.BUSY, pool));
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], verify(engine, shared.get(i)), "large table, case " + i);
    }
    assertArrayEquals(expected, engine.verify(shared));
    List<P256.Claim> mixed = new ArrayList<>(shared);
    for (int i = 0; i < mixed.size(); i += 3) {
      mixed.set(
          i,
          new P256.Claim(
              Reference.point(cases.get(i).q()), mixed.get(i).digest(), mixed.get(i).signature()));
    }
    assertArrayEquals(expected, engine.verify(mixed));
  }

  private static boolean verify(P256 engine, P256.Claim claim) {
    return engine.verify(claim.signer(), claim.digest(), claim.signature());
  }

  @Test
  void verifiesAtRandom() {
    for (int round = 0; round < Reference.count(4, 300); round++) {
      List<Case> cases = new ArrayList<>();
      List<BigInteger> keys = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        keys.add(Reference.scalar(random));
      }
      for (int i = 0; i < 100; i++) {
        BigInteger d = keys.get(random.nextInt(keys.size()));
        byte[] digest = Reference.bytes(random, 32 + random.nextInt(33));
        byte[] signature = Reference.sign(d, digest);
        switch (random.nextInt(6)) {
          case 0 -> signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
          case 1 -> digest[random.nextInt(32)] ^= (byte) (1 << random.nextInt(8));
          case 2 -> d = keys.get(random.nextInt(keys.size()));
          default -> {}
        }
        cases.add(Case.of(Reference.G.multiply(d), digest, signature));
      }
      check(cases);
    }
  }

  /** Checks before and after the 64th verification, with which an engine takes G's large table. */
  private void checkWithBothTablesOfBase(List<Case> cases) {
    check(cases);
    useLargeTableOfBase(engine);
    useLargeTableOfBase(withoutPool);
    check(cases);
  }

  /**
   * A claim that asks for chosen u₁ and u₂: r = x(R), s = r/u₂, e = s·u₁; a right one if nothing is
   * added to r.
   */
  private static Case ofMultiples(ECPoint q, BigInteger u1, BigInteger u2, int added) {
    ECPoint sum = Reference.G.multiply(u1).add(q.multiply(u2)).normalize();
    BigInteger x = sum.getAffineXCoord().toBigInteger();
    BigInteger r = x.add(small(added)).mod(Reference.N);
    BigInteger s = r.multiply(u2.modInverse(Reference.N)).mod(Reference.N);
    byte[] digest = Reference.bytes(s.multiply(u1).mod(Reference.N));
    Case claim = Case.of(q, digest, Reference.signature(r, s));
    assertEquals(added == 0, claim.valid());
    return claim;
  }

  private void useLargeTableOfBase(OwnP256 engine) {
    BigInteger d = Reference.scalar(random);
    byte[] digest = Reference.bytes(random, 32);
    byte[] signature = Reference.sign(d, digest);
    for (int i = 0; i < 64; i++) {
      assertTrue(engine.verify(Reference.point(Reference.G.multiply(d)), digest, signature));
    }
  }

  @Test
  void verifiesWhereTheTwoPartsMeet() {
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      BigInteger d =
          switch (i) {
            case 0 -> small(1);
            case 1 -> Reference.N.subtract(small(1));
            case 2 -> small(2);
            default -> Reference.scalar(random);
          };
      ECPoint q = Reference.G.multiply(d);
      BigInteger k = Reference.scalar(random);
      BigInteger r =
          Reference.G.multiply(k).normalize().getAffineXCoord().toBigInteger().mod(Reference.N);
      BigInteger same = r.multiply(d).mod(Reference.N);
      // u₁·G = u₂·Q, so R = 2u₁·G.
      BigInteger s = k.modInverse(Reference.N).multiply(same.shiftLeft(1)).mod(Reference.N);
      cases.add(Case.of(q, Reference.bytes(same), Reference.signature(r, s)));
      assertTrue(cases.get(cases.size() - 1).valid());
      // u₁·G = −u₂·Q, so R is infinity.
      byte[] opposite = Reference.bytes(Reference.N.subtract(same));
      cases.add(Case.of(q, opposite, Reference.signature(r, s)));
      assertFalse(cases.get(cases.size() - 1).valid());
      // Hash 0, so u₁ = 0.
      BigInteger t = k.modInverse(Reference.N).multiply(same).mod(Reference.N);
      cases.add(Case.of(q, new byte[32], Reference.signature(r, t)));
      assertTrue(cases.get(cases.size() - 1).valid());
      // Hash n, which is 0 too, and the highest one.
      cases.add(Case.of(q, Reference.bytes(Reference.N), Reference.signature(r, t)));
      assertTrue(cases.get(cases.size() - 1).valid());
      byte[] highest = new byte[32];
      Arrays.fill(highest, (byte) 0xff);
      cases.add(Case.of(q, highest, Reference.sign(d, highest)));
      assertTrue(cases.get(cases.size() - 1).valid());
    }
    checkWithBothTablesOfBase(cases);
  }

  /**
   * Whole multiples that are equal do not make equal points meet in an addition, but this does:
   * u₂·Q is the first term of u₁·G, by the large table of G or by the other, or its negative.
   */
  @Test
  void verifiesWhereATermMeetsTheSum() {
    List<Case> cases = new ArrayList<>();
    BigInteger d = Reference.scalar(random);
    ECPoint q = Reference.G.multiply(d);
    for (int term : new int[] {1, 63, -21}) {
      for (int multiple : new int[] {term, -term}) {
        BigInteger u2 = small(multiple).multiply(d.modInverse(Reference.N)).mod(Reference.N);
        BigInteger high = new BigInteger(1, Reference.bytes(random, 29));
        // The lowest window of the large table has 12 bits. That of the other has 6, and a digit
        // that is odd: the lower 7 bits less 64.
        for (BigInteger u1 :
            List.of(high.shiftLeft(12).add(small(term)), high.shiftLeft(7).add(small(64 + term)))) {
          cases.add(ofMultiples(q, u1, u2, 0));
          // A sum that went wrong may have any x: (0, 0) with ZZ = 0 would pass for every r.
          cases.add(ofMultiples(q, u1, u2, 1));
        }
      }
    }
    checkWithBothTablesOfBase(cases);
  }

  @Test
  void verifiesSmallAndLargeMultiples() {
    List<Case> cases = new ArrayList<>();
    ECPoint q = Reference.G.multiply(Reference.scalar(random));
    List<BigInteger> scalars = edgeScalars();
    for (int i = 0; i < scalars.size(); i++) {
      BigInteger u1 = scalars.get(random.nextInt(scalars.size()));
      cases.add(ofMultiples(q, u1, scalars.get(i), 0));
    }
    check(cases);
  }

  /** A claim of which the key Q = (s·R − e·G)/r makes R a given point. */
  private Case ofNoncePoint(ECPoint point, BigInteger r) {
    BigInteger s = Reference.scalar(random);
    byte[] digest = Reference.bytes(random, 32);
    BigInteger e = new BigInteger(1, digest).mod(Reference.N);
    ECPoint q =
        point
            .multiply(s)
            .subtract(Reference.G.multiply(e))
            .multiply(r.modInverse(Reference.N))
            .normalize();
    return Case.of(q, digest, Reference.signature(r, s));
  }

  @Test
  void acceptsTheSecondCoordinateOfSmallR() {
    List<Case> cases = new ArrayList<>();
    // The first points of an x above n, and the last ones below p.
    for (BigInteger end : List.of(Reference.N, Reference.P)) {
      BigInteger step = end.equals(Reference.N) ? BigInteger.ONE : BigInteger.ONE.negate();
      BigInteger x = end;
      for (int points = 0; points < 4; ) {
        x = x.add(step);
        ECPoint point = Reference.pointOfX(x);
        if (point == null) {
          continue;
        }
        points++;
        BigInteger r = x.subtract(Reference.N);
        Case valid = ofNoncePoint(point, r);
        cases.add(valid);
        assertTrue(valid.valid());
        byte[] other = Reference.signature(r.add(BigInteger.ONE), Reference.s(valid.signature()));
        cases.add(Case.of(valid.q(), valid.digest(), other));
        assertFalse(cases.get(cases.size() - 1).valid());
      }
    }
    // r + n = p would stand for the x of 0.
    ECPoint zero = Reference.pointOfX(BigInteger.ZERO);
    cases.add(ofNoncePoint(zero, Reference.P.subtract(Reference.N)));
    assertFalse(cases.get(cases.size() - 1).valid());
    check(cases);
  }

  /** The same to the last r that has a second coordinate, p − n − 1, and beyond. */
  @Test
  void endsSecondCoordinatesBelowTheModulus() {
    for (int offset = -3; offset <= 3; offset++) {
      BigInteger r = Reference.P.subtract(Reference.N).add(small(offset));
      SignatureScalars scalars =
          SignatureScalars.parse(new byte[32], Reference.signature(r, BigInteger.ONE));
      FieldElement first = Reference.element(r);
      FieldElement second = Reference.element(r.add(Reference.N).mod(Reference.P));
      // Of a point only the x is asked for.
      XyzzPoint point = new XyzzPoint();
      point.set(first, first);
      assertTrue(scalars.accepts(point));
      assertTrue(scalars.accepts(first));
      point.set(second, second);
      assertEquals(offset < 0, scalars.accepts(point), "r = p - n + " + offset);
      assertEquals(offset < 0, scalars.accepts(second), "r = p - n + " + offset);
    }
  }

  @Test
  void refusesSignaturesOfWrongForm() {
    BigInteger d = Reference.scalar(random);
    byte[] digest = Reference.bytes(random, 64);
    PublicPoint q = Reference.point(Reference.G.multiply(d));
    byte[] signature = Reference.sign(d, digest);
    assertTrue(engine.verify(q, digest, signature));
    BigInteger r = Reference.r(signature);
    BigInteger s = Reference.s(signature);
    List<byte[]> wrong =
        List.of(
            new byte[0],
            Arrays.copyOf(signature, 63),
            Arrays.copyOf(signature, 65),
            Reference.signature(BigInteger.ZERO, s),
            Reference.signature(r, BigInteger.ZERO),
            Reference.signature(Reference.N, s),
            Reference.signature(r, Reference.N),
            Reference.signature(r, s.add(Reference.N)));
    List<P256.Claim> claims = new ArrayList<>();
    for (byte[] each : wrong) {
      assertFalse(engine.verify(q, digest, each));
      claims.add(new P256.Claim(q, digest, each));
    }
    // The other s is as right as the one.
    claims.add(new P256.Claim(q, digest, Reference.signature(r, Reference.N.subtract(s))));
    boolean[] verdicts = engine.verify(claims);
    for (int i = 0; i < wrong.size(); i++) {
      assertFalse(verdicts[i]);
    }
    assertTrue(verdicts[wrong.size()]);
    assertEquals(0, engine.verify(List.of()).length);
  }

  @Test
  void signsVerifiesAndAgreesWithItself() {
    for (int i = 0; i < Reference.count(1_000, 600); i++) {
      SecretScalar d = Reference.secret(Reference.scalar(random));
      byte[] digest = Reference.bytes(random, 64);
      byte[] signature = engine.sign(d, digest, Reference.bytes(random, 32));
      PublicPoint q = engine.publicPoint(d);
      assertTrue(engine.verify(q, digest, signature));
      signature[random.nextInt(64)] ^= (byte) (1 << random.nextInt(8));
      assertFalse(engine.verify(q, digest, signature));
    }
  }

  @Test
  void refusesDestroyedScalars() {
    SecretScalar d = Reference.secret(small(9));
    PublicPoint q = engine.publicPoint(d);
    d.destroy();
    assertThrows(IllegalStateException.class, () -> engine.publicPoint(d));
    assertThrows(IllegalStateException.class, () -> engine.agree(d, q));
    assertThrows(IllegalStateException.class, () -> engine.sign(d, new byte[64], NO_HEDGE));
    assertEquals("own", engine.name());
    assertThrows(IllegalArgumentException.class, () -> new OwnP256(-1));
  }
}

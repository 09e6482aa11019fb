package org.mpotr.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of {@link P256}, asked of every engine; one more engine is one more line here. */
class P256Test {

  /** RFC 6979, A.2.5. */
  private static final String PRIVATE_KEY =
      "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";

  private static final String PUBLIC_KEY =
      "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
          + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";

  private static final byte[] NO_HEDGE = new byte[0];
  private static final byte[] DIGEST = Sha512.hash(ascii("sample"));

  private final P256 engine = P256.engine();
  private final SecureRandom random = new SecureRandom();

  static Stream<P256> engines() {
    return Stream.of(new BouncyCastleP256());
  }

  @Test
  void theEngineInUseIsOneOfThem() {
    assertTrue(engines().anyMatch(each -> each.name().equals(engine.name())));
  }

  /** CAVP, ECC CDH primitive, P-256, counts 0 to 3. */
  @ParameterizedTest
  @CsvSource({
    "7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534,"
        + "700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287,"
        + "db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac,"
        + "ead218590119e8876b29146ff89ca61770c4edbbf97d38ce385ed281d8a6b230,"
        + "46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b",
    "38f65d6dce47676044d58ce5139582d568f64bb16098d179dbab07741dd5caf5,"
        + "809f04289c64348c01515eb03d5ce7ac1a8cb9498f5caa50197e58d43a86a7ae,"
        + "b29d84e811197f25eba8f5194092cb6ff440e26d4421011372461f579271cda3,"
        + "119f2f047902782ab0c9e27a54aff5eb9b964829ca99c06b02ddba95b0a3f6d0,"
        + "057d636096cb80b67a8c038c890e887d1adfa4195e9b3ce241c8a778c59cda67",
    "1accfaf1b97712b85a6f54b148985a1bdc4c9bec0bd258cad4b3d603f49f32c8,"
        + "a2339c12d4a03c33546de533268b4ad667debf458b464d77443636440ee7fec3,"
        + "ef48a3ab26e20220bcda2c1851076839dae88eae962869a497bf73cb66faf536,"
        + "d9f2b79c172845bfdb560bbb01447ca5ecc0470a09513b6126902c6b4f8d1051,"
        + "2d457b78b4614132477618a5b077965ec90730a8c81a1c75d6d4ec68005d67ec",
    "207c43a79bfee03db6f4b944f53d2fb76cc49ef1c9c4d34d51b6c65c4db6932d,"
        + "df3989b9fa55495719b3cf46dccd28b5153f7808191dd518eff0c3cff2b705ed,"
        + "422294ff46003429d739a33206c8752552c8ba54a270defc06e221e0feaf6ac4,"
        + "24277c33f450462dcb3d4801d57b9ced05188f16c28eda873258048cd1607e0d,"
        + "96441259534b80f6aee3d287a6bb17b5094dd4277d9e294f8fe73e48bf2a0024"
  })
  void agreementOfCavp(String d, String peerX, String peerY, String ownX, String secret) {
    PublicPoint peer = point("04" + peerX + peerY);
    engines()
        .forEach(
            each -> {
              assertEquals(secret, hex(each.agree(scalar(d), peer)));
              assertEquals(new BigInteger(ownX, 16), each.publicPoint(scalar(d)).x());
            });
  }

  /** RFC 6979, A.2.5, with SHA-512. The standard's s is low in both, so nothing is changed. */
  @ParameterizedTest
  @CsvSource({
    "sample,8496a60b5e9b47c825488827e0495b0e3fa109ec4568fd3f8d1097678eb97f00,"
        + "2362ab1adbe2b8adf9cb9edab740ea6049c028114f2460f96554f61fae3302fe",
    "test,461d93f31b6540894788fd206c07cfa0cc35f46fa3c91816fff1040ad1581a04,"
        + "39af9f15de0db8d97e72719c74820d304ce5226e32dedae67519e840d1194e55"
  })
  void deterministicSignaturesOfRfc6979(String message, String r, String s) {
    byte[] digest = Sha512.hash(ascii(message));
    engines()
        .forEach(
            each -> {
              byte[] signature = each.sign(scalar(PRIVATE_KEY), digest, NO_HEDGE);
              assertEquals(r + s, hex(signature));
              assertTrue(P256.isLowS(signature));
              assertEquals(PUBLIC_KEY, hex(each.publicPoint(scalar(PRIVATE_KEY)).encoded()));
              assertTrue(each.verify(point(PUBLIC_KEY), digest, signature));
            });
  }

  /** RFC 6979, A.2.5: other hashes, signatures that high-S rules would have changed among them. */
  @ParameterizedTest
  @CsvSource({
    "SHA-256,sample,false,efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716,"
        + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
    "SHA-384,sample,true,0eafea039b20e9b42309fb1d89e213057cbf973dc0cfc8f129edddc800ef7719,"
        + "4861f0491e6998b9455193e34e7b0d284ddd7149a74b95b9261f13abde940954"
  })
  void otherHashesVerify(String hash, String message, boolean low, String r, String s)
      throws NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance(hash).digest(ascii(message));
    byte[] signature = hex(r + s);
    engines().forEach(each -> assertTrue(each.verify(point(PUBLIC_KEY), digest, signature)));
    assertEquals(low, P256.isLowS(signature));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void hedgedNoncesAreThoseOfSection36(P256 each) {
    for (int i = 0; i < 16; i++) {
      byte[] hedge = new byte[P256.HEDGE_BYTES];
      random.nextBytes(hedge);
      byte[] digest = Sha512.hash(hedge);
      BigInteger k = Rfc6979.nonce(hex(PRIVATE_KEY), digest, hedge);
      BigInteger d = new BigInteger(PRIVATE_KEY, 16);
      BigInteger r = each.publicPoint(scalar(k)).x().mod(Curve.N);
      BigInteger e = new BigInteger(1, digest, 0, 32);
      BigInteger s = k.modInverse(Curve.N).multiply(e.add(r.multiply(d))).mod(Curve.N);
      BigInteger low = s.min(Curve.N.subtract(s));
      byte[] expected = new byte[64];
      Curve.putScalar(r, expected, 0);
      Curve.putScalar(low, expected, 32);
      assertEquals(hex(expected), hex(each.sign(scalar(PRIVATE_KEY), digest, hedge)));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void hedgedSignaturesDifferAndVerify(P256 each) {
    byte[] hedge = new byte[P256.HEDGE_BYTES];
    byte[] first = each.sign(scalar(PRIVATE_KEY), DIGEST, hedge);
    assertArrayEquals(first, each.sign(scalar(PRIVATE_KEY), DIGEST, hedge));
    hedge[31] = 1;
    byte[] second = each.sign(scalar(PRIVATE_KEY), DIGEST, hedge);
    byte[] plain = each.sign(scalar(PRIVATE_KEY), DIGEST, NO_HEDGE);
    List<String> nonces = new ArrayList<>();
    for (byte[] signature : List.of(first, second, plain)) {
      nonces.add(hex(signature).substring(0, 64));
      assertTrue(each.verify(point(PUBLIC_KEY), DIGEST, signature));
    }
    assertEquals(3, nonces.stream().distinct().count());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void signaturesAreAlwaysLowS(P256 each) {
    for (int i = 0; i < 64; i++) {
      byte[] digest = Sha512.hash(new byte[] {(byte) i});
      byte[] signature = each.sign(scalar(PRIVATE_KEY), digest, NO_HEDGE);
      assertTrue(P256.isLowS(signature));
      assertTrue(each.verify(point(PUBLIC_KEY), digest, signature));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void highSVerifiesButIsNotLow(P256 each) {
    byte[] signature = each.sign(scalar(PRIVATE_KEY), DIGEST, NO_HEDGE);
    BigInteger s = new BigInteger(1, signature, 32, 32);
    Curve.putScalar(Curve.N.subtract(s), signature, 32);
    assertTrue(each.verify(point(PUBLIC_KEY), DIGEST, signature));
    assertFalse(P256.isLowS(signature));
  }

  @Test
  void theBorderOfLowS() {
    BigInteger half = Curve.N.shiftRight(1);
    assertTrue(P256.isLowS(signature(BigInteger.ONE, half)));
    assertFalse(P256.isLowS(signature(BigInteger.ONE, half.add(BigInteger.ONE))));
    assertFalse(P256.isLowS(new byte[63]));
    assertFalse(P256.isLowS(new byte[65]));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void numbersOutOfRangeAreWrongSignatures(P256 each) {
    byte[] right = each.sign(scalar(PRIVATE_KEY), DIGEST, NO_HEDGE);
    BigInteger r = new BigInteger(1, right, 0, 32);
    BigInteger s = new BigInteger(1, right, 32, 32);
    BigInteger largest = BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);
    for (BigInteger outside :
        List.of(BigInteger.ZERO, Curve.N, Curve.N.add(BigInteger.ONE), largest)) {
      assertFalse(each.verify(point(PUBLIC_KEY), DIGEST, signature(outside, s)));
      assertFalse(each.verify(point(PUBLIC_KEY), DIGEST, signature(r, outside)));
      assertFalse(each.verify(point(PUBLIC_KEY), DIGEST, signature(outside, outside)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 65, 128})
  void otherLengthsAreWrongSignatures(int length) {
    byte[] signature = Arrays.copyOf(engine.sign(scalar(PRIVATE_KEY), DIGEST, NO_HEDGE), length);
    engines().forEach(each -> assertFalse(each.verify(point(PUBLIC_KEY), DIGEST, signature)));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everyChangedBitIsAWrongSignature(P256 each) {
    byte[] signature = each.sign(scalar(PRIVATE_KEY), DIGEST, NO_HEDGE);
    for (int bit = 0; bit < signature.length * Byte.SIZE; bit++) {
      byte[] changed = signature.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertFalse(each.verify(point(PUBLIC_KEY), DIGEST, changed));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void onlyTheLeading256BitsOfADigestCount(P256 each) {
    byte[] signature = each.sign(scalar(PRIVATE_KEY), DIGEST, NO_HEDGE);
    byte[] tail = DIGEST.clone();
    tail[32] ^= 1;
    assertTrue(each.verify(point(PUBLIC_KEY), tail, signature));
    assertTrue(each.verify(point(PUBLIC_KEY), Arrays.copyOf(DIGEST, 32), signature));
    byte[] head = DIGEST.clone();
    head[31] ^= 1;
    assertFalse(each.verify(point(PUBLIC_KEY), head, signature));
  }

  /** Digests of n and of zero are reduced as the standards say, not taken as they are. */
  @ParameterizedTest
  @MethodSource("engines")
  void digestsAtTheEdges(P256 each) {
    for (BigInteger edge : List.of(BigInteger.ZERO, Curve.N, Curve.N.add(BigInteger.ONE))) {
      byte[] digest = SecretScalarTest.bytes(edge);
      byte[] signature = each.sign(scalar(PRIVATE_KEY), digest, NO_HEDGE);
      assertTrue(each.verify(point(PUBLIC_KEY), digest, signature));
      byte[] reduced = SecretScalarTest.bytes(edge.mod(Curve.N));
      assertArrayEquals(each.sign(scalar(PRIVATE_KEY), reduced, NO_HEDGE), signature);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 28, 31, 65})
  void digestsOfOtherLengthsAreRefused(int length) {
    byte[] digest = new byte[length];
    byte[] signature = new byte[P256.SIGNATURE_BYTES];
    engines()
        .forEach(
            each -> {
              assertThrows(
                  IllegalArgumentException.class,
                  () -> each.sign(scalar(PRIVATE_KEY), digest, NO_HEDGE));
              assertThrows(
                  IllegalArgumentException.class,
                  () -> each.verify(point(PUBLIC_KEY), digest, signature));
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 31, 33, 64})
  void hedgesOfOtherLengthsAreRefused(int length) {
    byte[] hedge = new byte[length];
    engines()
        .forEach(
            each ->
                assertThrows(
                    IllegalArgumentException.class,
                    () -> each.sign(scalar(PRIVATE_KEY), DIGEST, hedge)));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void scalarsAtTheEdges(P256 each) {
    PublicPoint generator = each.publicPoint(scalar(BigInteger.ONE));
    assertEquals(Curve.GX, generator.x());
    assertEquals(Curve.GY, generator.y());
    SecretScalar last = scalar(Curve.N.subtract(BigInteger.ONE));
    assertEquals(Curve.GX, each.publicPoint(last).x());
    assertEquals(Curve.P.subtract(Curve.GY), each.publicPoint(last).y());
    PublicPoint q = point(PUBLIC_KEY);
    for (SecretScalar d : List.of(scalar(BigInteger.ONE), last)) {
      assertEquals(hex(SecretScalarTest.bytes(q.x())), hex(each.agree(d, q)));
    }
    for (int i = 1; i < 40; i++) {
      SecretScalar small = scalar(BigInteger.valueOf(i));
      SecretScalar large = scalar(Curve.N.subtract(BigInteger.valueOf(i)));
      String expected = hex(SecretScalarTest.bytes(each.publicPoint(small).x()));
      assertEquals(expected, hex(each.agree(small, generator)));
      assertEquals(expected, hex(each.agree(large, generator)));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aSecretKeepsItsLeadingZeros(P256 each) {
    // The point with x = 0, agreed with by the scalar 1.
    PublicPoint q =
        point(
            "04"
                + "00".repeat(32)
                + "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4");
    assertArrayEquals(new byte[32], each.agree(scalar(BigInteger.ONE), q));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void bothSidesAgreeAndListsAnswerInOrder(P256 each) {
    SecretScalar own = SecretScalar.random(random);
    List<PublicPoint> points = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      SecretScalar other = SecretScalar.random(random);
      points.add(each.publicPoint(other));
      expected.add(hex(each.agree(other, each.publicPoint(own))));
    }
    assertEquals(expected, each.agree(own, points).stream().map(P256Test::hex).toList());
    assertEquals(List.of(), each.agree(own, List.of()));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aBatchAnswersForEachClaim(P256 each) {
    byte[] right = each.sign(scalar(PRIVATE_KEY), DIGEST, NO_HEDGE);
    byte[] wrong = right.clone();
    wrong[40] ^= 1;
    PublicPoint q = point(PUBLIC_KEY);
    boolean[] verdicts =
        each.verify(
            List.of(
                new P256.Claim(q, DIGEST, right),
                new P256.Claim(q, DIGEST, wrong),
                new P256.Claim(q, DIGEST, right)));
    assertArrayEquals(new boolean[] {true, false, true}, verdicts);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void aDestroyedScalarDoesNothing(P256 each) {
    SecretScalar d = scalar(PRIVATE_KEY);
    d.destroy();
    PublicPoint q = point(PUBLIC_KEY);
    assertThrows(IllegalStateException.class, () -> each.publicPoint(d));
    assertThrows(IllegalStateException.class, () -> each.agree(d, q));
    assertThrows(IllegalStateException.class, () -> each.agree(d, List.of(q)));
    assertThrows(IllegalStateException.class, () -> each.sign(d, DIGEST, NO_HEDGE));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void inputsAreLeftAsTheyWere(P256 each) {
    byte[] digest = DIGEST.clone();
    byte[] hedge = new byte[32];
    byte[] signature = each.sign(scalar(PRIVATE_KEY), digest, hedge);
    byte[] copy = signature.clone();
    each.verify(point(PUBLIC_KEY), digest, signature);
    assertArrayEquals(DIGEST, digest);
    assertArrayEquals(new byte[32], hedge);
    assertArrayEquals(copy, signature);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void manyThreadsShareAnEngineAndItsKeys(P256 each) throws Exception {
    SecretScalar d = scalar(PRIVATE_KEY);
    PublicPoint q = point(PUBLIC_KEY);
    byte[] expectedSecret = each.agree(d, q);
    byte[] expectedSignature = each.sign(d, DIGEST, NO_HEDGE);
    // A fresh point object, so that the threads race to prepare its table.
    PublicPoint shared = point(PUBLIC_KEY);
    Callable<Void> work =
        () -> {
          for (int i = 0; i < 25; i++) {
            assertArrayEquals(expectedSecret, each.agree(d, shared));
            assertArrayEquals(expectedSignature, each.sign(d, DIGEST, NO_HEDGE));
            assertTrue(each.verify(shared, DIGEST, expectedSignature));
            assertEquals(q, each.publicPoint(d));
          }
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Void> done : threads.invokeAll(Collections.nCopies(8, work))) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static byte[] signature(BigInteger r, BigInteger s) {
    byte[] signature = new byte[P256.SIGNATURE_BYTES];
    Curve.putScalar(r, signature, 0);
    Curve.putScalar(s, signature, P256.SCALAR_BYTES);
    return signature;
  }

  private static SecretScalar scalar(String digits) {
    return SecretScalar.of(hex(digits));
  }

  private static SecretScalar scalar(BigInteger number) {
    return SecretScalar.of(SecretScalarTest.bytes(number));
  }

  private static PublicPoint point(String digits) {
    try {
      return PublicPoint.decode(hex(digits));
    } catch (InvalidKeyException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}

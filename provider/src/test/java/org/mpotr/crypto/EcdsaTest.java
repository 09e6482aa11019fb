package org.mpotr.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures made and verified by {@link P256}. */
class EcdsaTest extends EngineContract {

  private final SecureRandom random = new SecureRandom();

  /** RFC 6979, A.2.5, with SHA-256. Of the first s the text has the higher one, n − s. */
  @ParameterizedTest
  @CsvSource({
    "sample,efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716,"
        + "0834e36ad29a83bf2bc9385e491d6099c8fdf9d1ed67aa7ea5f51f93782857a9",
    "test,f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367,"
        + "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083"
  })
  void deterministicSignaturesOfRfc6979(String message, String r, String s)
      throws NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(ascii(message));
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

  /** RFC 6979, A.2.5: of other hashes, and signatures that low-S rules would have changed. */
  @ParameterizedTest
  @CsvSource({
    "SHA-256,sample,false,efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716,"
        + "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
    "SHA-384,sample,true,0eafea039b20e9b42309fb1d89e213057cbf973dc0cfc8f129edddc800ef7719,"
        + "4861f0491e6998b9455193e34e7b0d284ddd7149a74b95b9261f13abde940954",
    "SHA-512,sample,true,8496a60b5e9b47c825488827e0495b0e3fa109ec4568fd3f8d1097678eb97f00,"
        + "2362ab1adbe2b8adf9cb9edab740ea6049c028114f2460f96554f61fae3302fe",
    "SHA-512,test,true,461d93f31b6540894788fd206c07cfa0cc35f46fa3c91816fff1040ad1581a04,"
        + "39af9f15de0db8d97e72719c74820d304ce5226e32dedae67519e840d1194e55"
  })
  void signaturesOfTheStandardVerify(String hash, String message, boolean low, String r, String s)
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
    byte[] signature =
        Arrays.copyOf(P256.engine().sign(scalar(PRIVATE_KEY), DIGEST, NO_HEDGE), length);
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

  private static byte[] signature(BigInteger r, BigInteger s) {
    byte[] signature = new byte[P256.SIGNATURE_BYTES];
    Curve.putScalar(r, signature, 0);
    Curve.putScalar(s, signature, P256.SCALAR_BYTES);
    return signature;
  }
}

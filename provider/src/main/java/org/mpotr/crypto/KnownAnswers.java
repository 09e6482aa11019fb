package org.mpotr.crypto;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * One published answer for each primitive, asked of the primitive that is given, so that a wrong
 * one can be given too. All keys here are those of the standards.
 */
final class KnownAnswers {

  private KnownAnswers() {}

  /** HKDF-Expand of key, context and length. */
  @FunctionalInterface
  interface Expansion {
    byte[] expand(byte[] key, byte[] info, int length);
  }

  /** Counter mode of key, initial counter block and input. */
  @FunctionalInterface
  interface CounterMode {
    byte[] process(byte[] key, byte[] iv, byte[] input);
  }

  /** FIPS 180-4, the example "abc". */
  static boolean sha512(UnaryOperator<byte[]> hash) {
    byte[] expected =
        hex(
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
    return MessageDigest.isEqual(expected, hash.apply(text("abc")));
  }

  /** FIPS 180-4, the example "abc", with SHA-256. */
  static boolean sha256(UnaryOperator<byte[]> hash) {
    byte[] expected = hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    return MessageDigest.isEqual(expected, hash.apply(text("abc")));
  }

  /** FIPS 180-4, the example "abc", with SHA-384. */
  static boolean sha384(UnaryOperator<byte[]> hash) {
    byte[] expected =
        hex(
            "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                + "8086072ba1e7cc2358baeca134c825a7");
    return MessageDigest.isEqual(expected, hash.apply(text("abc")));
  }

  /** RFC 4231, 4.3. */
  static boolean hmac(BinaryOperator<byte[]> mac) {
    byte[] expected =
        hex(
            "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737");
    byte[] tag = mac.apply(text("Jefe"), text("what do ya want for nothing?"));
    return MessageDigest.isEqual(expected, tag);
  }

  /** The inputs of RFC 5869, A.1, with SHA-512. */
  static boolean hkdf(BinaryOperator<byte[]> extraction, Expansion expansion) {
    byte[] expectedKey =
        hex(
            "665799823737ded04a88e47e54a5890bb2c3d247c7a4254a8e61350723590a26"
                + "c36238127d8661b88cf80ef802d57e2f7cebcf1e00e083848be19929c61b4237");
    byte[] expected =
        hex(
            "832390086cda71fb47625bb5ceb168e4c8e26a1a16ed34d9"
                + "fc7fe92c1481579338da362cb8d9f925d7cb");
    byte[] key =
        extraction.apply(
            hex("000102030405060708090a0b0c"), hex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"));
    byte[] output = expansion.expand(key, hex("f0f1f2f3f4f5f6f7f8f9"), expected.length);
    return MessageDigest.isEqual(expectedKey, key) && MessageDigest.isEqual(expected, output);
  }

  /** SP 800-38A, F.5.1. */
  static boolean aesCtr(CounterMode cipher) {
    byte[] plaintext =
        hex(
            "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
    byte[] expected =
        hex(
            "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff"
                + "5ae4df3edbd5d35e5b4f09020db03eab1e031dda2fbe03d1792170a0f3009cee");
    byte[] ciphertext =
        cipher.process(
            hex("2b7e151628aed2a6abf7158809cf4f3c"),
            hex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"),
            plaintext);
    return MessageDigest.isEqual(expected, ciphertext);
  }

  /** CAVP, ECC CDH primitive on P-256, count 0: the key pair and the agreement. */
  static boolean ecdh(P256 engine) {
    byte[] ownPoint =
        hex(
            "04ead218590119e8876b29146ff89ca61770c4edbbf97d38ce385ed281d8a6b230"
                + "28af61281fd35e2fa7002523acc85a429cb06ee6648325389f59edfce1405141");
    PublicPoint peer =
        point(
            "04700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287"
                + "db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac");
    byte[] expected = hex("46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b");
    try (SecretScalar d =
        scalar("7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534")) {
      return MessageDigest.isEqual(ownPoint, engine.publicPoint(d).encoded())
          && MessageDigest.isEqual(expected, engine.agree(d, peer));
    }
  }

  /**
   * RFC 6979, A.2.5, "test" with SHA-256, whose s is low; a changed hash and a hedged signature
   * besides. An engine with nonces of its own need not make the signature of the standard.
   */
  static boolean ecdsa(P256 engine) {
    byte[] expected =
        hex(
            "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"
                + "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083");
    PublicPoint signer =
        point(
            "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
                + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");
    byte[] digest = hex("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    byte[] hedge = new byte[P256.HEDGE_BYTES];
    try (SecretScalar d =
        scalar("c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721")) {
      byte[] hedged = engine.sign(d, digest, hedge);
      boolean made =
          !engine.followsRfc6979()
              || (MessageDigest.isEqual(expected, engine.sign(d, digest, new byte[0]))
                  && !MessageDigest.isEqual(expected, hedged));
      boolean verified = engine.verify(signer, digest, expected);
      verified &= P256.isLowS(hedged) && engine.verify(signer, digest, hedged);
      digest[0] ^= 1;
      return made && verified && !engine.verify(signer, digest, expected);
    }
  }

  private static PublicPoint point(String digits) {
    try {
      return PublicPoint.decode(hex(digits));
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("a valid point was refused", e);
    }
  }

  private static SecretScalar scalar(String digits) {
    return SecretScalar.of(hex(digits));
  }

  private static byte[] text(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}

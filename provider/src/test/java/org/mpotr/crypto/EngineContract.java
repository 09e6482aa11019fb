package org.mpotr.crypto;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.mpotr.crypto.p256.OwnP256;

/**
 * What the tests of {@link P256} have in common. They ask every engine; one more engine is one more
 * line here.
 */
abstract class EngineContract {

  /** RFC 6979, A.2.5. */
  static final String PRIVATE_KEY =
      "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";

  static final String PUBLIC_KEY =
      "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
          + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";

  static final byte[] NO_HEDGE = new byte[0];
  static final byte[] DIGEST = Sha512.hash(ascii("sample"));

  static Stream<P256> engines() {
    return Stream.of(new OwnP256(), new BouncyCastleP256());
  }

  static SecretScalar scalar(String digits) {
    return SecretScalar.of(hex(digits));
  }

  static SecretScalar scalar(BigInteger number) {
    return SecretScalar.of(SecretScalarTest.bytes(number));
  }

  static PublicPoint point(String digits) {
    try {
      return PublicPoint.decode(hex(digits));
    } catch (InvalidKeyException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}

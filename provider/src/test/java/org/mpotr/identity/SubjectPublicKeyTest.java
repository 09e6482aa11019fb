package org.mpotr.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mpotr.crypto.PublicPoint;

class SubjectPublicKeyTest {

  private static final String X =
      "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6";
  private static final String Y =
      "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
  private static final String ENCODED =
      "3059301306072a8648ce3d020106082a8648ce3d030107034200" + "04" + X + Y;

  @Test
  void aKeyGoesInAndOut() throws InvalidKeyException {
    PublicPoint point = SubjectPublicKey.decode(hex(ENCODED));
    assertEquals(PublicPoint.decode(hex("04" + X + Y)), point);
    assertArrayEquals(hex(ENCODED), SubjectPublicKey.encode(point));
  }

  @Test
  void thePlatformWritesTheSame() throws GeneralSecurityException {
    PublicKey key = platformKey("secp256r1");
    PublicPoint point = SubjectPublicKey.decode(key.getEncoded());
    assertArrayEquals(key.getEncoded(), SubjectPublicKey.encode(point));
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp384r1", "secp521r1"})
  void otherCurvesAreRefused(String curve) throws GeneralSecurityException {
    byte[] encoded = platformKey(curve).getEncoded();
    assertThrows(InvalidKeyException.class, () -> SubjectPublicKey.decode(encoded));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        // compressed
        "3039301306072a8648ce3d020106082a8648ce3d030107032200" + "03" + X,
        // algorithm id-ecDH
        "3057301106052b8104010c06082a8648ce3d030107034200" + "04" + X + Y,
        // parameters NULL
        "3051300b06072a8648ce3d02010500034200" + "04" + X + Y,
        // no parameters
        "304f300906072a8648ce3d0201034200" + "04" + X + Y,
        // curve secp256k1 under the right length
        "3059301306072a8648ce3d020106082a8648ce3d03010a034200" + "04" + X + Y,
        // long form of a length
        "308159301306072a8648ce3d020106082a8648ce3d030107034200" + "04" + X + Y,
        // unused bits
        "3059301306072a8648ce3d020106082a8648ce3d030107034201" + "04" + X + Y,
        // bytes after it
        ENCODED + "00",
        // a point off the curve
        "3059301306072a8648ce3d020106082a8648ce3d030107034200" + "04" + Y + X
      })
  void everyOtherFormIsRefused(String digits) {
    assertThrows(InvalidKeyException.class, () -> SubjectPublicKey.decode(hex(digits)));
  }

  @Test
  void everyTruncationAndChangedBitIsRefused() {
    byte[] encoded = hex(ENCODED);
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThrows(InvalidKeyException.class, () -> SubjectPublicKey.decode(cut));
    }
    for (int bit = 0; bit < encoded.length * Byte.SIZE; bit++) {
      byte[] changed = encoded.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThrows(InvalidKeyException.class, () -> SubjectPublicKey.decode(changed));
    }
  }

  private static PublicKey platformKey(String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair().getPublic();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }
}

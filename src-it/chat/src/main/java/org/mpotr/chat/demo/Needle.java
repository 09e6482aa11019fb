package org.mpotr.chat.demo;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import org.mpotr.identity.Fingerprint;

/**
 * Something that a relay must not learn, in one of the forms in which it could show.
 *
 * @param kind what it is, for people
 * @param text each byte of it as the character of the same number
 * @param isName whether it is looked for in requests' heads however short it is
 */
record Needle(String kind, String text, boolean isName) {

  /** Bytes of a SubjectPublicKeyInfo before the two coordinates. */
  private static final int BEFORE_COORDINATES = 27;

  static Needle ofName(String nickname) {
    return new Needle("nickname", latin(nickname.getBytes(StandardCharsets.UTF_8)), true);
  }

  static Needle ofLine(String line) {
    return new Needle("line", latin(line.getBytes(StandardCharsets.UTF_8)), false);
  }

  /** The key as it stands in certificates and by its coordinates alone. */
  static List<Needle> ofIdentity(PublicKey key) {
    byte[] encoded = key.getEncoded();
    byte[] coordinates = Arrays.copyOfRange(encoded, BEFORE_COORDINATES, encoded.length);
    return List.of(
        new Needle("identity", latin(encoded), false),
        new Needle("identity", latin(coordinates), false));
  }

  /** The fingerprint in bytes, in hexadecimal, and in digits with and without spaces. */
  static List<Needle> ofFingerprint(PublicKey key) throws InvalidKeyException {
    Fingerprint fingerprint = Fingerprint.of(key);
    String digits = fingerprint.toString();
    return List.of(
        new Needle("fingerprint", latin(fingerprint.bytes().toArray()), false),
        new Needle("fingerprint", fingerprint.bytes().toHex(), false),
        new Needle("fingerprint", digits, false),
        new Needle("fingerprint", digits.replace(" ", ""), false));
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}

package org.mpotr.keystore;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.KeyStoreException;
import java.util.Locale;

/** The names of entries: in lower case, as in the stores of the JDK. */
final class Aliases {

  static final int MAX_BYTES = 255;

  private Aliases() {}

  /** The form in which an alias is kept and found. */
  static String normal(String alias) {
    return alias.toLowerCase(Locale.ROOT);
  }

  /** The normal form of an alias that an entry may have. */
  static String require(String alias) throws KeyStoreException {
    String normal = normal(alias);
    try {
      requireText(normal);
    } catch (IllegalArgumentException e) {
      throw new KeyStoreException("an alias has 1 to 255 bytes and no control characters", e);
    }
    return normal;
  }

  /** Demands 1 to 255 bytes of UTF-8 without control characters. */
  static void requireText(String text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      boolean fits = encoded.remaining() >= 1 && encoded.remaining() <= MAX_BYTES;
      if (fits && text.codePoints().noneMatch(Character::isISOControl)) {
        return;
      }
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a name is valid Unicode", e);
    }
    throw new IllegalArgumentException("a name has 1 to 255 bytes and no control characters");
  }
}

package org.mpotr;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyStoreException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.mpotr.agreement.PreSharedKey;
import org.mpotr.crypto.SecretAccess;

/**
 * Pre-shared keys as the platform's key stores know secrets: a random key is one of {@code
 * HmacSHA512}, a passphrase one whose algorithm begins with {@code PBE}, as keytool makes them.
 */
final class SharedSecretKeys {

  private static final String RANDOM_KEY = "HmacSHA512";
  private static final String PASSPHRASE = "PBE";

  private SharedSecretKeys() {}

  /** The key for the platform; the given one is destroyed. */
  static SecretKey toSecretKey(PreSharedKey key) {
    byte[] secret = key.secret(SecretAccess.GRANTED);
    try {
      return new SecretKeySpec(secret, key.isPassphrase() ? PASSPHRASE : RANDOM_KEY);
    } finally {
      Arrays.fill(secret, (byte) 0);
      key.destroy();
    }
  }

  /** The key of one of the platform's, to be destroyed by the caller. */
  static PreSharedKey fromSecretKey(SecretKey key) throws KeyStoreException {
    byte[] secret = key.getEncoded();
    if (secret == null) {
      throw new KeyStoreException("the secret key does not leave its provider");
    }
    try {
      return key.getAlgorithm().toUpperCase(Locale.ROOT).startsWith(PASSPHRASE)
          ? passphrase(secret)
          : PreSharedKey.ofRandomKey(secret);
    } catch (IllegalArgumentException e) {
      throw new KeyStoreException("a KeyStore of mpOTR does not take this secret key", e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static PreSharedKey passphrase(byte[] utf8) {
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(utf8));
    char[] passphrase = new char[decoded.remaining()];
    decoded.get(passphrase);
    Arrays.fill(decoded.array(), '\0');
    try {
      return PreSharedKey.ofPassphrase(passphrase);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }
}

package org.mpotr.agreement;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import javax.security.auth.Destroyable;
import org.bouncycastle.crypto.generators.SCrypt;
import org.mpotr.crypto.BouncyCastle;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.PreSharedKeyScheme;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.WireWriter;

/**
 * A secret that the members agreed on beforehand and that is mixed into every pair's keys
 * (PROTOCOL.md, section 4.1): 32 random bytes, or a passphrase. Safe for use by many threads.
 */
public final class PreSharedKey implements Destroyable {

  /** Bytes of a random key, and of what a passphrase is stretched to. */
  public static final int BYTES = 32;

  /** The longest passphrase, in bytes of UTF-8. */
  public static final int MAX_PASSPHRASE_BYTES = 1_024;

  private final PreSharedKeyScheme.Kind kind;
  private final byte[] secret;
  private boolean destroyed;

  private PreSharedKey(PreSharedKeyScheme.Kind kind, byte[] secret) {
    this.kind = kind;
    this.secret = secret;
  }

  /**
   * A random key.
   *
   * @param key 32 bytes, which are copied
   * @throws IllegalArgumentException for another length
   */
  public static PreSharedKey ofRandomKey(byte[] key) {
    if (key.length != BYTES) {
      throw new IllegalArgumentException("a random pre-shared key has 32 bytes");
    }
    return new PreSharedKey(PreSharedKeyScheme.Kind.RANDOM_KEY, key.clone());
  }

  /**
   * A passphrase, taken as it is typed: its characters in UTF-8, with no normalization.
   *
   * @param passphrase 1 to 1,024 bytes, which are copied
   * @throws IllegalArgumentException for another length
   */
  public static PreSharedKey ofPassphrase(char[] passphrase) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
    byte[] utf8 = new byte[encoded.remaining()];
    encoded.get(utf8);
    Arrays.fill(encoded.array(), (byte) 0);
    if (utf8.length < 1 || utf8.length > MAX_PASSPHRASE_BYTES) {
      Arrays.fill(utf8, (byte) 0);
      throw new IllegalArgumentException("a passphrase has 1 to 1,024 bytes");
    }
    return new PreSharedKey(PreSharedKeyScheme.Kind.PASSPHRASE, utf8);
  }

  PreSharedKeyScheme.Kind kind() {
    return kind;
  }

  /** Whether it is a passphrase rather than a random key. */
  public boolean isPassphrase() {
    return kind == PreSharedKeyScheme.Kind.PASSPHRASE;
  }

  /**
   * The random key, or the passphrase in UTF-8, to be cleared by the caller; for stores.
   *
   * @throws IllegalStateException when it has been destroyed
   */
  public synchronized byte[] secret(SecretAccess access) {
    Objects.requireNonNull(access);
    requireAlive();
    return secret.clone();
  }

  /** {@code psk}, 32 bytes, to be cleared by the caller. */
  synchronized byte[] derive(PreSharedKeyScheme scheme) {
    requireAlive();
    if (kind == PreSharedKeyScheme.Kind.RANDOM_KEY) {
      return secret.clone();
    }
    BouncyCastle.BCPROV.require();
    byte[] salt = WireWriter.labelled("passphrase", Bytes.EMPTY).vector(scheme.salt()).finish();
    return SCrypt.generate(
        secret, salt, 1 << scheme.costExponent(), scheme.blockSize(), scheme.parallelism(), BYTES);
  }

  private void requireAlive() {
    if (destroyed) {
      throw new IllegalStateException("the pre-shared key has been destroyed");
    }
  }

  @Override
  public synchronized void destroy() {
    Arrays.fill(secret, (byte) 0);
    destroyed = true;
  }

  @Override
  public synchronized boolean isDestroyed() {
    return destroyed;
  }
}

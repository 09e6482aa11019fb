package org.mpotr.crypto;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.ProviderException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.security.auth.Destroyable;

/**
 * HMAC-SHA-512 (FIPS 198-1, RFC 2104) under one key, the MAC of suite 0x0001 (PROTOCOL.md, section
 * 1). The keyed state is kept, so one object serves any number of messages. Threads may share it;
 * their calls wait for each other.
 */
public final class HmacSha512 implements Destroyable, AutoCloseable {

  /** Bytes of a full tag. */
  public static final int TAG_BYTES = 64;

  /** Bytes of the shortest tag that {@link #verify} takes. */
  public static final int SHORTEST_TAG_BYTES = 16;

  private static final String ALGORITHM = "HmacSHA512";

  private final Mac mac = JdkAlgorithms.hmacSha512();
  private boolean destroyed;

  /**
   * A MAC under a key.
   *
   * @param key any number of bytes, which are copied
   */
  public HmacSha512(byte[] key) {
    // HMAC pads a key with zeros, so that one zero is the same key as none; the platform takes no
    // empty keys.
    useKey(key.length == 0 ? new byte[1] : key);
  }

  /**
   * The full tag of the parts one after the other: 64 bytes, to be cleared by the caller where they
   * are a secret.
   *
   * @throws IllegalStateException when the key has been destroyed
   */
  public synchronized byte[] mac(byte[]... parts) {
    if (destroyed) {
      throw new IllegalStateException("the MAC key has been destroyed");
    }
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  /**
   * Whether {@code tag} is the leading part of the tag of the parts, in a time that depends on
   * lengths only.
   *
   * @param tag the tag as received; one of another length than {@code tagBytes} is wrong
   * @param tagBytes how many bytes the protocol cuts the tag to, 16 to 64; never the length that
   *     was received
   * @throws IllegalArgumentException when {@code tagBytes} is out of range
   * @throws IllegalStateException when the key has been destroyed
   */
  public boolean verify(byte[] tag, int tagBytes, byte[]... parts) {
    if (tagBytes < SHORTEST_TAG_BYTES || tagBytes > TAG_BYTES) {
      throw new IllegalArgumentException("a tag is 16 to 64 bytes, not " + tagBytes);
    }
    byte[] full = mac(parts);
    byte[] expected = Arrays.copyOf(full, tagBytes);
    try {
      return MessageDigest.isEqual(expected, tag);
    } finally {
      Arrays.fill(full, (byte) 0);
      Arrays.fill(expected, (byte) 0);
    }
  }

  /** Overwrites the keyed state; afterwards the object makes no tags. */
  @Override
  public synchronized void destroy() {
    if (!destroyed) {
      destroyed = true;
      useKey(new byte[1]);
    }
  }

  @Override
  public synchronized boolean isDestroyed() {
    return destroyed;
  }

  /** The same as {@link #destroy()}. */
  @Override
  public void close() {
    destroy();
  }

  private void useKey(byte[] bytes) {
    ClearableKey key = new ClearableKey(bytes, ALGORITHM);
    try {
      mac.init(key);
    } catch (InvalidKeyException e) {
      throw new ProviderException("the HMAC-SHA-512 of " + mac.getProvider() + " takes no key", e);
    } finally {
      key.destroy();
    }
  }
}

package org.mpotr.epoch;

import java.util.Arrays;

/**
 * The keys of one sender's frames (PROTOCOL.md, section 5). The receiver of the object owns it and
 * clears it.
 */
public final class SenderKeys implements AutoCloseable {

  /** Bytes of the AES-128 key. */
  public static final int CIPHER_KEY_BYTES = 16;

  /** Bytes of the HMAC key. */
  public static final int MAC_KEY_BYTES = 64;

  private final byte[] cipherKey;
  private final byte[] macKey;

  SenderKeys(byte[] cipherKey, byte[] macKey) {
    this.cipherKey = cipherKey;
    this.macKey = macKey;
  }

  /** The AES-128 key itself, 16 bytes. */
  public byte[] cipherKey() {
    return cipherKey;
  }

  /** The HMAC key itself, 64 bytes. */
  public byte[] macKey() {
    return macKey;
  }

  /** Clears both keys. */
  @Override
  public void close() {
    Arrays.fill(cipherKey, (byte) 0);
    Arrays.fill(macKey, (byte) 0);
  }
}

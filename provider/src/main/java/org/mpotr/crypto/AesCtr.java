package org.mpotr.crypto;

import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.util.List;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.security.auth.Destroyable;

/**
 * AES-128 in counter mode (SP 800-38A, 6.5) under one key, the cipher of suite 0x0001 (PROTOCOL.md,
 * section 1). The initial counter block is the whole IV, 16 bytes, incremented as one big-endian
 * number. Encryption and decryption are the same; it is the caller's duty that no two messages
 * share a key and a counter block.
 *
 * <p>The expanded key is kept, so that another IV costs next to nothing: keep one object for each
 * key. Threads may share it; their calls wait for each other, since two that mixed would encrypt
 * under one counter block.
 */
public final class AesCtr implements Destroyable, AutoCloseable {

  /** Bytes of a key. */
  public static final int KEY_BYTES = 16;

  /** Bytes of an IV. */
  public static final int IV_BYTES = 16;

  private static final String ALGORITHM = "AES";

  // The JDK's fast path is compiled per call of the cipher: one huge call would run interpreted to
  // its end.
  private static final int CHUNK_BYTES = 16 * 1024;

  private final Cipher cipher = JdkAlgorithms.aesCtr();
  private final ClearableKey key;

  /**
   * A cipher under a key.
   *
   * @param key 16 bytes, which are copied
   * @throws IllegalArgumentException for another length
   */
  public AesCtr(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("an AES-128 key has 16 bytes");
    }
    this.key = new ClearableKey(key, ALGORITHM);
  }

  /**
   * Bytes of an array, a part of a message.
   *
   * @param offset where they begin
   * @param length how many they are
   */
  public record Part(byte[] bytes, int offset, int length) {

    /** All bytes of an array. */
    public static Part of(byte[] bytes) {
      return new Part(bytes, 0, bytes.length);
    }
  }

  /**
   * Encrypts or decrypts {@code length} bytes.
   *
   * @param iv the initial counter block, 16 bytes
   * @param output where the result goes from {@code outputOffset} on: the very range of the input,
   *     or one that does not meet it
   * @throws IllegalArgumentException when the IV has another length or the ranges overlap in part
   * @throws IndexOutOfBoundsException when a range is not within its array
   * @throws IllegalStateException when the key has been destroyed
   */
  public void process(
      byte[] iv, byte[] input, int inputOffset, int length, byte[] output, int outputOffset) {
    Objects.checkFromIndexSize(inputOffset, length, input.length);
    Objects.checkFromIndexSize(outputOffset, length, output.length);
    if (input == output
        && inputOffset != outputOffset
        && Math.abs((long) inputOffset - outputOffset) < length) {
      throw new IllegalArgumentException("input and output overlap in part");
    }
    process(iv, List.of(new Part(input, inputOffset, length)), output, outputOffset);
  }

  /**
   * Encrypts or decrypts parts one after the other as one message, so that nobody needs to put them
   * together.
   *
   * @param iv the initial counter block, 16 bytes
   * @param parts of other arrays than {@code output}
   * @param output where the result goes from {@code outputOffset} on
   * @throws IllegalArgumentException when the IV has another length
   * @throws IndexOutOfBoundsException when a range is not within its array
   * @throws IllegalStateException when the key has been destroyed
   */
  public synchronized void process(byte[] iv, List<Part> parts, byte[] output, int outputOffset) {
    if (iv.length != IV_BYTES) {
      throw new IllegalArgumentException("an IV has 16 bytes");
    }
    int room = output.length - Objects.checkFromToIndex(outputOffset, output.length, output.length);
    for (Part part : parts) {
      Objects.checkFromIndexSize(part.offset(), part.length(), part.bytes().length);
      Objects.checkFromIndexSize(output.length - room, part.length(), output.length);
      room -= part.length();
    }
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
      int target = outputOffset;
      for (Part part : parts) {
        target += update(part, output, target);
      }
      cipher.doFinal(output, target);
    } catch (GeneralSecurityException e) {
      throw new ProviderException("AES-CTR of " + cipher.getProvider() + " failed", e);
    }
  }

  private int update(Part part, byte[] output, int outputOffset) throws ShortBufferException {
    int written = 0;
    for (int done = 0; done < part.length(); done += CHUNK_BYTES) {
      int count = Math.min(CHUNK_BYTES, part.length() - done);
      written +=
          cipher.update(part.bytes(), part.offset() + done, count, output, outputOffset + written);
    }
    return written;
  }

  /**
   * Encrypts or decrypts a whole array into a new one.
   *
   * @param iv the initial counter block, 16 bytes
   * @throws IllegalArgumentException when the IV has another length
   * @throws IllegalStateException when the key has been destroyed
   */
  public byte[] process(byte[] iv, byte[] input) {
    byte[] output = new byte[input.length];
    process(iv, input, 0, input.length, output, 0);
    return output;
  }

  /** Clears the key and overwrites the expanded one; afterwards the object encrypts nothing. */
  @Override
  public synchronized void destroy() {
    if (key.isDestroyed()) {
      return;
    }
    key.destroy();
    try {
      ClearableKey zero = new ClearableKey(new byte[KEY_BYTES], ALGORITHM);
      cipher.init(Cipher.ENCRYPT_MODE, zero, new IvParameterSpec(new byte[IV_BYTES]));
    } catch (GeneralSecurityException e) {
      throw new ProviderException("AES-CTR of " + cipher.getProvider() + " takes no key", e);
    }
  }

  @Override
  public synchronized boolean isDestroyed() {
    return key.isDestroyed();
  }

  /** The same as {@link #destroy()}. */
  @Override
  public void close() {
    destroy();
  }
}

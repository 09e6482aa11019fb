package org.mpotr.session.files;

import java.security.SecureRandom;
import java.util.Arrays;
import javax.security.auth.Destroyable;
import org.mpotr.crypto.AesCtr;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireReader;
import org.mpotr.wire.WireWriter;

/**
 * The secret key of one file, 16 bytes (PROTOCOL.md, section 11). It may outlive its epoch, to the
 * end of the hour after its offer, and is the one key that does; so whoever holds it destroys it
 * once the epoch is erased and the file complete or given up. It shows its bytes to nobody and
 * compares by identity. Safe for use by many threads.
 */
public final class FileKey implements Destroyable {

  private final byte[] bytes;
  private AesCtr cipher;
  private boolean destroyed;

  private FileKey(byte[] bytes) {
    this.bytes = bytes;
  }

  static FileKey random(SecureRandom random) {
    byte[] bytes = new byte[AesCtr.KEY_BYTES];
    random.nextBytes(bytes);
    return new FileKey(bytes);
  }

  static FileKey read(WireReader reader) throws WireException {
    return new FileKey(reader.opaque(AesCtr.KEY_BYTES, "file key"));
  }

  /**
   * @throws IllegalStateException when the key has been destroyed
   */
  synchronized void write(WireWriter writer) {
    requireAlive();
    writer.opaque(bytes);
  }

  /**
   * Encrypts or decrypts, from a block of the file's key stream on.
   *
   * @throws IllegalStateException when the key has been destroyed
   */
  synchronized void process(
      long block, byte[] input, int inputOffset, int length, byte[] output, int outputOffset) {
    requireAlive();
    if (cipher == null) {
      cipher = new AesCtr(bytes);
    }
    byte[] counter = new WireWriter(AesCtr.IV_BYTES).uint64(0).uint64(block).finish();
    cipher.process(counter, input, inputOffset, length, output, outputOffset);
  }

  private void requireAlive() {
    if (destroyed) {
      throw new IllegalStateException("the key of this file has been erased");
    }
  }

  @Override
  public synchronized void destroy() {
    destroyed = true;
    Arrays.fill(bytes, (byte) 0);
    if (cipher != null) {
      cipher.destroy();
    }
  }

  @Override
  public synchronized boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public String toString() {
    return destroyed ? "an erased file key" : "a file key";
  }
}

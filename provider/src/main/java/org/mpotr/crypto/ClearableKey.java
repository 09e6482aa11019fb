package org.mpotr.crypto;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * A symmetric key for the platform's ciphers and MACs whose bytes can be cleared, which those of
 * its own cannot.
 */
final class ClearableKey implements SecretKey {

  private static final long serialVersionUID = 1L;

  private final transient byte[] bytes;
  private final String algorithm;
  private transient boolean destroyed;

  /** A key from its bytes, which are copied. */
  ClearableKey(byte[] bytes, String algorithm) {
    this.bytes = bytes.clone();
    this.algorithm = algorithm;
  }

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public synchronized byte[] getEncoded() {
    if (destroyed) {
      throw new IllegalStateException("the key has been destroyed");
    }
    return bytes.clone();
  }

  @Override
  public synchronized void destroy() {
    Arrays.fill(bytes, (byte) 0);
    destroyed = true;
  }

  @Override
  public synchronized boolean isDestroyed() {
    return destroyed;
  }

  private void writeObject(ObjectOutputStream target) throws NotSerializableException {
    throw new NotSerializableException("keys of mpOTR are not serialized");
  }
}

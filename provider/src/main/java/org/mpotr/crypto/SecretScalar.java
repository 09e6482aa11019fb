package org.mpotr.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.security.auth.Destroyable;
import org.mpotr.crypto.p256.Scalars;

/**
 * A private scalar of P-256, from 1 to n − 1. Its bytes leave only as copies that the receiver
 * clears, and never after {@link #destroy()}: one monitor decides every race between reading and
 * destroying.
 */
public final class SecretScalar implements Destroyable, AutoCloseable {

  private final byte[] bytes;
  private boolean destroyed;

  private SecretScalar(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A scalar from its 32 bytes, big-endian, which are copied.
   *
   * @throws IllegalArgumentException for another length, zero, or n and above
   */
  public static SecretScalar of(byte[] bytes) {
    if (bytes.length != P256.SCALAR_BYTES || !Curve.isScalar(bytes)) {
      throw new IllegalArgumentException("not a private scalar of P-256");
    }
    return new SecretScalar(bytes.clone());
  }

  /**
   * A fresh scalar: 32 bytes are drawn until they are in range (FIPS 186-5, A.2.2), which the first
   * are but for one draw in 2³².
   */
  public static SecretScalar random(SecureRandom random) {
    byte[] candidate = new byte[P256.SCALAR_BYTES];
    do {
      random.nextBytes(candidate);
    } while (!Curve.isScalar(candidate));
    return new SecretScalar(candidate);
  }

  /**
   * The scalar that a hash stands for: its leading 256 bits modulo n.
   *
   * @param hash 32 bytes or more; they stay the caller's to clear
   * @throws IllegalArgumentException for the one hash in 2²⁵⁵ that is zero modulo n
   */
  public static SecretScalar ofHash(byte[] hash) {
    byte[] reduced = Scalars.reduce(hash);
    try {
      return of(reduced);
    } finally {
      Arrays.fill(reduced, (byte) 0);
    }
  }

  /**
   * {@code this − factor·challenge} modulo n, in a time that does not depend on any of them: the
   * response of a proof of knowledge, with this as its nonce. It may be published.
   *
   * @throws IllegalArgumentException for the one nonce in 2²⁵⁵ that makes it zero
   * @throws IllegalStateException when a scalar has been destroyed
   */
  public SecretScalar minusProduct(SecretScalar factor, SecretScalar challenge) {
    byte[] minuend = copyBytes();
    byte[] first = factor.copyBytes();
    byte[] second = challenge.copyBytes();
    try {
      return of(Scalars.subtractProduct(minuend, first, second));
    } finally {
      Arrays.fill(minuend, (byte) 0);
      Arrays.fill(first, (byte) 0);
      Arrays.fill(second, (byte) 0);
    }
  }

  /**
   * A copy of the 32 bytes, big-endian, to be cleared by the caller.
   *
   * @throws IllegalStateException when the scalar has been destroyed
   */
  public synchronized byte[] copyBytes() {
    if (destroyed) {
      throw new IllegalStateException("the private scalar has been destroyed");
    }
    return bytes.clone();
  }

  /**
   * The scalar as a number, for arithmetic that takes nothing else and whose numbers nobody can
   * clear.
   *
   * @throws IllegalStateException when the scalar has been destroyed
   */
  BigInteger toNumber() {
    byte[] copy = copyBytes();
    try {
      return new BigInteger(1, copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
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

  /** The same as {@link #destroy()}. */
  @Override
  public void close() {
    destroy();
  }

  @Override
  public String toString() {
    return "SecretScalar[P-256]";
  }
}

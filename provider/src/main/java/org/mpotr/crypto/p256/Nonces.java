package org.mpotr.crypto.p256;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Nonces by RFC 6979, 3.2, with the additional input of 3.6 and, whatever hash the message was
 * given, HMAC-SHA-256, as 3.6 allows: 32 bytes drawn are a candidate, and processors that have
 * instructions for SHA-256 take a third of the time.
 */
final class Nonces {

  private static final int HASH_BYTES = 32;
  private static final int BLOCK_BYTES = 64;
  private static final int INNER = 0x36;
  private static final int OUTER = 0x5c;

  private static final int[] MARKS = {INNER, OUTER};

  /**
   * SHA-256 that has taken in nothing; only ever cloned, which costs less than a look-up of the
   * algorithm.
   */
  private static final MessageDigest BLANK = sha256();

  /** SHA-256 that has taken in the pads of the first key, which is zero; only ever cloned. */
  private static final MessageDigest[] FIRST = pads(new byte[HASH_BYTES]);

  private final byte[] key = new byte[HASH_BYTES];
  private final byte[] value = new byte[HASH_BYTES];
  private final byte[] inner = new byte[HASH_BYTES];

  /** SHA-256 that has taken in the inner and the outer pad of the key in use. */
  private MessageDigest[] pads = FIRST;

  /**
   * Seeds the generator.
   *
   * @param scalar the private scalar, 32 bytes
   * @param hash the hash of the message modulo n, 32 bytes
   * @param hedge the additional input, or none
   */
  Nonces(byte[] scalar, byte[] hash, byte[] hedge) {
    Arrays.fill(value, (byte) 1);
    rekey((byte) 0, scalar, hash, hedge);
    rekey((byte) 1, scalar, hash, hedge);
  }

  private static MessageDigest[] pads(byte[] key) {
    MessageDigest[] pads = new MessageDigest[MARKS.length];
    byte[] block = new byte[BLOCK_BYTES];
    for (int p = 0; p < pads.length; p++) {
      Arrays.fill(block, (byte) MARKS[p]);
      for (int i = 0; i < HASH_BYTES; i++) {
        block[i] ^= key[i];
      }
      pads[p] = copy(BLANK);
      pads[p].update(block);
    }
    Arrays.fill(block, (byte) 0);
    return pads;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform has no SHA-256", e);
    }
  }

  private static MessageDigest copy(MessageDigest pad) {
    try {
      return (MessageDigest) pad.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the SHA-256 of this Java platform cannot be cloned", e);
    }
  }

  /** K = HMAC(K, V ‖ mark ‖ more), V = HMAC(K, V). */
  private void rekey(byte mark, byte[]... more) {
    MessageDigest hash = copy(pads[0]);
    hash.update(value);
    hash.update(mark);
    for (byte[] part : more) {
      hash.update(part);
    }
    finish(hash, key);
    forgetPads();
    pads = pads(key);
    draw();
  }

  /** V = HMAC(K, V). */
  private void draw() {
    MessageDigest hash = copy(pads[0]);
    hash.update(value);
    finish(hash, value);
  }

  private void finish(MessageDigest hash, byte[] result) {
    try {
      hash.digest(inner, 0, HASH_BYTES);
      MessageDigest outer = copy(pads[1]);
      outer.update(inner);
      outer.digest(result, 0, HASH_BYTES);
    } catch (DigestException e) {
      throw new IllegalStateException("SHA-256 gives 32 bytes", e);
    }
  }

  private void forgetPads() {
    if (pads != FIRST) {
      for (MessageDigest pad : pads) {
        pad.reset();
      }
    }
  }

  /**
   * The next nonce in [1, n), to be cleared by the caller. Only candidates out of range show in the
   * time it takes.
   */
  long[] next() {
    while (true) {
      draw();
      long[] candidate = Words.of(value, 0);
      if ((Order.belowOrder(candidate) & ~Words.zeroMask(candidate)) != 0) {
        return candidate;
      }
      reject();
    }
  }

  /**
   * Moves on after a nonce that was out of range or gave no signature: K = HMAC(K, V ‖ 0), V =
   * HMAC(K, V).
   */
  void reject() {
    rekey((byte) 0);
  }

  void clear() {
    Arrays.fill(key, (byte) 0);
    Arrays.fill(value, (byte) 0);
    Arrays.fill(inner, (byte) 0);
    forgetPads();
  }
}

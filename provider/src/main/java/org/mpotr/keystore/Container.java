package org.mpotr.keystore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.mpotr.crypto.Sha512;
import org.mpotr.keystore.StoreException.Reason;

/**
 * What stands before the encrypted part of a store: {@code magic[8], uint8 version, uint32 length,
 * digest[32]}, then that many bytes. The digest is the beginning of their SHA-512. It has no key:
 * it tells a damaged store from a wrong password, and the MAC inside decides.
 */
final class Container {

  static final int MAX_CONTENT = 64 << 20;
  static final int DIGEST_BYTES = 32;
  static final int HEADER_BYTES = 8 + 1 + 4 + DIGEST_BYTES;

  private static final byte VERSION = 1;

  // No text and no DER begins with the first byte; the last two are what careless copies change.
  private static final byte[] MAGIC = {(byte) 0x8f, 'm', 'p', 'O', 'T', 'R', 0x1a, '\n'};

  private Container() {}

  /** Whether a stream begins as a store of this version does. It is neither closed nor rewound. */
  static boolean begins(InputStream in) throws IOException {
    byte[] head = in.readNBytes(MAGIC.length + 1);
    return head.length == MAGIC.length + 1
        && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
        && head[MAGIC.length] == VERSION;
  }

  /** A store with the given encrypted part. */
  static byte[] wrap(byte[] content) throws StoreException {
    requireSize(content.length);
    return ByteBuffer.allocate(HEADER_BYTES + content.length)
        .put(MAGIC)
        .put(VERSION)
        .putInt(content.length)
        .put(Sha512.hash(content), 0, DIGEST_BYTES)
        .put(content)
        .array();
  }

  /** The encrypted part of a store, with its digest found right. */
  static byte[] unwrap(InputStream in) throws IOException {
    byte[] store = in.readNBytes(HEADER_BYTES + MAX_CONTENT + 1);
    int known = Math.min(store.length, MAGIC.length);
    if (!Arrays.equals(store, 0, known, MAGIC, 0, known)) {
      throw new StoreException(Reason.NOT_A_STORE, "this is not a key store of mpOTR");
    }
    if (store.length > MAGIC.length && store[MAGIC.length] != VERSION) {
      throw new StoreException(
          Reason.UNSUPPORTED_VERSION, "the key store has a version that is not known here");
    }
    if (store.length < HEADER_BYTES) {
      throw truncated(store.length);
    }
    ByteBuffer header = ByteBuffer.wrap(store, MAGIC.length + 1, HEADER_BYTES - MAGIC.length - 1);
    long length = Integer.toUnsignedLong(header.getInt());
    requireSize(store.length - HEADER_BYTES);
    if (length > store.length - HEADER_BYTES) {
      throw truncated(store.length);
    }
    byte[] content = Arrays.copyOfRange(store, HEADER_BYTES, store.length);
    byte[] digest = Sha512.hash(content);
    boolean whole =
        content.length == length
            && Arrays.equals(
                digest, 0, DIGEST_BYTES, store, HEADER_BYTES - DIGEST_BYTES, HEADER_BYTES);
    if (!whole) {
      throw StoreException.corrupt("the key store is damaged: its bytes have changed");
    }
    return content;
  }

  private static void requireSize(long length) throws StoreException {
    if (length > MAX_CONTENT) {
      throw new StoreException(Reason.TOO_LARGE, "a key store has at most 64 MiB");
    }
  }

  private static StoreException truncated(int length) {
    String message = length == 0 ? "the key store is empty" : "the end of the key store is missing";
    return new StoreException(Reason.TRUNCATED, message);
  }
}

package org.mpotr.session.files;

import org.mpotr.crypto.Sha512;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireWriter;

/**
 * Leaves and nodes of a file's Merkle tree (PROTOCOL.md, section 11), hashed in place and without
 * copying the chunk. Not thread-safe.
 */
final class MerkleHash {

  static final int BYTES = Message.HASH_BYTES;

  private static final byte[] LEAF = WireWriter.labelled("file leaf", Bytes.EMPTY).finish();
  private static final byte[] NODE = WireWriter.labelled("file node", Bytes.EMPTY).finish();

  private final Sha512 hash = new Sha512();

  /** The leaf of an encrypted chunk. */
  void leaf(int index, byte[] chunk, int from, int length, byte[] target, int targetOffset) {
    byte[] head = new WireWriter(16).uint64(index).prefix(length).finish();
    hash.update(LEAF).update(head).update(chunk, from, length);
    finish(target, targetOffset);
  }

  /** The node above two others. */
  void node(byte[] left, int leftFrom, byte[] right, int rightFrom, byte[] target, int offset) {
    hash.update(NODE).update(left, leftFrom, BYTES).update(right, rightFrom, BYTES);
    finish(target, offset);
  }

  private void finish(byte[] target, int offset) {
    System.arraycopy(hash.finish(), 0, target, offset, BYTES);
  }
}

package org.mpotr.session.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All nodes above a level of a Merkle tree, and that level itself, in memory. */
final class NodeLevels {

  private final List<byte[]> levels = new ArrayList<>();

  /**
   * @param bottom the nodes of the lowest level one after the other, at least one; kept, not copied
   */
  NodeLevels(byte[] bottom, MerkleHash hash) {
    byte[] level = bottom;
    levels.add(level);
    while (level.length > MerkleHash.BYTES) {
      level = above(level, hash);
      levels.add(level);
    }
  }

  private static byte[] above(byte[] level, MerkleHash hash) {
    int pair = 2 * MerkleHash.BYTES;
    byte[] next = new byte[(level.length + MerkleHash.BYTES) / pair * MerkleHash.BYTES];
    int pairs = level.length / pair;
    for (int i = 0; i < pairs; i++) {
      int left = i * pair;
      hash.node(level, left, level, left + MerkleHash.BYTES, next, i * MerkleHash.BYTES);
    }
    if (level.length % pair != 0) {
      // An odd node moves up.
      System.arraycopy(level, pairs * pair, next, pairs * MerkleHash.BYTES, MerkleHash.BYTES);
    }
    return next;
  }

  /** The one node at the top; not a copy. */
  byte[] root() {
    return levels.get(levels.size() - 1);
  }

  /** Whether a node of the lowest level is this one. */
  boolean isAt(int position, byte[] node) {
    int from = position * MerkleHash.BYTES;
    return Arrays.equals(levels.get(0), from, from + MerkleHash.BYTES, node, 0, MerkleHash.BYTES);
  }

  /**
   * Puts the siblings on the way from a node of the lowest level to the top where the caller wants
   * them, and tells where they end.
   */
  int path(int position, byte[] target, int offset) {
    int end = offset;
    int place = position;
    for (byte[] level : levels) {
      int sibling = (place ^ 1) * MerkleHash.BYTES;
      if (sibling < level.length) {
        System.arraycopy(level, sibling, target, end, MerkleHash.BYTES);
        end += MerkleHash.BYTES;
      }
      place >>= 1;
    }
    return end;
  }
}

package org.mpotr.session.files;

import java.util.Arrays;
import org.mpotr.error.ErrorCode;
import org.mpotr.wire.Bytes;

/**
 * The Merkle tree over the encrypted chunks of a file (PROTOCOL.md, section 11), made in one pass
 * and asked for paths afterwards. It keeps all nodes of a level of at most 131,072 and above, 8 MiB
 * at most; of a file with more chunks than that it keeps the lower nodes for the chunks around the
 * last one asked for, and makes them again from the file for others. Not thread-safe.
 */
final class MerkleTree {

  /** The most nodes of the lowest level that is kept whole. */
  static final int KEPT_NODES = 1 << 17;

  /** Where leaves come from. */
  @FunctionalInterface
  interface Leaves {

    /** Puts the leaf of a chunk, 32 bytes, where it is wanted. */
    void read(int index, byte[] target, int offset) throws FileException;
  }

  private final MerkleHash hash;
  private final Leaves leaves;
  private final int count;
  private final int groupBits;
  private final NodeLevels upper;
  private int group = -1;
  private NodeLevels lower;

  /** Reads all leaves, in order. */
  MerkleTree(int count, int keptNodes, MerkleHash hash, Leaves leaves) throws FileException {
    this.hash = hash;
    this.leaves = leaves;
    this.count = count;
    int bits = 0;
    while (groups(count, bits) > keptNodes) {
      bits++;
    }
    this.groupBits = bits;
    byte[] bottom = new byte[groups(count, bits) * MerkleHash.BYTES];
    for (int i = 0; i < groups(count, bits); i++) {
      System.arraycopy(readGroup(i).root(), 0, bottom, i * MerkleHash.BYTES, MerkleHash.BYTES);
    }
    this.upper = new NodeLevels(bottom, hash);
  }

  private static int groups(int count, int bits) {
    return (count - 1 >> bits) + 1;
  }

  private NodeLevels readGroup(int number) throws FileException {
    int first = number << groupBits;
    int length = Math.min(1 << groupBits, count - first);
    byte[] nodes = new byte[length * MerkleHash.BYTES];
    for (int i = 0; i < length; i++) {
      leaves.read(first + i, nodes, i * MerkleHash.BYTES);
    }
    return new NodeLevels(nodes, hash);
  }

  /** The root, 32 bytes. */
  Bytes root() {
    return Bytes.of(upper.root());
  }

  /**
   * Puts the path from a leaf to the root where the caller wants it.
   *
   * @param leaf what the chunk hashes to now
   * @throws FileException {@link ErrorCode#STORAGE} when that, or what else has to be read, is not
   *     what was read when the tree was made
   */
  void path(int index, byte[] leaf, byte[] target, int offset) throws FileException {
    int number = index >> groupBits;
    int end = offset;
    if (groupBits == 0) {
      requireUnchanged(upper.isAt(index, leaf));
    } else {
      if (number != group) {
        NodeLevels read = readGroup(number);
        requireUnchanged(upper.isAt(number, read.root()));
        group = number;
        lower = read;
      }
      int place = index & (1 << groupBits) - 1;
      requireUnchanged(lower.isAt(place, leaf));
      end = lower.path(place, target, offset);
    }
    upper.path(number, target, end);
  }

  private static void requireUnchanged(boolean unchanged) throws FileException {
    if (!unchanged) {
      throw new FileException(ErrorCode.STORAGE, "the file has changed since it was offered");
    }
  }

  /**
   * Whether a leaf and its path lead to a root.
   *
   * @param index of the chunk, below {@code count}
   * @param count the number of chunks, which with the index says where siblings are
   * @param leaf of the chunk, which becomes this method's own
   * @param path holds the siblings from {@code offset} on, as many as there are to be
   */
  static boolean leadsToRoot(
      int index, int count, byte[] leaf, byte[] path, int offset, MerkleHash hash, Bytes root) {
    byte[] node = leaf;
    int next = offset;
    int position = index;
    for (int last = count - 1; last > 0; last >>= 1) {
      if ((position & 1) == 1) {
        hash.node(path, next, node, 0, node, 0);
        next += MerkleHash.BYTES;
      } else if (position < last) {
        hash.node(node, 0, path, next, node, 0);
        next += MerkleHash.BYTES;
      }
      position >>= 1;
    }
    return Arrays.equals(node, root.toArray());
  }
}

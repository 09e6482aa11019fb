package org.mpotr.session.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mpotr.error.ErrorCode;
import org.mpotr.wire.Bytes;

/** The tree of section 11 and its paths, against a second and plainer reading. */
class MerkleTreeTest {

  private static final MerkleHash HASH = new MerkleHash();

  private static List<byte[]> leaves(int count) {
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] leaf = new byte[MerkleHash.BYTES];
      HASH.leaf(i, TestFiles.random(i + 1), 0, i + 1, leaf, 0);
      leaves.add(leaf);
    }
    return leaves;
  }

  private static MerkleTree tree(List<byte[]> leaves, int keptNodes) throws FileException {
    return new MerkleTree(
        leaves.size(),
        keptNodes,
        HASH,
        (index, target, offset) -> System.arraycopy(leaves.get(index), 0, target, offset, 32));
  }

  private static boolean leads(List<byte[]> leaves, int index, int count, byte[] path, Bytes root) {
    return MerkleTree.leadsToRoot(index, count, leaves.get(index).clone(), path, 0, HASH, root);
  }

  @Test
  void leavesOfEachLengthPrefix() throws Exception {
    for (int length : new int[] {0, 1, 63, 64, 1_024, 16_383, 16_384, 262_144}) {
      byte[] chunk = TestFiles.random(length);
      byte[] around = new byte[length + 2];
      System.arraycopy(chunk, 0, around, 1, length);
      byte[] leaf = new byte[34];
      HASH.leaf(7, around, 1, length, leaf, 1);
      byte[] expected = new byte[34];
      System.arraycopy(NaiveTree.leaf(7, chunk), 0, expected, 1, 32);
      assertArrayEquals(expected, leaf, "of " + length);
    }
  }

  /** Whatever is kept: all nodes, or one, or any number between. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 64, 1_000})
  void treesOfEachSize(int keptNodes) throws Exception {
    for (int count = 1; count <= 70; count++) {
      List<byte[]> leaves = leaves(count);
      MerkleTree tree = tree(leaves, keptNodes);
      ChunkLayout layout = new ChunkLayout(count * 1_024L, 1_024);
      assertEquals(Bytes.of(NaiveTree.root(leaves)), tree.root());
      for (int index = 0; index < count; index++) {
        byte[] expected = NaiveTree.path(leaves, index);
        assertEquals(expected.length, layout.pathBytes(index));
        byte[] path = new byte[expected.length];
        tree.path(index, leaves.get(index), path, 0);
        assertArrayEquals(expected, path, index + " of " + count);
        assertTrue(leads(leaves, index, count, path, tree.root()));
      }
    }
  }

  @Test
  void everyBitCounts() throws Exception {
    for (int count : new int[] {1, 2, 5, 7, 8}) {
      List<byte[]> leaves = leaves(count);
      Bytes root = tree(leaves, 8).root();
      for (int index = 0; index < count; index++) {
        byte[] path = NaiveTree.path(leaves, index);
        for (int bit = 0; bit < 8 * path.length; bit++) {
          path[bit / 8] ^= (byte) (1 << bit % 8);
          assertFalse(leads(leaves, index, count, path, root));
          path[bit / 8] ^= (byte) (1 << bit % 8);
        }
        for (int bit = 0; bit < 8 * 32; bit++) {
          byte[] leaf = leaves.get(index).clone();
          leaf[bit / 8] ^= (byte) (1 << bit % 8);
          assertFalse(MerkleTree.leadsToRoot(index, count, leaf, path, 0, HASH, root));
        }
      }
    }
  }

  @Test
  void aLeafStandsInOnePlaceOnly() throws Exception {
    int count = 11;
    List<byte[]> leaves = leaves(count);
    Bytes root = tree(leaves, 16).root();
    for (int index = 0; index < count; index++) {
      byte[] path = new byte[32 * 5];
      byte[] own = NaiveTree.path(leaves, index);
      System.arraycopy(own, 0, path, 0, own.length);
      for (int other = 0; other < count; other++) {
        byte[] leaf = leaves.get(index).clone();
        assertEquals(
            other == index, MerkleTree.leadsToRoot(other, count, leaf, path, 0, HASH, root));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 64})
  void aLeafThatChangedIsNoticed(int keptNodes) throws Exception {
    List<byte[]> leaves = leaves(20);
    MerkleTree tree = tree(leaves, keptNodes);
    byte[] path = new byte[32 * 5];
    byte[] changed = leaves.get(7).clone();
    changed[31] ^= 1;
    TestFiles.assertRefused(ErrorCode.STORAGE, () -> tree.path(7, changed, path, 0));
    tree.path(7, leaves.get(7), path, 0);
    tree.path(19, leaves.get(19), path, 0);
    if (keptNodes == 2) {
      leaves.get(3)[0] ^= 1;
      byte[] unchanged = leaves.get(7);
      TestFiles.assertRefused(ErrorCode.STORAGE, () -> tree.path(7, unchanged, path, 0));
    }
  }
}

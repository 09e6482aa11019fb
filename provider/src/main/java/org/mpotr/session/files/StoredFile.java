package org.mpotr.session.files;

import org.mpotr.error.ErrorCode;
import org.mpotr.wire.Bytes;

/**
 * A whole file in the caller's channel, and its chunks under the key of the file. Not thread-safe.
 */
final class StoredFile {

  private final Storage storage;
  private final ChunkLayout layout;
  private final FileKey key;
  private final MerkleHash hash = new MerkleHash();
  private final MerkleTree tree;

  /**
   * Reads the whole file once.
   *
   * @throws FileException {@link ErrorCode#STORAGE} when it cannot be read or is too short
   */
  StoredFile(Storage storage, ChunkLayout layout, FileKey key) throws FileException {
    this.storage = storage;
    this.layout = layout;
    this.key = key;
    byte[] chunk = new byte[layout.length(0)];
    this.tree =
        new MerkleTree(
            layout.count(),
            MerkleTree.KEPT_NODES,
            hash,
            (index, target, offset) -> leaf(index, chunk, target, offset));
  }

  /** The root of the tree, 32 bytes. */
  Bytes root() {
    return tree.root();
  }

  /**
   * A chunk with its path.
   *
   * @throws FileException {@link ErrorCode#STORAGE} when the file cannot be read or has changed
   */
  FileChunk chunk(int index) throws FileException {
    int length = layout.length(index);
    FileChunk chunk = FileChunk.blank(root(), index, length, layout.pathBytes(index));
    byte[] content = chunk.content();
    encrypt(index, content, chunk.ciphertextOffset());
    byte[] leaf = new byte[MerkleHash.BYTES];
    hash.leaf(index, content, chunk.ciphertextOffset(), length, leaf, 0);
    tree.path(index, leaf, content, chunk.pathOffset());
    return chunk;
  }

  private void leaf(int index, byte[] chunk, byte[] target, int offset) throws FileException {
    encrypt(index, chunk, 0);
    hash.leaf(index, chunk, 0, layout.length(index), target, offset);
  }

  private void encrypt(int index, byte[] target, int offset) throws FileException {
    int length = layout.length(index);
    if (!storage.read(layout.position(index), target, offset, length)) {
      throw new FileException(ErrorCode.STORAGE, "the file is shorter than it was");
    }
    key.process(layout.block(index), target, offset, length, target, offset);
  }
}

package org.mpotr.session.files;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import org.mpotr.error.ErrorCode;

/**
 * What is there of a file that is not complete: its chunks, decrypted, where they belong, and
 * behind the end of the file, for each of them, the path that proved it. What is found after a
 * restart is therefore verified as what arrives is, and nothing else needs to be kept. Not
 * thread-safe.
 */
final class PartialFile {

  private final FileOffer offer;
  private final ChunkLayout layout;
  private final Storage storage;
  private final byte[] plaintext;

  PartialFile(FileOffer offer, Storage storage) {
    this.offer = offer;
    this.layout = offer.layout();
    this.storage = storage;
    this.plaintext = new byte[layout.length(0)];
  }

  /**
   * Which chunks are there; reads all that may be one.
   *
   * @throws FileException {@link ErrorCode#STORAGE} when the file cannot be read
   */
  BitSet restore() throws FileException {
    BitSet present = new BitSet();
    for (int index = 0; index < layout.count(); index++) {
      present.set(index, read(index).isPresent());
    }
    return present;
  }

  /**
   * A chunk with its path, encrypted again; nothing when what is there is not the chunk.
   *
   * @throws FileException {@link ErrorCode#STORAGE} when the file cannot be read
   */
  Optional<FileChunk> read(int index) throws FileException {
    int length = layout.length(index);
    FileChunk chunk = FileChunk.blank(offer.root(), index, length, layout.pathBytes(index));
    byte[] content = chunk.content();
    int from = chunk.ciphertextOffset();
    boolean isThere =
        storage.read(pathPosition(index), content, chunk.pathOffset(), chunk.pathLength())
            && !isBlank(content, chunk)
            && storage.read(layout.position(index), content, from, length);
    if (!isThere) {
      return Optional.empty();
    }
    offer.key().process(layout.block(index), content, from, length, content, from);
    return offer.leadsToRoot(chunk) ? Optional.of(chunk) : Optional.empty();
  }

  /** Whether a place was never written, so that its chunk need not be read. */
  private static boolean isBlank(byte[] content, FileChunk chunk) {
    int from = chunk.pathOffset();
    return chunk.pathLength() > 0
        && Arrays.equals(
            content,
            from,
            from + MerkleHash.BYTES,
            new byte[MerkleHash.BYTES],
            0,
            MerkleHash.BYTES);
  }

  /**
   * Decrypts and writes a genuine chunk.
   *
   * @throws FileException {@link ErrorCode#STORAGE} when the file cannot be written
   */
  void write(FileChunk chunk) throws FileException {
    int index = (int) chunk.index();
    int length = layout.length(index);
    byte[] content = chunk.content();
    try {
      offer
          .key()
          .process(layout.block(index), content, chunk.ciphertextOffset(), length, plaintext, 0);
      storage.write(layout.position(index), plaintext, 0, length);
    } finally {
      Arrays.fill(plaintext, 0, length, (byte) 0);
    }
    storage.write(pathPosition(index), content, chunk.pathOffset(), chunk.pathLength());
  }

  private long pathPosition(int index) {
    return layout.size() + (long) index * layout.levels() * MerkleHash.BYTES;
  }
}

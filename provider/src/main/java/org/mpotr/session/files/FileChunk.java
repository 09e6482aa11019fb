package org.mpotr.session.files;

import org.mpotr.error.ErrorCode;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireReader;
import org.mpotr.wire.WireWriter;

/**
 * A chunk of a file, the content of a frame of kind {@code file-chunk} (PROTOCOL.md, section 11),
 * structurally sound; whether it belongs to the file is for {@link IncomingFile} to judge. It lies
 * in the array of its encoding, so that chunks are not copied on their way.
 */
public final class FileChunk {

  private static final int INDEX_BYTES = 8;
  private static final int HEAD_BYTES = Message.HASH_BYTES + INDEX_BYTES;

  private final byte[] content;
  private final Bytes root;
  private final int index;
  private final int ciphertextOffset;
  private final int ciphertextLength;
  private final int pathLength;

  private FileChunk(byte[] content, Bytes root, int index, int ciphertextLength, int pathLength) {
    this.content = content;
    this.root = root;
    this.index = index;
    this.ciphertextOffset = HEAD_BYTES + WireWriter.prefixSize(ciphertextLength);
    this.ciphertextLength = ciphertextLength;
    this.pathLength = pathLength;
  }

  /** A chunk whose ciphertext and path the caller puts where they belong. */
  static FileChunk blank(Bytes root, int index, int ciphertextLength, int pathLength) {
    byte[] content = new byte[encodedLength(ciphertextLength, pathLength)];
    root.copyTo(content, 0);
    byte[] head = new WireWriter(16).uint64(index).prefix(ciphertextLength).finish();
    System.arraycopy(head, 0, content, Message.HASH_BYTES, head.length);
    byte[] pathPrefix = new WireWriter(8).prefix(pathLength).finish();
    int pathStart = content.length - pathLength;
    System.arraycopy(pathPrefix, 0, content, pathStart - pathPrefix.length, pathPrefix.length);
    return new FileChunk(content, root, index, ciphertextLength, pathLength);
  }

  /** The number of bytes of a chunk's encoding. */
  static int encodedLength(int ciphertextLength, int pathLength) {
    return HEAD_BYTES
        + WireWriter.prefixSize(ciphertextLength)
        + ciphertextLength
        + WireWriter.prefixSize(pathLength)
        + pathLength;
  }

  /**
   * The chunk of a frame's content.
   *
   * @param content becomes the chunk's own and must not change while the chunk is used
   * @throws WireException {@link ErrorCode#MALFORMED} when it is not one
   */
  public static FileChunk decode(byte[] content) throws WireException {
    WireReader reader = new WireReader(content);
    Bytes root = reader.bytes(Message.HASH_BYTES, "root");
    long index = reader.uint64("index");
    int ciphertext = reader.nested(0, ChunkLayout.MAX_CHUNK_SIZE, "ciphertext").remaining();
    int path = reader.nested(0, ChunkLayout.MAX_PATH_BYTES, "path").remaining();
    reader.finish("the chunk");
    if (index >= ChunkLayout.MAX_CHUNKS || path % Message.HASH_BYTES != 0) {
      throw new WireException(ErrorCode.MALFORMED, "index or path is out of range");
    }
    return new FileChunk(content, root, (int) index, ciphertext, path);
  }

  /** Which file the chunk is of, 32 bytes. */
  public Bytes root() {
    return root;
  }

  /** The place of the chunk in the file, from 0. */
  public long index() {
    return index;
  }

  /** The content of the frame: the chunk's own array, which must not change while it is used. */
  public byte[] content() {
    return content;
  }

  int ciphertextOffset() {
    return ciphertextOffset;
  }

  int ciphertextLength() {
    return ciphertextLength;
  }

  int pathOffset() {
    return content.length - pathLength;
  }

  int pathLength() {
    return pathLength;
  }

  /** Where in which file, and nothing of what it holds. */
  @Override
  public String toString() {
    return "chunk " + index + " of " + root;
  }
}

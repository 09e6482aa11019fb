package org.mpotr.session.files;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.security.auth.Destroyable;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.error.ErrorCode;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Message;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireReader;
import org.mpotr.wire.WireWriter;

/**
 * The offer of a file, the content of a frame of kind {@code file} (PROTOCOL.md, section 11).
 *
 * @param name what the file is called; only a suggestion to its receivers
 * @param type its media type without parameters (RFC 6838, 4.2), at most 127 characters, or nothing
 * @param size in bytes, 0 to 2⁴⁰
 * @param chunkSize 1,024 to 262,144 bytes, a power of two
 * @param key the secret key of the file
 * @param root the root of the Merkle tree over its encrypted chunks, 32 bytes, which also stands
 *     for the file in requests and chunks
 */
public record FileOffer(
    FileName name, String type, long size, int chunkSize, FileKey key, Bytes root)
    implements Destroyable {

  /** For how many milliseconds after its offer a file can be had, one hour. */
  public static final long LIFETIME_MILLIS = 3_600_000;

  private static final int MAX_TYPE_BYTES = 127;
  private static final Pattern TYPE =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*");

  /**
   * @throws IllegalArgumentException when a value is out of its range
   */
  public FileOffer {
    requireType(type);
    if (root.length() != Message.HASH_BYTES) {
      throw new IllegalArgumentException("the root has 32 bytes");
    }
    new ChunkLayout(size, chunkSize).count();
  }

  /**
   * @throws IllegalArgumentException when this is not a media type and not nothing
   */
  static void requireType(String type) {
    if (!type.isEmpty() && (type.length() > MAX_TYPE_BYTES || !TYPE.matcher(type).matches())) {
      throw new IllegalArgumentException("the type is a media type without parameters, or nothing");
    }
  }

  /** The number of chunks, 1 to 2²⁵. */
  public int chunkCount() {
    return layout().count();
  }

  ChunkLayout layout() {
    return new ChunkLayout(size, chunkSize);
  }

  /**
   * Verifies that a chunk is of this file, and in its place.
   *
   * @throws FileException {@link ErrorCode#MALFORMED} when it cannot be, by its root, index or
   *     lengths; {@link ErrorCode#VERIFICATION_FAILED} when it does not lead to the root
   */
  void verify(FileChunk chunk) throws FileException {
    ChunkLayout layout = layout();
    if (!chunk.root().equals(root)
        || !layout.has(chunk.index())
        || chunk.ciphertextLength() != layout.length((int) chunk.index())
        || chunk.pathLength() != layout.pathBytes((int) chunk.index())) {
      throw new FileException(ErrorCode.MALFORMED, "the chunk cannot be of the file");
    }
    if (!leadsToRoot(chunk)) {
      throw new FileException(ErrorCode.VERIFICATION_FAILED, "the chunk is not of the file");
    }
  }

  /** Whether a chunk of the right lengths leads to the root. */
  boolean leadsToRoot(FileChunk chunk) {
    int index = (int) chunk.index();
    MerkleHash hash = new MerkleHash();
    byte[] leaf = new byte[MerkleHash.BYTES];
    hash.leaf(index, chunk.content(), chunk.ciphertextOffset(), chunk.ciphertextLength(), leaf, 0);
    return MerkleTree.leadsToRoot(
        index, chunkCount(), leaf, chunk.content(), chunk.pathOffset(), hash, root);
  }

  /**
   * The content of the frame, with the key of the file: to be cleared by the caller.
   *
   * @throws IllegalStateException when the key has been destroyed
   */
  public byte[] encode() {
    try (WireWriter writer = new WireWriter(512)) {
      writer
          .vector(name.utf8())
          .vector(type.getBytes(StandardCharsets.US_ASCII))
          .uint64(size)
          .uint32(chunkSize);
      key.write(writer);
      return writer.opaque(root).toBytes();
    }
  }

  /**
   * The offer of a frame's content, which is the caller's to clear.
   *
   * @param parameters of the epoch of the frame, whose limits the file keeps
   * @throws WireException {@link ErrorCode#MALFORMED} when it is not an offer, or not one that the
   *     epoch allows
   */
  public static FileOffer decode(byte[] content, EpochParameters parameters) throws WireException {
    WireReader reader = new WireReader(content);
    byte[] name = reader.vector(1, FileName.MAX_BYTES, "name");
    byte[] type = reader.vector(0, MAX_TYPE_BYTES, "type");
    long size = reader.uint64("size");
    long chunkSize = reader.uint32("chunk size");
    FileKey key = FileKey.read(reader);
    try {
      Bytes root = reader.bytes(Message.HASH_BYTES, "root");
      reader.finish("the offer");
      FileOffer offer =
          new FileOffer(
              FileName.of(name), ascii(type), size, (int) Math.min(chunkSize, 1 << 30), key, root);
      offer.layout().requireAllowed(parameters);
      return offer;
    } catch (IllegalArgumentException e) {
      key.destroy();
      throw new WireException(ErrorCode.MALFORMED, e.getMessage());
    } catch (WireException e) {
      key.destroy();
      throw e;
    }
  }

  private static String ascii(byte[] bytes) {
    // What is not ASCII becomes a character that no type has.
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /** Destroys the key of the file. */
  @Override
  public void destroy() {
    key.destroy();
  }

  @Override
  public boolean isDestroyed() {
    return key.isDestroyed();
  }
}

package org.mpotr.session.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.mpotr.error.ErrorCode;
import org.mpotr.wire.WireException;
import org.mpotr.wire.WireReader;
import org.mpotr.wire.WireWriter;

/**
 * A file that this member receives (PROTOCOL.md, section 11), into a channel that the caller opened
 * and closes. Chunks come in any order, from any member, any number of times; each is verified
 * against the root of the offer before it is decrypted and written. Memory is bounded whatever the
 * size: one chunk and one bit for each chunk, at most 4 MiB. Not thread-safe.
 *
 * <p>The key of the file is destroyed when the file is complete, given up, or not complete one hour
 * after its offer.
 */
public final class IncomingFile implements ChunkSource {

  private final FileOffer offer;
  private final ChunkLayout layout;
  private final SeekableByteChannel target;
  private final long offeredAt;
  private final MerkleHash hash = new MerkleHash();
  private final BitSet present = new BitSet();
  private final byte[] plaintext;
  private int presentCount;
  private boolean resumed;
  private boolean serving;
  private StoredFile stored;
  private FileState state = FileState.OPEN;

  /**
   * A file of which nothing is there yet.
   *
   * @param offer becomes this object's: its key is destroyed with it
   * @param target where the content goes, from its beginning; writable, and readable when the file
   *     is to be resumed or served. What it holds is overwritten, and cut to the size of the file
   * @param now milliseconds, of any clock that does not go back; the hour of the offer starts
   */
  public IncomingFile(FileOffer offer, SeekableByteChannel target, long now) {
    this.offer = offer;
    this.layout = offer.layout();
    this.target = target;
    this.offeredAt = now;
    this.plaintext = new byte[layout.length(0)];
  }

  /**
   * A file of which a part is there, as {@link #progress()} told before. What was written is taken
   * on trust until the last chunk has come; then the whole is read and compared with the root.
   *
   * @param progress of the same file
   * @throws FileException {@link ErrorCode#MALFORMED} when the progress is not of this file, {@link
   *     ErrorCode#STORAGE} when the target cannot be read, or should be complete and is not what
   *     was offered
   */
  public static IncomingFile resume(
      FileOffer offer, SeekableByteChannel target, byte[] progress, long now) throws FileException {
    IncomingFile file = new IncomingFile(offer, target, now);
    try {
      file.restore(new WireReader(progress));
    } catch (WireException e) {
      throw new FileException(e.code(), "this is not the progress of this file", e);
    }
    if (file.presentCount == file.layout.count()) {
      file.complete();
    }
    return file;
  }

  private void restore(WireReader reader) throws WireException, FileException {
    boolean same =
        reader.bytes(MerkleHash.BYTES, "root").equals(offer.root())
            & reader.uint64("size") == layout.size()
            & reader.uint32("chunk size") == layout.chunkSize();
    int bytes = (layout.count() + Byte.SIZE - 1) / Byte.SIZE;
    BitSet bits = BitSet.valueOf(reader.vector(bytes, bytes, "chunks"));
    reader.finish("the progress");
    if (!same || bits.length() > layout.count()) {
      throw new FileException(ErrorCode.MALFORMED, "this is not the progress of this file");
    }
    present.or(bits);
    clearUnwritten();
    presentCount = present.cardinality();
    resumed = true;
  }

  /** A target that was cut off, by a crash, holds no chunk beyond its end. */
  private void clearUnwritten() throws FileException {
    try {
      long size = target.size();
      if (size < layout.size()) {
        present.clear((int) (size / layout.chunkSize()), layout.count());
      }
    } catch (IOException e) {
      throw new FileException(ErrorCode.STORAGE, "the target cannot be read", e);
    }
  }

  @Override
  public FileOffer offer() {
    return offer;
  }

  /**
   * Verifies a chunk, decrypts and writes it. The last one makes the file complete.
   *
   * @param now milliseconds, of the clock that the file was opened with
   * @return whether the chunk is new; another copy of one that is there changes nothing
   * @throws FileException {@link ErrorCode#MALFORMED} when it cannot be of this file, {@link
   *     ErrorCode#VERIFICATION_FAILED} when it does not lead to the root, {@link ErrorCode#EXPIRED}
   *     and {@link ErrorCode#CLOSED} when the file is open no more; in all these nothing changes.
   *     {@link ErrorCode#STORAGE} when the target cannot be written, and the chunk is missing as
   *     before; or when a file that was resumed turns out to be damaged, and all of it is missing
   */
  public boolean accept(FileChunk chunk, long now) throws FileException {
    tick(now);
    if (state == FileState.COMPLETE) {
      return false;
    }
    requireOpen();
    requireOfThisFile(chunk);
    int index = (int) chunk.index();
    if (present.get(index)) {
      return false;
    }
    byte[] leaf = new byte[MerkleHash.BYTES];
    byte[] content = chunk.content();
    int from = chunk.ciphertextOffset();
    hash.leaf(index, content, from, chunk.ciphertextLength(), leaf, 0);
    if (!MerkleTree.leadsToRoot(
        index, layout.count(), leaf, content, chunk.pathOffset(), hash, offer.root())) {
      throw new FileException(ErrorCode.VERIFICATION_FAILED, "the chunk is not of the file");
    }
    write(index, content, from);
    present.set(index);
    presentCount++;
    if (presentCount == layout.count()) {
      completeWith(index);
    }
    return true;
  }

  private void requireOpen() throws FileException {
    if (state == FileState.EXPIRED) {
      throw new FileException(ErrorCode.EXPIRED, "the hour of the offer is over");
    }
    if (state == FileState.CANCELLED || (state == FileState.OPEN && offer.isDestroyed())) {
      throw new FileException(ErrorCode.CLOSED, "the file was given up");
    }
  }

  private void requireOfThisFile(FileChunk chunk) throws FileException {
    if (!chunk.root().equals(offer.root())
        || !layout.has(chunk.index())
        || chunk.ciphertextLength() != layout.length((int) chunk.index())
        || chunk.pathLength() != layout.pathBytes((int) chunk.index())) {
      throw new FileException(ErrorCode.MALFORMED, "the chunk cannot be of the file");
    }
  }

  private void write(int index, byte[] content, int from) throws FileException {
    int length = layout.length(index);
    try {
      offer.key().process(layout.block(index), content, from, length, plaintext, 0);
      target.position(layout.position(index));
      ByteBuffer buffer = ByteBuffer.wrap(plaintext, 0, length);
      while (buffer.hasRemaining()) {
        if (target.write(buffer) <= 0) {
          throw new FileException(ErrorCode.STORAGE, "the target takes nothing more");
        }
      }
    } catch (IOException e) {
      throw new FileException(ErrorCode.STORAGE, "the target cannot be written", e);
    } finally {
      Arrays.fill(plaintext, 0, length, (byte) 0);
    }
  }

  private void completeWith(int index) throws FileException {
    boolean done = false;
    try {
      complete();
      done = true;
    } finally {
      if (!done && presentCount > 0) {
        // Whoever sends it again tries again to complete the file.
        present.clear(index);
        presentCount--;
      }
    }
  }

  private void complete() throws FileException {
    try {
      target.truncate(layout.size());
    } catch (IOException e) {
      throw new FileException(ErrorCode.STORAGE, "the target cannot be cut to its size", e);
    }
    if (resumed) {
      verifyWhole();
    }
    state = FileState.COMPLETE;
    if (!serving) {
      offer.destroy();
    }
  }

  private void verifyWhole() throws FileException {
    StoredFile whole = new StoredFile(target, layout, offer.key());
    if (!whole.root().equals(offer.root())) {
      present.clear();
      presentCount = 0;
      throw new FileException(ErrorCode.STORAGE, "what was kept of the file is damaged");
    }
    stored = whole;
  }

  /**
   * Keeps the key when the file is complete, so that {@link #chunk} has chunks for other members,
   * until {@link #cancel()} or one hour after the offer. The caller cancels when the epoch of the
   * offer ends and nobody asks for the file.
   *
   * @throws IllegalStateException when the file is open no more
   */
  public void serve() {
    if (state != FileState.OPEN) {
      throw new IllegalStateException("the key of this file has been erased");
    }
    serving = true;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Only of a complete file for which {@link #serve()} was called in time. The first call reads
   * the whole file.
   */
  @Override
  public FileChunk chunk(long index, long now) throws FileException {
    tick(now);
    requireOpen();
    if (state != FileState.COMPLETE || offer.isDestroyed()) {
      throw new FileException(ErrorCode.CLOSED, "the file is not complete, or no longer served");
    }
    if (!layout.has(index)) {
      throw new FileException(ErrorCode.MALFORMED, "the file has no such chunk");
    }
    if (stored == null) {
      StoredFile whole = new StoredFile(target, layout, offer.key());
      if (!whole.root().equals(offer.root())) {
        throw new FileException(ErrorCode.STORAGE, "the file has changed since it was received");
      }
      stored = whole;
    }
    return stored.chunk((int) index);
  }

  /**
   * A request for chunks that are missing, the first ones from an index on.
   *
   * @param from index of the first chunk that may be asked for
   * @param limit the most chunks to ask for, 1 and more; there are at most 64 ranges
   * @return nothing when none is missing from there on, or the file is open no more
   */
  public Optional<FileRequest> missing(long from, int limit) {
    List<FileRequest.Range> ranges = new ArrayList<>();
    int left = limit;
    int first = layout.has(from) && state == FileState.OPEN ? nextMissing((int) from) : -1;
    while (first >= 0 && left > 0 && ranges.size() < FileRequest.MAX_RANGES) {
      int next = present.nextSetBit(first);
      int count = Math.min(left, (next < 0 ? layout.count() : next) - first);
      ranges.add(new FileRequest.Range(first, count));
      left -= count;
      first = next < 0 ? -1 : nextMissing(next);
    }
    return ranges.isEmpty() ? Optional.empty() : Optional.of(new FileRequest(offer.root(), ranges));
  }

  private int nextMissing(int from) {
    int index = present.nextClearBit(from);
    return layout.has(index) ? index : -1;
  }

  /** Whether a chunk is there. */
  public boolean has(long index) {
    return layout.has(index) && present.get((int) index);
  }

  /** How many chunks are there, of {@link FileOffer#chunkCount()}. */
  public int presentCount() {
    return presentCount;
  }

  /**
   * Which chunks are there, for {@link #resume}. It holds root, size and one bit for each chunk,
   * and not the key: to resume later, the same offer must be at hand, or come again.
   */
  public byte[] progress() {
    int bytes = (layout.count() + Byte.SIZE - 1) / Byte.SIZE;
    return new WireWriter(64 + bytes)
        .opaque(offer.root())
        .uint64(layout.size())
        .uint32(layout.chunkSize())
        .vector(Arrays.copyOf(present.toByteArray(), bytes))
        .finish();
  }

  /** Ends the file, and destroys its key, when its hour is over; tells how it stands. */
  public FileState tick(long now) {
    if (now - offeredAt >= FileOffer.LIFETIME_MILLIS) {
      end(FileState.EXPIRED);
    }
    return state;
  }

  /** Gives the file up, or stops serving it, and destroys its key. */
  public void cancel() {
    end(FileState.CANCELLED);
  }

  private void end(FileState reason) {
    if (state == FileState.OPEN) {
      state = reason;
    }
    offer.destroy();
  }

  /** How the file stands. */
  public FileState state() {
    return state;
  }
}

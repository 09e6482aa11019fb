package org.mpotr.session.files;

import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.mpotr.error.ErrorCode;

/**
 * A file that this member receives (PROTOCOL.md, section 11), into a channel that the caller opened
 * and closes. Chunks come in any order, from any member, any number of times; each is verified
 * against the root of the offer before it is decrypted and written. Memory is bounded whatever the
 * size: one chunk and one bit for each chunk, at most 4 MiB; while a complete file is sent to
 * others, also its tree, at most 8 MiB. Not thread-safe.
 *
 * <p>Until the file is complete the channel also holds, behind the end of the file, the paths of
 * its chunks: 32 bytes for each chunk and level of the tree, 0.7 % of a file of 1 GiB in chunks of
 * 64 KiB. They are cut off in the end.
 */
public final class IncomingFile implements SharedFile {

  private final FileOffer offer;
  private final ChunkLayout layout;
  private final Storage storage;
  private final PartialFile partial;
  private final long offeredAt;
  private BitSet present = new BitSet();
  private int presentCount;
  private boolean epochEnded;
  private StoredFile whole;
  private FileState state = FileState.OPEN;

  private IncomingFile(FileOffer offer, Storage storage, long offeredAt) {
    this.offer = offer;
    this.layout = offer.layout();
    this.storage = storage;
    this.partial = new PartialFile(offer, storage);
    this.offeredAt = offeredAt;
  }

  /**
   * Begins or resumes a file. What the channel holds of it, from before a restart or from anywhere
   * else, is found by reading it and verifying each chunk as if it arrived now, which takes as long
   * as hashing it with SHA-512; an empty channel takes no time. A file that is there in full is
   * complete at once, and so is one without bytes.
   *
   * @param offer becomes this object's: its key is destroyed with it
   * @param target readable and writable; what is not of the file is overwritten
   * @param offeredAt when the offer came, in milliseconds of any clock that does not go back
   * @throws FileException {@link ErrorCode#STORAGE} when the target cannot be read or, for a file
   *     that is there in full, cut to its size; {@link ErrorCode#CLOSED} when the key is gone
   */
  public static IncomingFile open(FileOffer offer, SeekableByteChannel target, long offeredAt)
      throws FileException {
    IncomingFile file = new IncomingFile(offer, new Storage(target), offeredAt);
    file.requireOpen();
    file.restore();
    return file;
  }

  private void restore() throws FileException {
    long size = storage.size();
    if (size == layout.size() && layout.count() > 1) {
      StoredFile candidate = new StoredFile(storage, layout, offer.key());
      if (candidate.root().equals(offer.root())) {
        present.set(0, layout.count());
        whole = candidate;
      }
    } else if (size >= layout.size()) {
      present = partial.restore();
    }
    presentCount = present.cardinality();
    if (presentCount == layout.count()) {
      complete();
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
   * @return whether the chunk is new; one that is there changes nothing and is not looked at
   * @throws FileException {@link ErrorCode#MALFORMED} when it cannot be of this file, {@link
   *     ErrorCode#VERIFICATION_FAILED} when it does not lead to the root, {@link ErrorCode#EXPIRED}
   *     and {@link ErrorCode#CLOSED} when the file is open no more, {@link ErrorCode#STORAGE} when
   *     the target cannot be written; in all these the chunk is missing as before
   */
  public boolean accept(FileChunk chunk, long now) throws FileException {
    tick(now);
    if (state == FileState.COMPLETE) {
      return false;
    }
    requireOpen();
    if (has(chunk.index())) {
      return false;
    }
    offer.verify(chunk);
    partial.write(chunk);
    if (presentCount + 1 == layout.count()) {
      complete();
    }
    present.set((int) chunk.index());
    presentCount++;
    return true;
  }

  private void requireOpen() throws FileException {
    if (state == FileState.EXPIRED) {
      throw new FileException(ErrorCode.EXPIRED, "the hour of the offer is over");
    }
    if (offer.isDestroyed()) {
      throw new FileException(ErrorCode.CLOSED, "the key of the file is gone");
    }
  }

  private void complete() throws FileException {
    storage.truncate(layout.size());
    state = FileState.COMPLETE;
    if (epochEnded) {
      offer.destroy();
    }
  }

  /**
   * The epoch of the offer, and with it every other copy of the file's key, is erased: this one
   * goes too, at once or as soon as the file is complete.
   */
  public void epochEnded() {
    epochEnded = true;
    if (state == FileState.COMPLETE) {
      offer.destroy();
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>The first call after the file became complete reads the whole file.
   */
  @Override
  public FileChunk chunk(long index, long now) throws FileException {
    tick(now);
    requireOpen();
    if (!layout.has(index)) {
      throw new FileException(ErrorCode.MALFORMED, "the file has no such chunk");
    }
    if (!has(index)) {
      throw new FileException(ErrorCode.GAP, "the chunk has not come yet");
    }
    if (state == FileState.OPEN) {
      return partial
          .read((int) index)
          .orElseThrow(() -> new FileException(ErrorCode.STORAGE, "the file has changed"));
    }
    return whole().chunk((int) index);
  }

  private StoredFile whole() throws FileException {
    if (whole == null) {
      StoredFile candidate = new StoredFile(storage, layout, offer.key());
      if (!candidate.root().equals(offer.root())) {
        throw new FileException(ErrorCode.STORAGE, "the file has changed since it was received");
      }
      whole = candidate;
    }
    return whole;
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

  @Override
  public boolean has(long index) {
    return layout.has(index) && present.get((int) index);
  }

  /** How many chunks are there, of {@link FileOffer#chunkCount()}. */
  public int presentCount() {
    return presentCount;
  }

  @Override
  public FileState tick(long now) {
    if (now - offeredAt >= FileOffer.LIFETIME_MILLIS) {
      end(FileState.EXPIRED);
    }
    return state;
  }

  @Override
  public void cancel() {
    end(FileState.CANCELLED);
  }

  private void end(FileState reason) {
    if (state == FileState.OPEN) {
      state = reason;
    }
    offer.destroy();
  }

  @Override
  public FileState state() {
    return state;
  }
}

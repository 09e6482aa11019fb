package org.mpotr.session.files;

import java.nio.channels.SeekableByteChannel;
import java.security.SecureRandom;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.error.ErrorCode;

/**
 * A file that this member offers (PROTOCOL.md, section 11). It stays where it is, in a channel that
 * the caller opened and closes; chunks are read and encrypted when they are asked for. Memory is
 * bounded whatever the size: one chunk, and at most 8 MiB and the hashes of 256 chunks of the
 * Merkle tree. Not thread-safe.
 */
public final class OutgoingFile implements SharedFile {

  private final FileOffer offer;
  private final StoredFile stored;
  private final long offeredAt;
  private FileState state = FileState.OPEN;

  /**
   * Makes an offer: draws a file key and reads the whole file once, for its root. That takes as
   * long as hashing it with SHA-512, so it is better done before the file is handed to whoever runs
   * the channel.
   *
   * @param type media type without parameters, or nothing
   * @param content positioned and read here, from its beginning to its end; not closed
   * @param parameters of the epoch in which the file is offered
   * @param now milliseconds, of any clock that does not go back
   * @throws IllegalArgumentException when type is no media type
   * @throws FileException {@link ErrorCode#STORAGE} when the content cannot be read, {@link
   *     ErrorCode#MALFORMED} when it is longer than the epoch allows
   */
  public static OutgoingFile of(
      FileName name,
      String type,
      SeekableByteChannel content,
      EpochParameters parameters,
      SecureRandom random,
      long now)
      throws FileException {
    FileOffer.requireType(type);
    Storage storage = new Storage(content);
    ChunkLayout layout = layout(storage.size(), parameters);
    FileKey key = FileKey.random(random);
    try {
      StoredFile stored = new StoredFile(storage, layout, key);
      FileOffer offer =
          new FileOffer(name, type, layout.size(), layout.chunkSize(), key, stored.root());
      return new OutgoingFile(offer, stored, now);
    } catch (FileException e) {
      key.destroy();
      throw e;
    }
  }

  private static ChunkLayout layout(long size, EpochParameters parameters) throws FileException {
    try {
      return ChunkLayout.largest(size, parameters);
    } catch (IllegalArgumentException e) {
      throw new FileException(ErrorCode.MALFORMED, e.getMessage(), e);
    }
  }

  private OutgoingFile(FileOffer offer, StoredFile stored, long offeredAt) {
    this.offer = offer;
    this.stored = stored;
    this.offeredAt = offeredAt;
  }

  @Override
  public FileOffer offer() {
    return offer;
  }

  @Override
  public boolean has(long index) {
    return offer.layout().has(index);
  }

  @Override
  public FileChunk chunk(long index, long now) throws FileException {
    if (tick(now) == FileState.EXPIRED) {
      throw new FileException(ErrorCode.EXPIRED, "the hour of the offer is over");
    }
    if (offer.isDestroyed()) {
      throw new FileException(ErrorCode.CLOSED, "the offer was withdrawn");
    }
    if (!has(index)) {
      throw new FileException(ErrorCode.MALFORMED, "the file has no such chunk");
    }
    return stored.chunk((int) index);
  }

  @Override
  public FileState tick(long now) {
    if (state == FileState.OPEN && now - offeredAt >= FileOffer.LIFETIME_MILLIS) {
      end(FileState.EXPIRED);
    }
    return state;
  }

  @Override
  public void cancel() {
    if (state == FileState.OPEN) {
      end(FileState.CANCELLED);
    }
  }

  private void end(FileState reason) {
    state = reason;
    offer.destroy();
  }

  @Override
  public FileState state() {
    return state;
  }
}

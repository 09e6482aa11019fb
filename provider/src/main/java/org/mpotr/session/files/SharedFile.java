package org.mpotr.session.files;

import org.mpotr.error.ErrorCode;

/**
 * A file that members of a session share (PROTOCOL.md, section 11): one that this member offers, or
 * one that it receives. Whoever has a chunk can send it, with the path that proves it.
 */
public sealed interface SharedFile permits OutgoingFile, IncomingFile {

  /** The offer that the chunks belong to. */
  FileOffer offer();

  /** How the file stands. */
  FileState state();

  /** Whether a chunk is there, to be sent to others. */
  boolean has(long index);

  /**
   * A chunk as it travels, made anew from the file.
   *
   * @param index 0 and more, below {@link FileOffer#chunkCount()}
   * @param now milliseconds, of the clock that the file was opened with
   * @throws FileException {@link ErrorCode#MALFORMED} for an index that the file has not, {@link
   *     ErrorCode#GAP} for a chunk that has not come yet, {@link ErrorCode#STORAGE} when the file
   *     cannot be read or has changed, {@link ErrorCode#EXPIRED} after its hour, {@link
   *     ErrorCode#CLOSED} when it was withdrawn or its key is gone
   */
  FileChunk chunk(long index, long now) throws FileException;

  /** Destroys the key of the file when its hour is over; tells how the file stands. */
  FileState tick(long now);

  /** Withdraws the file or gives it up, and destroys its key. */
  void cancel();
}

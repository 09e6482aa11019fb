package org.mpotr.session.files;

import org.mpotr.error.ErrorCode;

/**
 * Where chunks of a file can be had (PROTOCOL.md, section 11): the file that was offered, or a copy
 * that was received in full, at whichever member.
 */
public sealed interface ChunkSource permits OutgoingFile, IncomingFile {

  /** The offer that the chunks belong to. */
  FileOffer offer();

  /**
   * A chunk as it travels, made anew from the file.
   *
   * @param index 0 and more, below {@link FileOffer#chunkCount()}
   * @param now milliseconds, of the clock that the file was opened with
   * @throws FileException {@link ErrorCode#MALFORMED} for an index that the file has not, {@link
   *     ErrorCode#STORAGE} when the file cannot be read or is not what was offered, {@link
   *     ErrorCode#EXPIRED} after its hour, {@link ErrorCode#CLOSED} when it was withdrawn or its
   *     key is gone
   */
  FileChunk chunk(long index, long now) throws FileException;
}

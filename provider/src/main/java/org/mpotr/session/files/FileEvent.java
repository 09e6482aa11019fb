package org.mpotr.session.files;

import org.mpotr.wire.Bytes;

/** What became of a file frame, where an application has something to do or to show. */
public sealed interface FileEvent {

  /** Which file, by the root of its offer, 32 bytes. */
  Bytes root();

  /**
   * A member offers a file. It is received when it is opened, at {@code at}, and accepted: see
   * {@link IncomingFile#open} and {@link FileExchange#accept}.
   *
   * @param at when, in milliseconds of the clock of the exchange
   */
  record Offered(FileOffer offer, long at) implements FileEvent {
    @Override
    public Bytes root() {
      return offer.root();
    }
  }

  /** Chunks are asked for that this member may have: {@link FileExchange#next} makes them. */
  record Requested(Bytes root) implements FileEvent {}

  /**
   * A chunk came, was verified and written.
   *
   * @param present how many chunks are there
   * @param count how many there are to be
   */
  record Progressed(Bytes root, int present, int count) implements FileEvent {}

  /** The last chunk came; the file is there in full, and verified. */
  record Completed(Bytes root) implements FileEvent {}

  /** Whoever offered the file takes it back; what came of it is as before, and not complete. */
  record Withdrawn(Bytes root) implements FileEvent {}

  /** The hour of the offer was over before the file was complete. */
  record Expired(Bytes root) implements FileEvent {}
}

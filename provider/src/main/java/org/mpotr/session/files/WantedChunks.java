package org.mpotr.session.files;

import java.util.BitSet;
import java.util.OptionalLong;

/**
 * What is asked for of one file and not yet sent: the requests of all members together, since a
 * chunk that one asked for reaches everybody. One bit for each chunk, at most 4 MiB. Not
 * thread-safe.
 */
public final class WantedChunks {

  private final int count;
  private final BitSet wanted = new BitSet();
  private int cursor;

  /** Nothing is wanted yet of this file. */
  public WantedChunks(FileOffer offer) {
    this.count = offer.chunkCount();
  }

  /** Adds what a request asks for, of what the file has. */
  public void add(FileRequest request) {
    for (FileRequest.Range range : request.ranges()) {
      int end = (int) Math.min(range.end(), count);
      if (range.first() < end) {
        wanted.set((int) range.first(), end);
      }
    }
  }

  /** A chunk that travelled, whoever sent it, is wanted no more. */
  public void remove(long index) {
    if (index >= 0 && index < count) {
      wanted.clear((int) index);
    }
  }

  /** The next chunk to send, which then is wanted no more; nothing when none is wanted. */
  public OptionalLong next() {
    int index = wanted.nextSetBit(cursor);
    if (index < 0) {
      index = wanted.nextSetBit(0);
    }
    if (index < 0) {
      return OptionalLong.empty();
    }
    wanted.clear(index);
    cursor = index + 1;
    return OptionalLong.of(index);
  }

  /** Whether nothing is wanted. */
  public boolean isEmpty() {
    return wanted.isEmpty();
  }
}

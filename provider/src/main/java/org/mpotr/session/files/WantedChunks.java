package org.mpotr.session.files;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import org.mpotr.identity.Fingerprint;

/**
 * What members want of one file, and has not been sent since: the last request of each. One bit for
 * each member that asks and each chunk up to the last it asks for. Not thread-safe.
 */
final class WantedChunks {

  private final int count;
  private final Map<Fingerprint, BitSet> wanted = new HashMap<>();
  private int cursor;

  /** Nothing is wanted yet of a file of so many chunks. */
  WantedChunks(int count) {
    this.count = count;
  }

  /**
   * A request takes the place of the earlier one of its member; what the file has not is left.
   *
   * @return whether the member wants anything
   */
  boolean set(Fingerprint member, FileRequest request) {
    BitSet chunks = new BitSet();
    for (FileRequest.Range range : request.ranges()) {
      int end = (int) Math.min(range.end(), count);
      if (range.first() < end) {
        chunks.set((int) range.first(), end);
      }
    }
    if (chunks.isEmpty()) {
      wanted.remove(member);
    } else {
      wanted.put(member, chunks);
    }
    return !chunks.isEmpty();
  }

  /** A member wants nothing more. */
  void forget(Fingerprint member) {
    wanted.remove(member);
  }

  /** Whether anybody wants a chunk. */
  boolean has(long index) {
    return index < count && wanted.values().stream().anyMatch(chunks -> chunks.get((int) index));
  }

  /** A chunk that travelled, whoever sent it, has reached everybody. */
  void remove(long index) {
    if (index < count) {
      wanted.values().forEach(chunks -> chunks.clear((int) index));
      wanted.values().removeIf(BitSet::isEmpty);
    }
  }

  /** The next chunk to send of those that are there; then nobody wants it more. */
  OptionalInt next(IntPredicate isThere) {
    int next = first(cursor, isThere);
    if (next == count) {
      next = first(0, isThere);
    }
    if (next == count) {
      return OptionalInt.empty();
    }
    remove(next);
    cursor = next + 1;
    return OptionalInt.of(next);
  }

  private int first(int from, IntPredicate isThere) {
    int first = count;
    for (BitSet chunks : wanted.values()) {
      int index = chunks.nextSetBit(from);
      while (index >= 0 && index < first && !isThere.test(index)) {
        index = chunks.nextSetBit(index + 1);
      }
      first = index < 0 ? first : Math.min(first, index);
    }
    return first;
  }
}

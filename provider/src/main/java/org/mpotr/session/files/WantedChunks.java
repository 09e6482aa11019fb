package org.mpotr.session.files;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.mpotr.identity.Fingerprint;

/**
 * What members want of one file, and has not been sent since: of the last request of each its
 * ranges, so that a member costs little, however long the file is. Not thread-safe.
 */
final class WantedChunks {

  /** The most ranges of one member; what falls out of them it has to ask for again. */
  static final int MAX_RANGES = 1_024;

  private final int count;
  private final Map<Fingerprint, TreeMap<Integer, Integer>> wanted = new HashMap<>();
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
    TreeMap<Integer, Integer> ranges = new TreeMap<>();
    for (FileRequest.Range range : request.ranges()) {
      int end = (int) Math.min(range.end(), count);
      if (range.first() < end) {
        ranges.put((int) range.first(), end);
      }
    }
    if (ranges.isEmpty()) {
      wanted.remove(member);
    } else {
      wanted.put(member, ranges);
    }
    return !ranges.isEmpty();
  }

  /** A member wants nothing more. */
  void forget(Fingerprint member) {
    wanted.remove(member);
  }

  /** How many ranges are kept. */
  int ranges() {
    return wanted.values().stream().mapToInt(TreeMap::size).sum();
  }

  /** Whether anybody wants a chunk. */
  boolean has(long index) {
    return index < count
        && wanted.values().stream().anyMatch(ranges -> isIn(ranges.floorEntry((int) index), index));
  }

  private static boolean isIn(Map.Entry<Integer, Integer> range, long index) {
    return range != null && index < range.getValue();
  }

  /** A chunk that travelled, whoever sent it, has reached everybody. */
  void remove(long index) {
    if (index < count) {
      wanted.values().forEach(ranges -> remove(ranges, (int) index));
      wanted.values().removeIf(TreeMap::isEmpty);
    }
  }

  private static void remove(TreeMap<Integer, Integer> ranges, int index) {
    Map.Entry<Integer, Integer> range = ranges.floorEntry(index);
    if (!isIn(range, index)) {
      return;
    }
    int first = range.getKey();
    int end = range.getValue();
    ranges.remove(first);
    if (first < index) {
      ranges.put(first, index);
    }
    if (index + 1 < end) {
      ranges.put(index + 1, end);
    }
    if (ranges.size() > MAX_RANGES) {
      ranges.pollLastEntry();
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
    for (TreeMap<Integer, Integer> ranges : wanted.values()) {
      Integer start = ranges.floorKey(from);
      for (Map.Entry<Integer, Integer> range :
          ranges.tailMap(start == null ? from : start).entrySet()) {
        int index = Math.max(range.getKey(), from);
        while (index < range.getValue() && index < first && !isThere.test(index)) {
          index++;
        }
        if (index >= first || index < range.getValue()) {
          first = Math.min(first, index);
          break;
        }
      }
    }
    return first;
  }
}

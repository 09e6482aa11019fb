package org.mpotr.session.transcript;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.wire.Bytes;

/**
 * Frames whose parents are not all delivered, and what is missing for them (PROTOCOL.md, section
 * 7). Each sender has bounds of its own, and what one waits for comes in turn with what others do,
 * so that nobody's inventions keep others waiting.
 */
final class WaitingFrames {

  /** The most frames of one sender. */
  static final int MAX_FRAMES = 256;

  /** The most bytes of one sender's frames. */
  static final int MAX_BYTES = 4 << 20;

  /** A frame that waits. */
  static final class Waiting {
    private final FrameParameterSpec spec;
    private final byte[] original;
    private final byte[] content;
    private int open;

    /** A frame as it travelled, and what it says. */
    Waiting(FrameParameterSpec spec, byte[] original, byte[] content) {
      this.spec = spec;
      this.original = original;
      this.content = content;
    }

    FrameParameterSpec spec() {
      return spec;
    }

    byte[] original() {
      return original;
    }

    byte[] content() {
      return content;
    }

    void clear() {
      Arrays.fill(content, (byte) 0);
    }

    private int sender() {
      return spec.sender().orElseThrow();
    }
  }

  private final Map<Bytes, Waiting> frames = new HashMap<>();
  private final Map<Bytes, List<Waiting>> children = new HashMap<>();
  private final List<Set<Bytes>> needs = new ArrayList<>();
  private final int[] counts;
  private final int[] bytes;

  /** No frames, of so many members. */
  WaitingFrames(int members) {
    this.counts = new int[members];
    this.bytes = new int[members];
    for (int i = 0; i < members; i++) {
      needs.add(new LinkedHashSet<>());
    }
  }

  /**
   * Takes a frame.
   *
   * @param parents those that are not delivered, one or more
   * @return whether there was room
   */
  boolean add(Waiting frame, List<Bytes> parents) {
    int sender = frame.sender();
    if (counts[sender] >= MAX_FRAMES || bytes[sender] + frame.original.length > MAX_BYTES) {
      return false;
    }
    counts[sender]++;
    bytes[sender] += frame.original.length;
    frame.open = parents.size();
    frames.put(frame.spec.id().orElseThrow(), frame);
    for (Bytes parent : parents) {
      children.computeIfAbsent(parent, p -> new ArrayList<>()).add(frame);
      needs.get(sender).add(parent);
    }
    return true;
  }

  /** A frame is delivered: the frames that waited for it last, which wait no more. */
  List<Waiting> delivered(Bytes id) {
    List<Waiting> ready = new ArrayList<>();
    List<Waiting> waited = children.remove(id);
    if (waited != null) {
      for (Waiting frame : waited) {
        needs.get(frame.sender()).remove(id);
        if (--frame.open == 0) {
          remove(frame);
          ready.add(frame);
        }
      }
    }
    return ready;
  }

  private void remove(Waiting frame) {
    frames.remove(frame.spec.id().orElseThrow());
    counts[frame.sender()]--;
    bytes[frame.sender()] -= frame.original.length;
  }

  /** Drops and clears what waits of a sender. */
  void drop(int sender) {
    for (Waiting frame : List.copyOf(frames.values())) {
      if (frame.sender() == sender) {
        remove(frame);
        frame.clear();
      }
    }
    children.values().forEach(waiting -> waiting.removeIf(frame -> frame.sender() == sender));
    children.values().removeIf(List::isEmpty);
    needs.get(sender).clear();
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  int size() {
    return frames.size();
  }

  boolean contains(Bytes id) {
    return frames.containsKey(id);
  }

  /** A frame as it travelled. */
  Optional<byte[]> original(Bytes id) {
    return Optional.ofNullable(frames.get(id)).map(Waiting::original);
  }

  /** What is not here, at most so many: for each sender in turn what it has waited for longest. */
  Set<Bytes> missing(int limit) {
    Set<Bytes> missing = new LinkedHashSet<>();
    List<Iterator<Bytes>> turns = new ArrayList<>();
    needs.stream().filter(ids -> !ids.isEmpty()).forEach(ids -> turns.add(ids.iterator()));
    while (!turns.isEmpty() && missing.size() < limit) {
      for (Iterator<Bytes> turn : turns) {
        if (turn.hasNext() && missing.size() < limit) {
          Bytes id = turn.next();
          if (!frames.containsKey(id)) {
            missing.add(id);
          }
        }
      }
      turns.removeIf(turn -> !turn.hasNext());
    }
    return missing;
  }
}

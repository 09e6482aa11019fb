package org.mpotr.chat.member;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mpotr.error.ErrorCode;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.wire.Bytes;

/**
 * The order of a conversation (PROTOCOL.md, section 7): each member's frames stand in line, each
 * frame stands behind its parents, and a frame is delivered once everything before it is. What a
 * relay leaves out, repeats or swaps shows here.
 */
final class Transcript {

  /** How far a frame may be ahead of its sender's line, and how many of a sender may wait. */
  static final int MAX_WAITING = 64;

  /** In a line, the place of a frame that never came. */
  private static final Bytes NEVER_CAME = Bytes.EMPTY;

  private final List<List<Bytes>> lines = new ArrayList<>();
  private final Set<Bytes> delivered = new HashSet<>();
  private final Set<Bytes> newest = new LinkedHashSet<>();
  private final List<ReceivedFrame> waiting = new ArrayList<>();
  private final Set<Bytes> lostFrames = new HashSet<>();
  private final Set<Place> lostPlaces = new HashSet<>();

  /** A place in a member's line. */
  record Place(int sender, long seq) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int bySender = Integer.compare(sender, other.sender);
      return bySender == 0 ? Long.compare(seq, other.seq) : bySender;
    }
  }

  /**
   * What was given up.
   *
   * @param places in members' lines
   * @param frames how many frames others name as parents
   * @param delivered what could be delivered then, in order
   */
  record Loss(Set<Place> places, int frames, List<ReceivedFrame> delivered) {}

  Transcript(int members) {
    for (int i = 0; i < members; i++) {
      lines.add(new ArrayList<>());
    }
  }

  /** The sequence number of a member's next frame. */
  long next(int sender) {
    return lines.get(sender).size();
  }

  /** The parents of a frame made now: the newest frames delivered, the latest of them if many. */
  List<Bytes> frontier() {
    List<Bytes> all = new ArrayList<>(newest);
    return all.subList(Math.max(0, all.size() - FrameParameterSpec.MAX_PARENTS), all.size());
  }

  /** Why a frame cannot be taken; nothing when it can. */
  Optional<ErrorCode> objection(ReceivedFrame frame) {
    List<Bytes> line = lines.get(frame.sender());
    if (delivered.contains(frame.id()) || waits(frame.id())) {
      return Optional.of(ErrorCode.REPLAY);
    }
    if (lostFrames.contains(frame.id()) || lostPlaces.contains(place(frame))) {
      return Optional.of(ErrorCode.OVERDUE);
    }
    if (frame.seq() < line.size()
        || waiting.stream().anyMatch(other -> place(other).equals(place(frame)))) {
      return Optional.of(ErrorCode.CONFLICT);
    }
    if (frame.seq() - line.size() > MAX_WAITING) {
      return Optional.of(ErrorCode.GAP);
    }
    return waiting.stream().filter(other -> other.sender() == frame.sender()).count() >= MAX_WAITING
        ? Optional.of(ErrorCode.RATE_LIMITED)
        : Optional.empty();
  }

  /** Takes a frame to which there is no objection; what can be delivered now comes in order. */
  List<ReceivedFrame> add(ReceivedFrame frame) {
    waiting.add(frame);
    return deliver();
  }

  /** The frame that has waited longest for others. */
  Optional<ReceivedFrame> oldestWaiting() {
    return waiting.stream().findFirst();
  }

  /** Gives up everything that the frame that has waited longest waits for. */
  Loss giveUp() {
    Set<Place> places = new TreeSet<>();
    int frames = 0;
    Set<Bytes> seen = new HashSet<>();
    Deque<ReceivedFrame> chain = new ArrayDeque<>(waiting.subList(0, 1));
    while (!chain.isEmpty()) {
      ReceivedFrame frame = chain.pop();
      for (Bytes parent : frame.parents()) {
        Optional<ReceivedFrame> here = find(parent);
        if (here.isPresent() && seen.add(parent)) {
          chain.push(here.get());
        } else if (here.isEmpty() && !delivered.contains(parent) && lostFrames.add(parent)) {
          frames++;
        }
      }
      for (long seq = next(frame.sender()); seq < frame.seq(); seq++) {
        Place place = new Place(frame.sender(), seq);
        Optional<ReceivedFrame> here = find(place);
        if (here.isPresent() && seen.add(here.get().id())) {
          chain.push(here.get());
        } else if (here.isEmpty() && lostPlaces.add(place)) {
          places.add(place);
        }
      }
    }
    List<ReceivedFrame> ready = deliver();
    if (ready.isEmpty()) {
      // Frames that wait for each other in a circle: somebody made them so, and they never end.
      waiting.clear();
    }
    return new Loss(places, frames, ready);
  }

  private List<ReceivedFrame> deliver() {
    List<ReceivedFrame> ready = new ArrayList<>();
    boolean isMoving = true;
    while (isMoving) {
      isMoving = false;
      passLostPlaces();
      for (Iterator<ReceivedFrame> all = waiting.iterator(); all.hasNext(); ) {
        ReceivedFrame frame = all.next();
        if (isReady(frame)) {
          all.remove();
          append(frame);
          ready.add(frame);
          isMoving = true;
        }
      }
    }
    return ready;
  }

  private void passLostPlaces() {
    for (int sender = 0; sender < lines.size(); sender++) {
      while (lostPlaces.contains(new Place(sender, next(sender)))) {
        lines.get(sender).add(NEVER_CAME);
      }
    }
  }

  private boolean isReady(ReceivedFrame frame) {
    return frame.seq() == next(frame.sender())
        && frame.parents().stream().allMatch(p -> delivered.contains(p) || lostFrames.contains(p));
  }

  private void append(ReceivedFrame frame) {
    lines.get(frame.sender()).add(frame.id());
    delivered.add(frame.id());
    frame.parents().forEach(newest::remove);
    newest.add(frame.id());
  }

  private boolean waits(Bytes id) {
    return find(id).isPresent();
  }

  private Optional<ReceivedFrame> find(Bytes id) {
    return waiting.stream().filter(frame -> frame.id().equals(id)).findFirst();
  }

  private Optional<ReceivedFrame> find(Place place) {
    return waiting.stream().filter(frame -> place(frame).equals(place)).findFirst();
  }

  private static Place place(ReceivedFrame frame) {
    return new Place(frame.sender(), frame.seq());
  }
}

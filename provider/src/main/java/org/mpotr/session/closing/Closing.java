package org.mpotr.session.closing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.mpotr.session.transcript.Transcript;

/**
 * How an epoch comes to its end (PROTOCOL.md, section 8): everybody says a farewell, everybody ends
 * once it has all farewells and acknowledgements, and when all have ended the keys are erased and
 * published. Not thread-safe.
 */
public final class Closing {

  /** How far a member's own part is. */
  public enum Phase {
    /** It may speak. */
    OPEN,
    /** It has said its farewell and acknowledges what others say. */
    CLOSING,
    /** It has everything, and nothing more is accepted but what helps others to end. */
    ENDED
  }

  private final Transcript transcript;
  private final int own;
  private final List<Integer> members;
  private final Map<Integer, Farewell> unchecked = new HashMap<>();
  private final Set<Integer> saidFarewell = new TreeSet<>();
  private final Set<Integer> ended = new TreeSet<>();
  private Phase phase = Phase.OPEN;

  /** The closing of an epoch with so many members. */
  public Closing(Transcript transcript, int own, int members) {
    this.transcript = transcript;
    this.own = own;
    this.members = IntStream.range(0, members).boxed().toList();
  }

  /** How far one's own part is. */
  public Phase phase() {
    return phase;
  }

  /** A member said its farewell, and says nothing more. */
  public void farewell(int member, Farewell farewell) {
    if (saidFarewell.add(member)) {
      unchecked.put(member, farewell);
    }
    if (member == own) {
      phase = Phase.CLOSING;
    }
  }

  /**
   * The farewells whose frontier has been delivered by now, compared with the own transcript.
   *
   * @return for each member that sees it differently, whose frames it sees differently
   */
  public Map<Integer, List<Integer>> compare() {
    Map<Integer, List<Integer>> differences = new HashMap<>();
    unchecked
        .entrySet()
        .removeIf(
            entry -> {
              Farewell farewell = entry.getValue();
              if (!farewell.frontier().stream().allMatch(transcript::contains)) {
                return false;
              }
              List<Integer> concerned = differing(farewell);
              if (!concerned.isEmpty()) {
                differences.put(entry.getKey(), concerned);
              }
              return true;
            });
    return differences;
  }

  private List<Integer> differing(Farewell farewell) {
    List<Integer> concerned = new ArrayList<>(members);
    var digests = transcript.digests(farewell.frontier());
    concerned.removeIf(member -> digests.get(member).equals(farewell.digests().get(member)));
    return concerned;
  }

  /** Whether everything is here that allows to end: farewells and acknowledgements of all. */
  public boolean mayEnd() {
    return phase == Phase.CLOSING
        && saidFarewell.containsAll(members)
        && transcript.isWhole()
        && transcript.isSettledAmong(members);
  }

  /** A member has ended, by its end frame or by its published keys. */
  public void ended(int member) {
    ended.add(member);
    if (member == own) {
      phase = Phase.ENDED;
    }
  }

  /** Whether a member has ended. */
  public boolean hasEnded(int member) {
    return ended.contains(member);
  }

  /** Whether all have ended, so that the keys may be erased and published. */
  public boolean isOver() {
    return ended.containsAll(members);
  }
}

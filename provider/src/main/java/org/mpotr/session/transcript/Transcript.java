package org.mpotr.session.transcript;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.mpotr.crypto.Labelled;
import org.mpotr.epoch.Roster;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.WireWriter;

/**
 * The causal graph of an epoch as one member sees it (PROTOCOL.md, section 7): which frames are
 * delivered, which wait and for what, who has confirmed what, and the one order. It judges order
 * only; tags and signatures hold before a frame comes here. Not thread-safe.
 *
 * <p>Every delivered frame carries a clock: for each member, the seq of that member's newest frame
 * that it reaches. All questions of reach are comparisons of clocks.
 */
public final class Transcript {

  /** The most frames of one sender that wait for others. */
  public static final int MAX_WAITING = 256;

  /** The most frames of an epoch. It is refreshed long before. */
  public static final int MAX_FRAMES = 1 << 16;

  private static final int NOTHING = -1;

  private final Bytes sid;
  private final Roster roster;
  private final Map<Bytes, Node> nodes = new LinkedHashMap<>();
  private final List<List<Node>> lines = new ArrayList<>();
  private final Map<Bytes, Waiting> waiting = new HashMap<>();
  private final Map<Bytes, Set<Bytes>> waitingFor = new LinkedHashMap<>();
  private final int[] waitingBySender;
  private final int[][] reached;

  /** The transcript of an epoch in which nothing has been said. */
  public Transcript(Bytes sid, Roster roster) {
    this.sid = sid;
    this.roster = roster;
    this.waitingBySender = new int[roster.size()];
    this.reached = new int[roster.size()][roster.size()];
    for (int[] clock : reached) {
      lines.add(new ArrayList<>());
      Arrays.fill(clock, NOTHING);
    }
  }

  /** What became of a frame. */
  public enum Outcome {
    /** It is part of the transcript, perhaps with others that waited for it. */
    DELIVERED,
    /** It waits for its parents. */
    WAITING,
    /** It was here before. */
    REPLAY,
    /** Too much waits already; it may come again. */
    FULL,
    /** Its sender broke the rules of the graph; nobody delivers it. */
    REFUSED
  }

  /**
   * A frame that became part of the transcript.
   *
   * @param spec kind, seq, parents, sender and id
   * @param content what it says
   * @param conflictsWith the id of another frame with its sender's seq, where there is one
   */
  public record Delivery(FrameParameterSpec spec, byte[] content, Optional<Bytes> conflictsWith) {}

  /**
   * A member has confirmed a frame.
   *
   * @param frame its id
   * @param member who confirms, by place
   * @param confirmations how many have, its sender not counted
   */
  public record Confirmation(Bytes frame, int member, int confirmations) {}

  /**
   * What followed from a frame.
   *
   * @param deliveries the frames that became part of the transcript, parents first
   * @param refusals frames that were to follow and break the rules of the graph
   * @param confirmations what members have confirmed thereby
   */
  public record Placement(
      Outcome outcome,
      List<Delivery> deliveries,
      List<FrameParameterSpec> refusals,
      List<Confirmation> confirmations) {

    private static Placement of(Outcome outcome) {
      return new Placement(outcome, List.of(), List.of(), List.of());
    }
  }

  private static final class Node {
    final FrameParameterSpec spec;
    final int[] clock;
    byte[] original;
    int confirmations;
    boolean inConflict;

    Node(FrameParameterSpec spec, int[] clock, byte[] original) {
      this.spec = spec;
      this.clock = clock;
      this.original = original;
    }

    int sender() {
      return spec.sender().orElseThrow();
    }

    int seq() {
      return (int) spec.seq();
    }

    Bytes id() {
      return spec.id().orElseThrow();
    }
  }

  private record Waiting(FrameParameterSpec spec, byte[] original, byte[] content) {}

  /** Whether frames of a kind stand in the graph; the others may come in any order, and again. */
  public static boolean isInGraph(FrameKind kind) {
    return !kind.equals(FrameKind.RESEND_REQUEST)
        && !kind.equals(FrameKind.FILE_CHUNK)
        && !kind.equals(FrameKind.FILE_REQUEST);
  }

  /**
   * Whether frames of a kind say something, so that others confirm them and name them as parents.
   */
  public static boolean isConfirmed(FrameKind kind) {
    return isInGraph(kind) && !kind.equals(FrameKind.ACK) && !kind.equals(FrameKind.END);
  }

  /**
   * Takes a frame that its sender made.
   *
   * @param spec with sender and id
   * @param original the frame as it travelled, for others that miss it
   * @param content what it says, handed on when it is delivered
   */
  public Placement place(FrameParameterSpec spec, byte[] original, byte[] content) {
    Bytes id = spec.id().orElseThrow();
    int sender = spec.sender().orElseThrow();
    if (nodes.containsKey(id) || waiting.containsKey(id)) {
      return Placement.of(Outcome.REPLAY);
    }
    if (spec.seq() >= MAX_FRAMES || nodes.size() >= MAX_FRAMES) {
      return Placement.of(Outcome.FULL);
    }
    Waiting frame = new Waiting(spec, original, content);
    List<Bytes> missing =
        spec.parents().stream().filter(parent -> !nodes.containsKey(parent)).toList();
    if (!missing.isEmpty()) {
      if (waitingBySender[sender] >= MAX_WAITING) {
        return Placement.of(Outcome.FULL);
      }
      waitingBySender[sender]++;
      waiting.put(id, frame);
      missing.forEach(
          parent -> waitingFor.computeIfAbsent(parent, p -> new LinkedHashSet<>()).add(id));
      return Placement.of(Outcome.WAITING);
    }
    return deliver(frame);
  }

  private Placement deliver(Waiting first) {
    List<Delivery> deliveries = new ArrayList<>();
    List<Confirmation> confirmations = new ArrayList<>();
    List<FrameParameterSpec> refusals = new ArrayList<>();
    List<Waiting> ready = new ArrayList<>(List.of(first));
    for (int i = 0; i < ready.size(); i++) {
      Waiting frame = ready.get(i);
      if (!keepsTheRules(frame.spec())) {
        refusals.add(frame.spec());
        continue;
      }
      deliveries.add(append(frame, confirmations));
      Set<Bytes> children = waitingFor.remove(frame.spec().id().orElseThrow());
      if (children != null) {
        children.stream().map(waiting::get).filter(this::isReady).forEach(ready::add);
        ready.subList(i + 1, ready.size()).forEach(this::noLongerWaits);
      }
    }
    return new Placement(
        deliveries.isEmpty() ? Outcome.REFUSED : Outcome.DELIVERED,
        deliveries,
        refusals,
        confirmations);
  }

  private boolean isReady(Waiting frame) {
    return frame != null && nodes.keySet().containsAll(frame.spec().parents());
  }

  private void noLongerWaits(Waiting frame) {
    if (waiting.remove(frame.spec().id().orElseThrow()) != null) {
      waitingBySender[frame.spec().sender().orElseThrow()]--;
    }
  }

  /**
   * A frame has its sender's last frame among its parents, and no other member's acknowledgement:
   * both depend on the frame alone, so that all members come to the same answer.
   */
  private boolean keepsTheRules(FrameParameterSpec spec) {
    int sender = spec.sender().orElseThrow();
    boolean continuesLine = spec.seq() == 0;
    for (Bytes id : spec.parents()) {
      Node parent = nodes.get(id);
      if (parent.sender() == sender) {
        continuesLine |= parent.spec.seq() == spec.seq() - 1;
        if (parent.spec.seq() >= spec.seq()) {
          return false;
        }
      } else if (!isConfirmed(parent.spec.kind())) {
        return false;
      }
    }
    return continuesLine;
  }

  private Delivery append(Waiting frame, List<Confirmation> confirmations) {
    FrameParameterSpec spec = frame.spec();
    int sender = spec.sender().orElseThrow();
    int[] clock = new int[roster.size()];
    Arrays.fill(clock, NOTHING);
    spec.parents().forEach(parent -> raise(clock, nodes.get(parent).clock));
    clock[sender] = Math.max(clock[sender], (int) spec.seq());
    Node node = new Node(spec, clock, frame.original());
    nodes.put(node.id(), node);
    List<Node> line = lines.get(sender);
    Optional<Bytes> conflict = Optional.empty();
    if (spec.seq() < line.size()) {
      Node other = line.get(node.seq());
      other.inConflict = true;
      node.inConflict = true;
      conflict = Optional.of(other.id());
    } else {
      line.add(node);
    }
    confirm(sender, clock, confirmations);
    return new Delivery(spec, frame.content(), conflict);
  }

  private void confirm(int member, int[] clock, List<Confirmation> confirmations) {
    int[] before = reached[member];
    for (int sender = 0; sender < clock.length; sender++) {
      for (int seq = before[sender] + 1; seq <= clock[sender]; seq++) {
        Node node = lines.get(sender).get(seq);
        if (sender != member) {
          node.confirmations++;
          if (isConfirmed(node.spec.kind())) {
            confirmations.add(new Confirmation(node.id(), member, node.confirmations));
          }
        }
        if (node.confirmations == roster.size() - 1 && !node.inConflict) {
          node.original = null;
        }
      }
    }
    raise(before, clock);
  }

  private static void raise(int[] clock, int[] other) {
    for (int i = 0; i < clock.length; i++) {
      clock[i] = Math.max(clock[i], other[i]);
    }
  }

  /** The seq of a member's next frame. */
  public long nextSeq(int member) {
    return lines.get(member).size();
  }

  /**
   * The parents of a member's next frame: its own last one, and of the others' lines the newest
   * that say something and are not reached already; at most 32.
   */
  public List<Bytes> parents(int member) {
    List<Node> line = lines.get(member);
    List<Node> chosen = new ArrayList<>();
    if (!line.isEmpty()) {
      chosen.add(line.get(line.size() - 1));
    }
    for (Node head : heads(member)) {
      if (chosen.size() < FrameParameterSpec.MAX_PARENTS) {
        chosen.add(head);
      }
    }
    return chosen.stream().map(Node::id).toList();
  }

  /** What {@link #parents} would name if there were no bound, without the member's own line. */
  private List<Node> heads(int member) {
    List<Node> tips = new ArrayList<>();
    for (int sender = 0; sender < roster.size(); sender++) {
      Node tip = sender == member ? null : newestConfirmed(sender);
      if (tip != null && !reaches(reached[member], tip)) {
        tips.add(tip);
      }
    }
    List<Node> heads = new ArrayList<>();
    for (Node tip : tips) {
      if (tips.stream().noneMatch(other -> other != tip && reaches(other.clock, tip))) {
        heads.add(tip);
      }
    }
    return heads;
  }

  private static boolean reaches(int[] clock, Node node) {
    return clock[node.sender()] >= node.seq();
  }

  private Node newestConfirmed(int sender) {
    List<Node> line = lines.get(sender);
    for (int i = line.size() - 1; i >= 0; i--) {
      if (isConfirmed(line.get(i).spec.kind())) {
        return line.get(i);
      }
    }
    return null;
  }

  /** Whether a member's next frame would confirm something that its last one did not. */
  public boolean owesAcknowledgement(int member) {
    return !heads(member).isEmpty();
  }

  /** The ids that frames wait for and that are not here, at most so many. */
  public List<Bytes> missing(int limit) {
    return waitingFor.keySet().stream()
        .filter(id -> !nodes.containsKey(id) && !waiting.containsKey(id))
        .limit(limit)
        .toList();
  }

  /** Whether a frame is part of the transcript. */
  public boolean contains(Bytes id) {
    return nodes.containsKey(id);
  }

  /** Whether a delivered frame has another delivered one among those it reaches, or is it. */
  public boolean reaches(Bytes id, Bytes earlier) {
    return reaches(nodes.get(id).clock, nodes.get(earlier));
  }

  /** Whether frames that are here wait for a frame that is not. */
  public boolean isAwaited(Bytes id) {
    return waitingFor.containsKey(id) && !nodes.containsKey(id);
  }

  /** Whether a frame is here, delivered or waiting. */
  public boolean isKnown(Bytes id) {
    return nodes.containsKey(id) || waiting.containsKey(id);
  }

  /** Whether a delivered frame is one that others confirm, and that not all have confirmed. */
  public boolean isUnsettled(Bytes id) {
    Node node = nodes.get(id);
    return node != null && node.original != null && !node.spec.kind().equals(FrameKind.ACK);
  }

  /** Whether a frame is delivered and of a kind that others confirm. */
  public boolean isToBeConfirmed(Bytes id) {
    Node node = nodes.get(id);
    return node != null && isConfirmed(node.spec.kind());
  }

  /** A frame as it travelled, until all have confirmed it. */
  public Optional<byte[]> original(Bytes id) {
    Node node = nodes.get(id);
    Waiting frame = waiting.get(id);
    return Optional.ofNullable(
        node != null ? node.original : frame == null ? null : frame.original());
  }

  /** The newest frame of a member's line. */
  public Optional<Bytes> newest(int member) {
    List<Node> line = lines.get(member);
    return line.isEmpty() ? Optional.empty() : Optional.of(line.get(line.size() - 1).id());
  }

  /** How many members other than its sender have confirmed a frame. */
  public int confirmations(Bytes id) {
    return nodes.get(id).confirmations;
  }

  /** Whether a member has confirmed a frame, or wrote it. */
  public boolean isConfirmedBy(Bytes id, int member) {
    Node node = nodes.get(id);
    return node.sender() == member || reaches(reached[member], node);
  }

  /** The members that have not confirmed a frame, by place. */
  public List<Integer> unconfirmedBy(Bytes id) {
    List<Integer> members = new ArrayList<>();
    for (int member = 0; member < roster.size(); member++) {
      if (!isConfirmedBy(id, member)) {
        members.add(member);
      }
    }
    return members;
  }

  /** Whether every member of {@code members} has confirmed everything that says something. */
  public boolean isSettledAmong(Collection<Integer> members) {
    for (List<Node> line : lines) {
      for (int i = line.size() - 1; i >= 0; i--) {
        Node node = line.get(i);
        if (isConfirmed(node.spec.kind())) {
          if (members.stream().anyMatch(member -> !isConfirmedBy(node.id(), member))) {
            return false;
          }
          break;
        }
      }
    }
    return true;
  }

  /** The frontier: the newest frames of all lines that no other one reaches, ascending. */
  public List<Bytes> frontier() {
    List<Node> tips = new ArrayList<>();
    for (int sender = 0; sender < roster.size(); sender++) {
      Node tip = newestConfirmed(sender);
      if (tip != null) {
        tips.add(tip);
      }
    }
    return tips.stream()
        .filter(tip -> tips.stream().noneMatch(o -> o != tip && reaches(o.clock, tip)))
        .map(Node::id)
        .sorted()
        .toList();
  }

  /**
   * For each member the digest of its frames up to a frontier (PROTOCOL.md, section 8): {@code
   * H32("transcript digest", sid, m, ids<V>)} in order of seq, acknowledgements included; a frame
   * in conflict stands behind its rival when it reaches as far.
   *
   * @throws IllegalArgumentException when the frontier is not delivered
   */
  public List<Bytes> digests(Collection<Bytes> frontier) {
    int[] clock = new int[roster.size()];
    Arrays.fill(clock, NOTHING);
    for (Bytes id : frontier) {
      Node node = nodes.get(id);
      if (node == null) {
        throw new IllegalArgumentException("the frontier has not been delivered");
      }
      raise(clock, node.clock);
    }
    List<Bytes> digests = new ArrayList<>();
    for (int member = 0; member < roster.size(); member++) {
      List<Node> line = lines.get(member).subList(0, clock[member] + 1);
      WireWriter input =
          WireWriter.labelled("transcript digest", sid)
              .opaque(roster.get(member).id())
              .prefix(line.size() * sid.length());
      line.forEach(node -> input.opaque(node.id()));
      digests.add(Labelled.hash32(input));
    }
    return digests;
  }

  /**
   * All delivered frames in the one order: parents first, and among those that do not reach each
   * other ascending by id.
   */
  public List<Bytes> order() {
    Map<Bytes, Integer> open = new HashMap<>();
    Map<Bytes, List<Bytes>> children = new HashMap<>();
    PriorityQueue<Bytes> ready = new PriorityQueue<>();
    for (Node node : nodes.values()) {
      open.put(node.id(), node.spec.parents().size());
      node.spec
          .parents()
          .forEach(p -> children.computeIfAbsent(p, q -> new ArrayList<>()).add(node.id()));
      if (node.spec.parents().isEmpty()) {
        ready.add(node.id());
      }
    }
    List<Bytes> order = new ArrayList<>(nodes.size());
    while (!ready.isEmpty()) {
      Bytes id = ready.remove();
      order.add(id);
      for (Bytes child : children.getOrDefault(id, List.of())) {
        if (open.merge(child, -1, Integer::sum) == 0) {
          ready.add(child);
        }
      }
    }
    return order;
  }

  /** The number of frames that are delivered and that wait. */
  public int size() {
    return nodes.size() + waiting.size();
  }
}

package org.mpotr.session.transcript;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mpotr.crypto.Labelled;
import org.mpotr.epoch.Member;
import org.mpotr.epoch.Roster;
import org.mpotr.framing.FrameKind;
import org.mpotr.framing.FrameParameterSpec;
import org.mpotr.session.transcript.WaitingFrames.Waiting;
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

  /** The most frames of an epoch, of which each member may say its share. */
  public static final int MAX_FRAMES = 1 << 16;

  private static final long MAX_KEPT_BYTES = 16 << 20;

  private final Bytes sid;
  private final Roster roster;
  private final int quota;
  private final Map<Bytes, Node> nodes = new LinkedHashMap<>();
  private final List<Line> lines = new ArrayList<>();
  private final WaitingFrames waiting;
  private final Confirmations confirmed;
  private int longest;

  /** The transcript of an epoch in which nothing has been said. */
  public Transcript(Bytes sid, Roster roster) {
    this.sid = sid;
    this.roster = roster;
    this.quota = MAX_FRAMES / roster.size();
    this.waiting = new WaitingFrames(roster.size());
    for (int member = 0; member < roster.size(); member++) {
      lines.add(new Line(MAX_KEPT_BYTES));
    }
    this.confirmed = new Confirmations(lines);
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
   * @param original the frame as it travelled
   * @param content what it says
   * @param conflictsWith the id of another frame with its sender's seq, where there is one
   */
  public record Delivery(
      FrameParameterSpec spec, byte[] original, byte[] content, Optional<Bytes> conflictsWith) {}

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
      List<Confirmation> confirmations) {}

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
   * @param content what it says, which is handed on when it is delivered, and else cleared
   */
  public Placement place(FrameParameterSpec spec, byte[] original, byte[] content) {
    Waiting frame = new Waiting(spec, original, content);
    Outcome outcome = admit(frame);
    if (outcome == Outcome.DELIVERED) {
      return deliver(frame);
    }
    if (outcome != Outcome.WAITING) {
      frame.clear();
    }
    List<FrameParameterSpec> refusals = outcome == Outcome.REFUSED ? List.of(spec) : List.of();
    return new Placement(outcome, List.of(), refusals, List.of());
  }

  private Outcome admit(Waiting frame) {
    FrameParameterSpec spec = frame.spec();
    if (isKnown(spec.id().orElseThrow())) {
      return Outcome.REPLAY;
    }
    if (spec.seq() >= quota) {
      return Outcome.REFUSED;
    }
    List<Bytes> missing =
        spec.parents().stream().filter(parent -> !nodes.containsKey(parent)).toList();
    boolean hasRoom =
        lines.get(spec.sender().orElseThrow()).count() < quota
            && (missing.isEmpty() || waiting.add(frame, missing));
    return !hasRoom ? Outcome.FULL : missing.isEmpty() ? Outcome.DELIVERED : Outcome.WAITING;
  }

  private Placement deliver(Waiting first) {
    List<Delivery> deliveries = new ArrayList<>();
    List<Confirmation> confirmations = new ArrayList<>();
    List<FrameParameterSpec> refusals = new ArrayList<>();
    List<Waiting> ready = new ArrayList<>(List.of(first));
    for (int i = 0; i < ready.size(); i++) {
      Waiting frame = ready.get(i);
      if (keepsTheRules(frame.spec())) {
        deliveries.add(append(frame, confirmations));
        ready.addAll(waiting.delivered(frame.spec().id().orElseThrow()));
      } else {
        refusals.add(frame.spec());
        frame.clear();
      }
    }
    return new Placement(
        deliveries.isEmpty() ? Outcome.REFUSED : Outcome.DELIVERED,
        deliveries,
        refusals,
        confirmations);
  }

  /**
   * A frame has its sender's last frame among its parents, which lets it follow, and no other
   * member's acknowledgement: all this depends on the frame alone, so that all members come to the
   * same answer.
   */
  private boolean keepsTheRules(FrameParameterSpec spec) {
    int sender = spec.sender().orElseThrow();
    boolean continuesLine = spec.seq() == 0 && mayBegin(spec.kind());
    for (Bytes id : spec.parents()) {
      Node parent = nodes.get(id);
      if (parent.sender() != sender) {
        if (!parent.saysSomething()) {
          return false;
        }
      } else if (parent.seq() >= spec.seq() || !parent.mayPrecede(spec.kind())) {
        return false;
      } else {
        continuesLine |= parent.seq() == spec.seq() - 1;
      }
    }
    return continuesLine;
  }

  private static boolean mayBegin(FrameKind kind) {
    return !kind.equals(FrameKind.END);
  }

  private Delivery append(Waiting frame, List<Confirmation> confirmations) {
    FrameParameterSpec spec = frame.spec();
    int sender = spec.sender().orElseThrow();
    int[] clock = Clock.atStart(roster.size());
    boolean saidFarewell = false;
    for (Bytes id : spec.parents()) {
      Node parent = nodes.get(id);
      Clock.raise(clock, parent.clock());
      saidFarewell |= parent.sender() == sender && parent.saidFarewell();
    }
    clock[sender] = Math.max(clock[sender], (int) spec.seq());
    Node node = new Node(spec, clock, nodes.size(), saidFarewell, frame.original());
    nodes.put(node.id(), node);
    Line line = lines.get(sender);
    Optional<Node> rival = line.add(node, frame.original());
    rival.ifPresent(
        other -> {
          other.contest();
          node.contest();
        });
    longest = Math.max(longest, line.count());
    confirmations.addAll(confirmed.confirm(sender, clock));
    return new Delivery(spec, frame.original(), frame.content(), rival.map(Node::id));
  }

  /** The seq of a member's next frame. */
  public long nextSeq(int member) {
    return lines.get(member).nextSeq();
  }

  /** Whether a member's next frame may be of this kind; if not, nobody would deliver it. */
  public boolean mayFollow(int member, FrameKind kind) {
    Line line = lines.get(member);
    return line.nextSeq() < quota
        && line.newest().map(node -> node.mayPrecede(kind)).orElse(mayBegin(kind));
  }

  /**
   * Whether a member may say more of its own accord. The last quarter of its frames is for what the
   * group needs, and half of the bytes that others keep of it for what they have not confirmed yet.
   */
  public boolean hasRoom(int member) {
    Line line = lines.get(member);
    return line.nextSeq() < quota - quota / 4 && line.bytes() < MAX_KEPT_BYTES / 2;
  }

  /** Whether some member has said half of what it may, so that another epoch is due. */
  public boolean isFilling() {
    return longest >= quota / 2;
  }

  /**
   * The parents of a member's next frame: its own last one, and of the others' lines the newest
   * that say something and are not reached already; at most 32, the newest by delivery.
   */
  public List<Bytes> parents(int member) {
    return Stream.concat(lines.get(member).newest().stream(), unsaid(member).stream())
        .limit(FrameParameterSpec.MAX_PARENTS)
        .map(Node::id)
        .toList();
  }

  /** What a member has heard and its last frame does not reach; its own line it always does. */
  private List<Node> unsaid(int member) {
    return Heads.beyond(confirmed.of(member), lines);
  }

  /** Whether a member's next frame would confirm something that its last one did not. */
  public boolean owesAcknowledgement(int member) {
    return !unsaid(member).isEmpty();
  }

  /**
   * The ids that frames wait for and that are not here, at most so many: those that each sender's
   * frames wait for in turn.
   */
  public Set<Bytes> missing(int limit) {
    return waiting.missing(limit);
  }

  /** Whether nothing waits for what is not here. */
  public boolean isWhole() {
    return waiting.isEmpty();
  }

  /** Drops what waits of a member. */
  public void drop(int member) {
    waiting.drop(member);
  }

  /** Whether a frame is part of the transcript. */
  public boolean contains(Bytes id) {
    return nodes.containsKey(id);
  }

  /** Whether a delivered frame has another delivered one among those it reaches, or is it. */
  public boolean reaches(Bytes id, Bytes earlier) {
    return nodes.get(earlier).isReachedBy(nodes.get(id).clock());
  }

  /** Whether a frame is here, delivered or waiting. */
  public boolean isKnown(Bytes id) {
    return nodes.containsKey(id) || waiting.contains(id);
  }

  /** Whether a frame whose id is that of one that is here is the same in all its bytes. */
  public boolean isCopy(Bytes id, byte[] frame) {
    Node node = nodes.get(id);
    return node != null
        ? node.isCopy(frame)
        : waiting.original(id).filter(original -> Arrays.equals(original, frame)).isPresent();
  }

  /** Whether a delivered frame is a member's. */
  public boolean isBy(int member, Bytes id) {
    Node node = nodes.get(id);
    return node != null && node.sender() == member;
  }

  /** Whether a delivered frame is one that others confirm, and that not all have confirmed. */
  public boolean isUnsettled(Bytes id) {
    Node node = nodes.get(id);
    return node != null && !confirmed.isSettled(node) && !node.spec().kind().equals(FrameKind.ACK);
  }

  /** The newest frame by delivery that says something and that not all have confirmed. */
  public Optional<Bytes> newestUnsettled() {
    return confirmed.newestUnsettled().map(Node::id);
  }

  /** Whether a frame is delivered and of a kind that others confirm. */
  public boolean isToBeConfirmed(Bytes id) {
    Node node = nodes.get(id);
    return node != null && node.saysSomething();
  }

  /** A frame as it travelled, until all have confirmed it. */
  public Optional<byte[]> original(Bytes id) {
    Node node = nodes.get(id);
    return node == null ? waiting.original(id) : lines.get(node.sender()).original(node);
  }

  /** The newest frame of a member's line. */
  public Optional<Bytes> newest(int member) {
    return lines.get(member).newest().map(Node::id);
  }

  /** How many members other than its sender have confirmed a frame. */
  public int confirmations(Bytes id) {
    return nodes.get(id).confirmations();
  }

  /** The members that have not confirmed a frame, by place. */
  public List<Integer> unconfirmedBy(Bytes id) {
    return confirmed.lacking(nodes.get(id));
  }

  /** Whether every member of {@code members} has confirmed everything that says something. */
  public boolean isSettledAmong(Collection<Integer> members) {
    return confirmed.areSettledAmong(members);
  }

  /** The frontier: the newest frames of all lines that no other one reaches, ascending. */
  public List<Bytes> frontier() {
    return Heads.of(lines).stream().map(Node::id).sorted().toList();
  }

  /**
   * For each member the digest of its frames up to a frontier (PROTOCOL.md, section 8): {@code
   * H32("transcript digest", sid, m, ids<V>)} in order of seq, acknowledgements included; a frame
   * in conflict stands behind its rival when it reaches as far.
   *
   * @throws IllegalArgumentException when the frontier is not delivered
   */
  public List<Bytes> digests(Collection<Bytes> frontier) {
    int[] clock = Clock.atStart(roster.size());
    for (Bytes id : frontier) {
      Node node = nodes.get(id);
      if (node == null) {
        throw new IllegalArgumentException("the frontier has not been delivered");
      }
      Clock.raise(clock, node.clock());
    }
    List<Bytes> digests = new ArrayList<>();
    for (Member member : roster) {
      int place = member.index();
      digests.add(digest(member.id(), lines.get(place).upTo(clock[place])));
    }
    return digests;
  }

  private Bytes digest(Bytes member, List<Node> line) {
    WireWriter input =
        WireWriter.labelled("transcript digest", sid)
            .opaque(member)
            .prefix(line.size() * sid.length());
    line.forEach(node -> input.opaque(node.id()));
    return Labelled.hash32(input);
  }

  /**
   * All delivered frames in the one order: parents first, and among those that do not reach each
   * other ascending by id.
   */
  public List<Bytes> order() {
    return OneOrder.of(nodes.values());
  }

  /** Clears what waits. */
  public void clear() {
    roster.forEach(member -> waiting.drop(member.index()));
  }
}

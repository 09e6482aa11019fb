package org.mpotr.session.membership;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.mpotr.epoch.Change;
import org.mpotr.epoch.ChangeReason;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Purpose;
import org.mpotr.epoch.Roster;
import org.mpotr.wire.Bytes;
import org.mpotr.wire.Hello;

/**
 * The proposals of an epoch and who has agreed to which (PROTOCOL.md, section 9). What is decided
 * here follows from delivered frames alone, so that all members decide alike; what a member will
 * agree to is its own. Not thread-safe; times are milliseconds.
 */
public final class Proposals {

  /** The most proposals of one member that are kept; what it tried in vain makes room. */
  public static final int MAX_OF_ONE = 32;

  /** A proposal that was delivered. */
  public static final class Open {
    private final Bytes id;
    private final int proposer;
    private final Proposal proposal;
    private final long heardAt;
    private final Map<Integer, Hello> votes = new TreeMap<>();
    private boolean hasFailed;

    private Open(Bytes id, int proposer, Proposal proposal, long heardAt) {
      this.id = id;
      this.proposer = proposer;
      this.proposal = proposal;
      this.heardAt = heardAt;
    }

    /** The id of its frame. */
    public Bytes id() {
      return id;
    }

    /** The proposer's place. */
    public int proposer() {
      return proposer;
    }

    /** What is proposed. */
    public Proposal proposal() {
      return proposal;
    }

    private long number() {
      return proposal.parameters().epoch();
    }

    /** When it was delivered here. */
    public long heardAt() {
      return heardAt;
    }

    /** Those who agreed, by place, each with the HELLO it will use. */
    public Map<Integer, Hello> votes() {
      return votes;
    }

    /** Whether it was tried, or given up, in vain. */
    public boolean hasFailed() {
      return hasFailed;
    }

    /** It was tried, or given up, in vain. */
    public void fail() {
      hasFailed = true;
    }
  }

  private final Bytes sid;
  private final EpochParameters parameters;
  private final Roster roster;
  private final List<Bytes> ranks = new ArrayList<>();
  private final Map<Bytes, Open> proposals = new LinkedHashMap<>();
  private long heard;
  private long lastTried;

  /**
   * No proposals yet.
   *
   * @param sid of the epoch
   * @param rank of a member id in this epoch
   */
  public Proposals(
      Bytes sid, EpochParameters parameters, Roster roster, UnaryOperator<Bytes> rank) {
    this.sid = sid;
    this.parameters = parameters;
    this.roster = roster;
    roster.forEach(member -> ranks.add(rank.apply(member.id())));
  }

  /** A propose frame was delivered; one that the rules do not allow is nothing. */
  public Optional<Open> hear(Bytes id, int proposer, Proposal proposal, long now) {
    heard++;
    if (!isAllowed(proposer, proposal) || !makeRoom(proposer)) {
      return Optional.empty();
    }
    Open open = new Open(id, proposer, proposal, now);
    proposals.put(id, open);
    return Optional.of(open);
  }

  private boolean makeRoom(int proposer) {
    List<Open> others =
        proposals.values().stream().filter(open -> open.proposer == proposer).toList();
    Optional<Open> inVain = others.stream().filter(Open::hasFailed).findFirst();
    if (others.size() >= MAX_OF_ONE) {
      nextNumber();
      inVain.ifPresent(open -> proposals.remove(open.id));
    }
    return others.size() < MAX_OF_ONE || inVain.isPresent();
  }

  private boolean isAllowed(int proposer, Proposal proposal) {
    EpochParameters next = proposal.parameters();
    EpochParameters same =
        new EpochParameters(
            next.purpose(),
            next.channel(),
            next.epoch(),
            next.previousSid(),
            next.authentication(),
            next.joinPolicy(),
            next.preSharedKey(),
            parameters.limits(),
            parameters.padding());
    EpochParameters expected = parameters.next(sid).withEpoch(next.epoch());
    Set<Bytes> ids = new HashSet<>();
    roster.forEach(member -> ids.add(member.id()));
    int members = roster.size() - proposal.removed().size() + proposal.added().size();
    return next.purpose() == Purpose.CHAT
        && next.epoch() > parameters.epoch()
        && next.epoch() - parameters.epoch() <= heard
        && isReasonable(proposal)
        && same.equals(expected)
        && (proposal.change() == Change.PARAMETERS || next.equals(same))
        && ids.containsAll(proposal.removed())
        && !proposal.removed().contains(roster.get(proposer).id())
        && members >= 2
        && members <= next.limits().largestGroup();
  }

  private static boolean isReasonable(Proposal proposal) {
    return switch (proposal.change()) {
      case REMOVE ->
          proposal.reason() != ChangeReason.NONE && proposal.reason() != ChangeReason.FULL;
      case REFRESH ->
          proposal.reason() == ChangeReason.NONE || proposal.reason() == ChangeReason.FULL;
      case ADD, PARAMETERS -> proposal.reason() == ChangeReason.NONE;
    };
  }

  /**
   * A hello frame was delivered.
   *
   * @return whether it is the first by which this member agrees to a proposal that is known, with a
   *     HELLO that is nobody else's
   */
  public boolean vote(int member, ContinuingHello hello) {
    Open open = proposals.get(hello.proposal());
    return open != null
        && continuing(open).contains(member)
        && !open.votes.containsValue(hello.hello())
        && open.votes.putIfAbsent(member, hello.hello()) == null;
  }

  /** The proposal of a frame. */
  public Optional<Open> get(Bytes id) {
    return Optional.ofNullable(proposals.get(id));
  }

  /** The places of those who stay. */
  public List<Integer> continuing(Open open) {
    return IntStream.range(0, roster.size())
        .filter(place -> !open.proposal().removed().contains(roster.get(place).id()))
        .boxed()
        .toList();
  }

  /** Whether everybody who stays has agreed. */
  public boolean isAgreed(Open open) {
    return open.votes().keySet().containsAll(continuing(open));
  }

  /** The hashes of the HELLOs of a set-up that carries a proposal out. */
  public static Map<Bytes, Integer> places(Open open) {
    Map<Bytes, Integer> places = new LinkedHashMap<>();
    open.votes().forEach((place, hello) -> places.put(ContinuingHello.hashOf(hello), place));
    return places;
  }

  /** The proposal to carry out among those that a member agrees to. */
  public Optional<Open> best(Predicate<Open> agrees) {
    return proposals.values().stream()
        .filter(open -> !open.hasFailed())
        .filter(agrees)
        .min(this::compare);
  }

  /** Remove before add before other parameters before refresh; more at once before fewer. */
  private int compare(Open one, Open other) {
    return Comparator.<Open, Change>comparing(open -> open.proposal().change())
        .thenComparing(open -> -open.proposal().removed().size() - open.proposal().added().size())
        .thenComparing(open -> ranks.get(open.proposer()))
        .thenComparing(Open::id)
        .compare(one, other);
  }

  /**
   * The number of the next epoch: none that was tried in vain is used again. It grows by one with
   * each proposal at most, so that nobody can use the numbers up.
   */
  public long nextNumber() {
    proposals.values().stream()
        .filter(Open::hasFailed)
        .forEach(open -> lastTried = Math.max(lastTried, open.number()));
    return Math.max(parameters.epoch(), lastTried) + 1;
  }

  /** A member's place in the order in which members propose what all of them want. */
  public int turn(int member) {
    Bytes own = ranks.get(member);
    return (int) ranks.stream().filter(other -> other.compareTo(own) < 0).count();
  }

  /** All proposals, as they came. */
  public Collection<Open> all() {
    return proposals.values();
  }
}

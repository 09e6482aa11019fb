package org.mpotr.session;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.mpotr.epoch.Change;
import org.mpotr.epoch.ChangeReason;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.epoch.Limits;
import org.mpotr.epoch.Member;
import org.mpotr.session.membership.Proposal;
import org.mpotr.session.membership.Proposals;
import org.mpotr.wire.Bytes;

/**
 * What the group needs next, as one member sees it, and when it is this member's turn to propose it
 * (PROTOCOL.md, section 9). What everybody sees, members propose one after the other in an order
 * that nobody chooses; what the own application wants, at once. Not thread-safe.
 */
final class Needs {

  private static final int TURNS_PER_TIMEOUT = 16;

  private final Epoch epoch;
  private final Context context;
  private final Lobbies lobbies;
  private final Proposals proposals;
  private final Parts parts;
  private final Wishes wishes;
  private final long pause;
  private final Set<Integer> left = new TreeSet<>();
  private final Map<Change, Long> since = new EnumMap<>(Change.class);

  Needs(
      Epoch epoch,
      Context context,
      Lobbies lobbies,
      Proposals proposals,
      Parts parts,
      Wishes wishes) {
    this.epoch = epoch;
    this.context = context;
    this.lobbies = lobbies;
    this.proposals = proposals;
    this.parts = parts;
    this.wishes = wishes;
    this.pause = 1_000L * limits().setupTimeout() / TURNS_PER_TIMEOUT;
  }

  private Limits limits() {
    return epoch.key().parameters().limits();
  }

  /** A member says that it leaves. */
  void left(int member) {
    left.add(member);
  }

  /** The places of those who said that they leave. */
  Set<Integer> left() {
    return left;
  }

  /**
   * The places of those who left, are not heard of, or went on long ago to an epoch that this
   * member has not come into.
   */
  Set<Integer> gone(long now) {
    Set<Integer> gone = parts.wentBefore(now - 2 * TURNS_PER_TIMEOUT * pause);
    gone.addAll(left);
    gone.addAll(epoch.silent());
    return gone;
  }

  /** Whether a member says itself that it is not in this epoch any more. */
  boolean hasGone(int place, long now) {
    return left.contains(place)
        || parts.wentBefore(now - 2 * TURNS_PER_TIMEOUT * pause).contains(place);
  }

  /** Whether all others have left or are not heard of. */
  boolean isAlone(long now) {
    return gone(now).size() == epoch.key().roster().size() - 1;
  }

  /** The ids of those whom the own application does not want any more. */
  Set<Bytes> unwanted() {
    Set<Bytes> ids = new TreeSet<>();
    for (Member member : epoch.key().roster()) {
      if (wishes.isUnwanted(member)) {
        ids.add(member.id());
      }
    }
    return ids;
  }

  /**
   * What this member has to propose now.
   *
   * @param isOpen whether nothing is under way that would do
   */
  Optional<Proposal> due(long now, Predicate<Proposal> isOpen) {
    Optional<Proposal> need = need(now).filter(isOpen);
    since.keySet().removeIf(change -> need.isEmpty() || need.get().change() != change);
    if (need.isEmpty()) {
      return need;
    }
    long began = since.computeIfAbsent(need.get().change(), change -> now);
    if (isOwnWish(need.get()) || now >= began + turn(now) * pause) {
      since.remove(need.get().change());
      return need;
    }
    return Optional.empty();
  }

  private boolean isOwnWish(Proposal need) {
    return switch (need.change()) {
      case REMOVE -> need.reason() == ChangeReason.EVICTED;
      case ADD -> false;
      case PARAMETERS -> true;
      case REFRESH -> wishes.wantsRefresh();
    };
  }

  /** How many are to propose before this member, those who are gone left out. */
  private int turn(long now) {
    int own = proposals.turn(epoch.key().ownIndex());
    int turn = own;
    for (int place : gone(now)) {
      turn -= proposals.turn(place) < own ? 1 : 0;
    }
    return turn;
  }

  private Optional<Proposal> need(long now) {
    Set<Integer> gone = gone(now);
    if (!gone.isEmpty()) {
      ChangeReason reason = left.containsAll(gone) ? ChangeReason.LEFT : ChangeReason.VANISHED;
      return removal(
          reason, gone.stream().map(place -> epoch.member(place).id()).sorted().toList());
    }
    Set<Bytes> unwanted = unwanted();
    if (!unwanted.isEmpty()
        && wishes.mayBeSaid(now)
        && unwanted.size() < epoch.key().roster().size() - 1) {
      return removal(ChangeReason.EVICTED, List.copyOf(unwanted));
    }
    List<Proposal.Addition> added = additions(now);
    if (!added.isEmpty()) {
      return Optional.of(new Proposal(Change.ADD, ChangeReason.NONE, next(), List.of(), added));
    }
    if (wishes.limits() != null && wishes.mayBeSaid(now)) {
      return change(Change.PARAMETERS, ChangeReason.NONE, next().withLimits(wishes.limits()));
    }
    if (wishes.wantsRefresh() || isRefreshDue()) {
      ChangeReason reason = wishes.wantsFullRefresh() ? ChangeReason.FULL : ChangeReason.NONE;
      return change(Change.REFRESH, reason, next());
    }
    return Optional.empty();
  }

  private Optional<Proposal> removal(ChangeReason reason, List<Bytes> ids) {
    return Optional.of(new Proposal(Change.REMOVE, reason, next(), ids, List.of()));
  }

  private static Optional<Proposal> change(
      Change change, ChangeReason reason, EpochParameters next) {
    return Optional.of(new Proposal(change, reason, next, List.of(), List.of()));
  }

  private boolean isRefreshDue() {
    return epoch.age() >= 1_000L * limits().refreshSeconds()
        || epoch.contentFrames() >= limits().refreshFrames()
        || epoch.isFilling();
  }

  private EpochParameters next() {
    return epoch.key().parameters().next(epoch.sid()).withEpoch(proposals.nextNumber());
  }

  /** Whoever says HELLO or, where candidates need one, has met a sponsor here. */
  private List<Proposal.Addition> additions(long now) {
    int room = Math.min(Proposal.MAX_ADDED, limits().largestGroup() - epoch.key().roster().size());
    return lobbies.areNeeded()
        ? lobbies.introductions(room)
        : context.candidates().ready(room, now).stream()
            .sorted()
            .map(hash -> new Proposal.Addition(Bytes.EMPTY, hash, Proposal.Vouched.NONE))
            .toList();
  }

  /** Takes candidates into lobbies, each after those whose turn it is before. */
  void meetCandidates(long now) {
    if (lobbies.areNeeded()) {
      context.candidates().ready(Proposal.MAX_ADDED, now).stream()
          .filter(hash -> !lobbies.isIntroduced(hash))
          .filter(hash -> now - context.candidates().heardAt(hash) >= turn(now) * pause)
          .findFirst()
          .ifPresent(lobbies::meet);
    }
  }

  /** When to look again. */
  long nextDue(long now) {
    long candidates = context.candidates().nextDue();
    boolean isPending =
        !since.isEmpty()
            || !gone(now).isEmpty()
            || wishes.wantsRefresh()
            || wishes.nextDue() <= now
            || candidates <= now;
    long refresh = now - epoch.age() + 1_000L * limits().refreshSeconds();
    long others = Math.min(candidates, wishes.nextDue());
    return isPending ? now + pause : Math.min(others, refresh <= now ? now + pause : refresh);
  }
}

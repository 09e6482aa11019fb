package org.mpotr.session;

import java.util.Collection;
import java.util.List;
import org.mpotr.epoch.ChangeReason;
import org.mpotr.epoch.Member;
import org.mpotr.session.membership.Proposal;
import org.mpotr.session.membership.Proposals.Open;
import org.mpotr.wire.Bytes;

/**
 * What one member agrees to (PROTOCOL.md, section 9.2): that those go who have left, are not heard
 * of or are not wanted here either, that those come who are vouched for as the policy says, and
 * limits that the own application accepts. Not thread-safe; times are milliseconds.
 */
final class Consent {

  private final Epoch epoch;
  private final Context context;
  private final Lobbies lobbies;
  private final Needs needs;
  private final Wishes wishes;
  private final long timeout;

  Consent(Epoch epoch, Context context, Lobbies lobbies, Needs needs, Wishes wishes) {
    this.epoch = epoch;
    this.context = context;
    this.lobbies = lobbies;
    this.needs = needs;
    this.wishes = wishes;
    this.timeout = 1_000L * epoch.key().parameters().limits().setupTimeout();
  }

  /** Whether this member agrees to a proposal now. */
  boolean isGivenTo(Open open, long now) {
    Proposal proposal = open.proposal();
    if (proposal.removed().contains(epoch.member(epoch.key().ownIndex()).id()) || isRefuted(open)) {
      return false;
    }
    return switch (proposal.change()) {
      case REMOVE -> mayRemove(open, now);
      case ADD -> proposal.added().stream().allMatch(this::isVouchedFor);
      case REFRESH -> true;
      case PARAMETERS ->
          context.spec().accepts(proposal.parameters())
              && (proposal.parameters().limits().equals(wishes.limits())
                  || context.spec().acceptsLimits(proposal.parameters().limits()));
    };
  }

  private boolean isVouchedFor(Proposal.Addition addition) {
    return addition.vouched() == lobbies.vouched()
        && lobbies.areNeeded() == (addition.identity().length() > 0);
  }

  private boolean mayRemove(Open open, long now) {
    List<Integer> places = places(open.proposal().removed());
    return switch (open.proposal().reason()) {
      case LEFT -> needs.left().containsAll(places);
      case VANISHED -> now - open.heardAt() >= timeout / 4 || needs.gone(now).containsAll(places);
      case EVICTED -> needs.unwanted().containsAll(open.proposal().removed());
      case NONE, FULL -> false;
    };
  }

  /** A member that is said to have vanished and speaks, or confirms just this, has not. */
  boolean isRefuted(Open open) {
    return open.proposal().reason() == ChangeReason.VANISHED
        && places(open.proposal().removed()).stream()
            .anyMatch(place -> !needs.hasGone(place, context.now()) && isHeardSince(open, place));
  }

  private boolean isHeardSince(Open open, int place) {
    return epoch.heardAt(place) > open.heardAt()
        || !epoch.transcript().unconfirmedBy(open.id()).contains(place);
  }

  private List<Integer> places(Collection<Bytes> ids) {
    return epoch.key().roster().members().stream()
        .filter(member -> ids.contains(member.id()))
        .map(Member::index)
        .toList();
  }
}

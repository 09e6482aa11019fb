package org.mpotr.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.mpotr.session.membership.Proposals;
import org.mpotr.session.membership.Proposals.Open;
import org.mpotr.wire.Bytes;

/**
 * Who went on from an epoch to which other one, as their farewells in it say (PROTOCOL.md, section
 * 9.3). Not thread-safe; times are milliseconds.
 */
final class Parts {

  /**
   * A part of the group that went on without this member.
   *
   * @param proposal that its members agreed to
   * @param sid of its epoch
   */
  record Part(Open proposal, Bytes sid) {}

  private record Gone(Bytes sid, long at) {}

  private final Map<Integer, Gone> gone = new HashMap<>();
  private final Proposals proposals;
  private final Bytes self;

  /** Everybody is here yet. */
  Parts(Proposals proposals, Bytes self) {
    this.proposals = proposals;
    this.self = self;
  }

  /** A member says that it goes on in another epoch. */
  void wentOn(int member, Bytes sid, long now) {
    gone.putIfAbsent(member, new Gone(sid, now));
  }

  /** Those who went on long ago. */
  Set<Integer> wentBefore(long time) {
    Set<Integer> places = new TreeSet<>();
    gone.forEach(
        (place, where) -> {
          if (where.at() <= time) {
            places.add(place);
          }
        });
    return places;
  }

  /**
   * What shows that others go on without this member: a proposal that removes it and that all
   * others have agreed to, by one of whom a successor is named that this member has no part in.
   *
   * @param isOwn whether a successor is one that this member has a part in
   */
  Optional<Part> without(Predicate<Bytes> isOwn) {
    for (Map.Entry<Integer, Gone> other : gone.entrySet()) {
      for (Open open : proposals.all()) {
        if (open.proposal().removed().contains(self)
            && open.votes().containsKey(other.getKey())
            && proposals.isAgreed(open)
            && !isOwn.test(other.getValue().sid())) {
          return Optional.of(new Part(open, other.getValue().sid()));
        }
      }
    }
    return Optional.empty();
  }
}

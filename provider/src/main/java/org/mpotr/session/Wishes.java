package org.mpotr.session;

import java.util.HashSet;
import java.util.Set;
import org.mpotr.crypto.PublicPoint;
import org.mpotr.epoch.ChangeReason;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Limits;
import org.mpotr.epoch.Member;

/** What the application wants of the group, until it has come true, in whichever epoch. */
final class Wishes {

  private static final int FIRST_PAUSE_IN_TIMEOUTS = 4;
  private static final long MAX_PAUSE = 3_600_000;

  private final Set<PublicPoint> unwanted = new HashSet<>();
  private boolean refresh;
  private boolean full;
  private Limits limits;
  private long removeNotBefore;
  private long removalPause;

  /** New keys; full ones also stop a thief of the old ones who is active. */
  void refresh(boolean inFull) {
    refresh = true;
    full |= inFull;
  }

  /** Other limits. */
  void change(Limits newLimits) {
    limits = newLimits;
  }

  /** A person is not wanted in the group any more. */
  void remove(Member member) {
    unwanted.add(member.identity());
    removeNotBefore = 0;
    removalPause = 0;
  }

  /**
   * Not everybody else agreed to a removal. It is tried again after ever longer, so that a wish
   * that is one member's alone does not keep the group from everything else.
   */
  void removalFailed(long now, long timeout) {
    removalPause =
        removalPause == 0
            ? FIRST_PAUSE_IN_TIMEOUTS * timeout
            : Math.min(2 * removalPause, Math.max(MAX_PAUSE, FIRST_PAUSE_IN_TIMEOUTS * timeout));
    removeNotBefore = now + removalPause;
  }

  boolean mayRemove(long now) {
    return now >= removeNotBefore;
  }

  /** When a removal may be tried again that may not be now. */
  long removalDue(long now) {
    return unwanted.isEmpty() || mayRemove(now) ? Long.MAX_VALUE : removeNotBefore;
  }

  boolean wantsRefresh() {
    return refresh;
  }

  boolean wantsFullRefresh() {
    return full;
  }

  /** The limits that are wanted, or null. */
  Limits limits() {
    return limits;
  }

  boolean isUnwanted(Member member) {
    return unwanted.contains(member.identity());
  }

  /** An epoch has begun, and some of it may have come true. */
  void opened(GroupKey key, ChangeReason reason) {
    full &= reason != ChangeReason.FULL;
    refresh = full;
    limits = key.parameters().limits().equals(limits) ? null : limits;
    unwanted.removeIf(
        identity -> key.roster().members().stream().noneMatch(m -> m.identity().equals(identity)));
  }

  /** The group is no more. */
  void drop() {
    unwanted.clear();
    refresh = false;
    full = false;
    limits = null;
  }
}

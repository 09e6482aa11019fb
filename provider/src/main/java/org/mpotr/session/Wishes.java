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
  private static final int MAX_PAUSE_IN_TIMEOUTS = 64;

  private final Set<PublicPoint> unwanted = new HashSet<>();
  private boolean refresh;
  private boolean full;
  private Limits limits;
  private long notBefore;
  private long pauseInTimeouts = FIRST_PAUSE_IN_TIMEOUTS;

  /** New keys; full ones also stop a thief of the old ones who is active. */
  void refresh(boolean inFull) {
    refresh = true;
    full |= inFull;
  }

  /** Other limits. */
  void change(Limits newLimits) {
    limits = newLimits;
    sayAtOnce();
  }

  /** A person is not wanted in the group any more. */
  void remove(Member member) {
    unwanted.add(member.identity());
    sayAtOnce();
  }

  private void sayAtOnce() {
    notBefore = 0;
    pauseInTimeouts = FIRST_PAUSE_IN_TIMEOUTS;
  }

  /**
   * Not everybody has agreed to what this application, or another, wants. It is said again after
   * ever longer, so that a wish of one alone does not keep the group from everything else.
   */
  void failed(long now, long timeout) {
    notBefore = now + pauseInTimeouts * timeout;
    pauseInTimeouts = Math.min(2 * pauseInTimeouts, MAX_PAUSE_IN_TIMEOUTS);
  }

  /** Whether what needs everybody's consent may be said now. */
  boolean mayBeSaid(long now) {
    return now >= notBefore;
  }

  /** When it may be said, if there is anything to say. */
  long nextDue() {
    return unwanted.isEmpty() && limits == null ? Long.MAX_VALUE : notBefore;
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
    sayAtOnce();
    refresh = false;
    full = false;
    limits = null;
  }
}

package org.mpotr.session;

import org.mpotr.epoch.GroupKey;
import org.mpotr.session.membership.Attempt;

/** Whom the outcome of set-ups concerns. */
interface SetupOwner {

  /** An epoch is attested by all. */
  void completed(Attempt attempt, GroupKey key);

  /** One's own ATTEST is out, others' are missing, and the time is over. */
  void stuck(Attempt attempt);
}

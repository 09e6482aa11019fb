package org.mpotr.benchmarks.peer;

import org.mpotr.benchmarks.peer.GroupMessaging.Group;
import org.mpotr.benchmarks.workload.Workload;

/** One member leaves: the work of all who remain together, until they can talk without it. */
public final class GroupLeave implements Workload {

  private static final int CHECKED_MEMBERS = 4;

  private final GroupMessaging messaging;
  private final int members;
  private Group group;

  /**
   * @param members before one leaves
   */
  public GroupLeave(String peer, int members) throws Exception {
    messaging = Peers.load(peer);
    this.members = members;
    messaging.makeIdentities(members);
  }

  @Override
  public void prepare(int runs) throws Exception {
    close();
    group = messaging.setUp(members);
  }

  @Override
  public int mostRuns() {
    return 1;
  }

  @Override
  public Object run() throws Exception {
    group.leave();
    return group;
  }

  /** Checks a small group: the size changes only how long it takes. */
  @Override
  public void check() throws Exception {
    try (Group small = messaging.setUp(CHECKED_MEMBERS)) {
      small.leave();
      GroupSetUp.requireTalk(small, CHECKED_MEMBERS - 1);
    }
  }

  @Override
  public void close() {
    if (group != null) {
      group.close();
      group = null;
    }
  }
}

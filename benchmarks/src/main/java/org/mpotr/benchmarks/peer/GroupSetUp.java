package org.mpotr.benchmarks.peer;

import java.util.Arrays;
import org.mpotr.benchmarks.peer.GroupMessaging.Group;
import org.mpotr.benchmarks.workload.Workload;
import org.mpotr.benchmarks.workload.WrongResultException;

/** A whole group's set-up; the figure is for one member. */
public final class GroupSetUp implements Workload {

  private static final int CHECKED_MEMBERS = 3;

  private final GroupMessaging messaging;
  private final int members;
  private Group last;

  public GroupSetUp(String peer, int members) throws Exception {
    messaging = Peers.load(peer);
    this.members = members;
    messaging.makeIdentities(members);
  }

  @Override
  public void prepare(int runs) {
    close();
  }

  /** The group before is given back in {@link #prepare}, which is not measured. */
  @Override
  public int mostRuns() {
    return 1;
  }

  @Override
  public int operations() {
    return members;
  }

  @Override
  public Object run() throws Exception {
    last = messaging.setUp(members);
    return last;
  }

  /** Checks a small group: the size changes only how long it takes. */
  @Override
  public void check() throws Exception {
    try (Group small = messaging.setUp(CHECKED_MEMBERS)) {
      requireTalk(small, CHECKED_MEMBERS);
    }
  }

  /** Requires that the last members of a group can send to the first and back. */
  static void requireTalk(Group group, int members) throws Exception {
    byte[] content = {1, 2, 3};
    int last = members - 1;
    WrongResultException.require(
        Arrays.equals(content, group.receive(0, last, group.send(last, content)))
            && Arrays.equals(content, group.receive(last, 0, group.send(0, content))),
        "a message has another content");
  }

  @Override
  public void close() {
    if (last != null) {
      last.close();
      last = null;
    }
  }
}

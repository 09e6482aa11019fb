package org.mpotr.benchmarks.workload;

import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import org.mpotr.epoch.GroupKey;

/**
 * A whole group's set-up of mpOTR, or its refresh by resumption; the figure is for one member.
 * Identities exist before.
 */
public final class MpotrSetUp implements Workload {

  private final List<KeyPair> identities;
  private final List<GroupKey> previous;

  /**
   * @param members 2 to 256
   * @param refresh whether pairs resume from an epoch before, instead of running in full
   */
  public MpotrSetUp(int members, boolean refresh) throws Exception {
    identities = MpotrGroup.identities(members);
    previous = refresh ? MpotrGroup.setUp(identities) : null;
  }

  @Override
  public int operations() {
    return identities.size();
  }

  @Override
  public List<GroupKey> run() throws Exception {
    return previous == null
        ? MpotrGroup.setUp(identities)
        : MpotrGroup.refresh(identities, previous);
  }

  @Override
  public void check() throws Exception {
    List<GroupKey> keys = run();
    byte[] context = new byte[0];
    byte[] first = keys.get(0).export("benchmark", context, 32);
    for (GroupKey key : keys) {
      WrongResultException.require(
          Arrays.equals(first, key.export("benchmark", context, 32)),
          "two members have different keys");
    }
  }
}

package org.mpotr.benchmarks.workload;

import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import org.mpotr.crypto.SecretAccess;
import org.mpotr.epoch.GroupKey;
import org.mpotr.epoch.Member;

/**
 * A whole group's set-up of mpOTR, or its refresh by resumption; the figure is for one member.
 * Identities exist before. Since an epoch is resumed from only once, each refresh follows the one
 * before, and a new first epoch is prepared when pairs would have to run in full again.
 */
public final class MpotrSetUp implements Workload {

  private final List<KeyPair> identities;
  private final boolean refresh;
  private List<GroupKey> last;
  private int resumedInARow;

  /**
   * @param members 2 to 256
   * @param refresh whether pairs resume from an epoch before, instead of running in full
   */
  public MpotrSetUp(int members, boolean refresh) throws Exception {
    identities = MpotrGroup.identities(members);
    this.refresh = refresh;
  }

  @Override
  public void prepare(int runs) throws Exception {
    if (refresh
        && (last == null || resumedInARow >= last.get(0).parameters().limits().resumptions())) {
      last = MpotrGroup.setUp(identities);
      resumedInARow = 0;
    }
  }

  @Override
  public int mostRuns() {
    return refresh ? 1 : Integer.MAX_VALUE;
  }

  @Override
  public int operations() {
    return identities.size();
  }

  @Override
  public List<GroupKey> run() throws Exception {
    last = refresh ? MpotrGroup.refresh(identities, last) : MpotrGroup.setUp(identities);
    resumedInARow++;
    return last;
  }

  @Override
  public void check() throws Exception {
    prepare(1);
    List<GroupKey> keys = run();
    byte[] context = new byte[0];
    byte[] first = keys.get(0).export("benchmark", context, 32);
    for (GroupKey key : keys) {
      WrongResultException.require(
          Arrays.equals(first, key.export("benchmark", context, 32)),
          "two members have different keys");
      requireResumed(key);
    }
  }

  private void requireResumed(GroupKey key) throws WrongResultException {
    int expected = refresh ? resumedInARow : 0;
    for (Member member : key.roster()) {
      WrongResultException.require(
          member.index() == key.ownIndex()
              || key.secrets(SecretAccess.GRANTED).resumedInARow(member.id()) == expected,
          "a pair has not resumed as it should");
    }
  }
}

package org.mpotr.benchmarks.workload;

import org.mpotr.wire.Bytes;

/**
 * A change of a group in a session, all members together, for one member: the first epoch, a
 * refresh in which pairs resume, or an epoch with one member more. Each run has a group of its own.
 */
public final class SessionChange implements Workload {

  /** What changes. */
  public enum Kind {
    /** Members who share nothing set up their first epoch. */
    FIRST,
    /** All go on to new keys. */
    REFRESH,
    /** One more comes to those who are there. */
    JOIN
  }

  private final int members;
  private final Kind kind;
  private MpotrChannels channels;
  private Bytes before;

  /**
   * @param members after the change
   * @param kind what changes
   */
  public SessionChange(int members, Kind kind) {
    this.members = members;
    this.kind = kind;
  }

  @Override
  public void prepare(int runs) throws Exception {
    close();
    channels = new MpotrChannels(members);
    before =
        switch (kind) {
          case FIRST -> Bytes.EMPTY;
          case REFRESH -> channels.join(members);
          case JOIN -> channels.join(members - 1);
        };
  }

  @Override
  public int mostRuns() {
    return 1;
  }

  @Override
  public int operations() {
    return members;
  }

  @Override
  public Bytes run() throws Exception {
    return switch (kind) {
      case FIRST -> channels.join(members);
      case REFRESH -> channels.refresh();
      case JOIN -> channels.join(1);
    };
  }

  @Override
  public void check() throws Exception {
    prepare(1);
    WrongResultException.require(!run().equals(before), "the epoch is the one before");
  }

  @Override
  public void close() {
    if (channels != null) {
      channels.clear();
    }
  }
}

package org.mpotr.benchmarks.peer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.mpotr.benchmarks.peer.GroupMessaging.Group;
import org.mpotr.benchmarks.workload.Workload;
import org.mpotr.benchmarks.workload.WrongResultException;

/** One member sends, or another one receives: each message once, in the order of sending. */
public final class GroupMessages implements Workload {

  private static final long SEED = 0x67726f7570L;
  private static final int CONTENTS = 64;
  private static final int MOST_WAITING = 4_096;
  private static final int SENDER = 0;
  private static final int RECEIVER = 1;

  private final Group group;
  private final boolean receives;
  private final List<byte[]> contents = new ArrayList<>();
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private int next;

  /**
   * @param receives whether to measure who receives, instead of who sends
   */
  public GroupMessages(String peer, int members, int bytes, boolean receives) throws Exception {
    GroupMessaging messaging = Peers.load(peer);
    messaging.makeIdentities(members);
    group = messaging.setUp(members);
    this.receives = receives;
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < CONTENTS; i++) {
      byte[] content = new byte[bytes];
      random.nextBytes(content);
      contents.add(content);
    }
  }

  private byte[] content() {
    next = (next + 1) % CONTENTS;
    return contents.get(next);
  }

  @Override
  public void prepare(int runs) throws Exception {
    for (int i = 0; receives && i < runs; i++) {
      waiting.add(group.send(SENDER, content()));
    }
  }

  @Override
  public int mostRuns() {
    return receives ? MOST_WAITING : Integer.MAX_VALUE;
  }

  @Override
  public byte[] run() throws Exception {
    return receives
        ? group.receive(RECEIVER, SENDER, waiting.remove())
        : group.send(SENDER, content());
  }

  @Override
  public void check() throws Exception {
    byte[] content = content();
    byte[] message = group.send(SENDER, content);
    WrongResultException.require(
        Arrays.equals(content, group.receive(RECEIVER, SENDER, message)),
        "a message has another content");
  }

  @Override
  public void close() {
    group.close();
  }
}

package org.mpotr.benchmarks.workload;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.mpotr.epoch.EpochParameters;
import org.mpotr.session.Channel;
import org.mpotr.session.ChannelSpec;
import org.mpotr.session.Time;
import org.mpotr.wire.Bytes;

/**
 * Members of a channel who hear each other at once and without loss, in a time of their own: what
 * is measured is the work of the session engine and of the set-ups in it.
 */
public final class MpotrChannels {

  private static final long PATIENCE = 600_000;

  private final EpochParameters parameters = EpochParameters.of("benchmark");
  private final List<Channel> channels = new ArrayList<>();
  private final List<KeyPair> identities;
  private long now;
  private int next;

  /** Identities for so many members, nobody joined. */
  public MpotrChannels(int members) throws Exception {
    identities = MpotrGroup.identities(members);
  }

  /** So many members come and set up an epoch, with those who are there before. */
  public Bytes join(int count) throws GeneralSecurityException {
    for (int i = 0; i < count; i++) {
      KeyPair identity = identities.get(next);
      ChannelSpec spec =
          ChannelSpec.of(
              identity.getPrivate(), identity.getPublic(), "member " + next++, parameters);
      Channel channel = Channel.open(spec, time());
      channels.add(channel);
      channel.join();
    }
    return settle(Bytes.EMPTY);
  }

  /** All members change to new keys. */
  public Bytes refresh() {
    Bytes before = channels.get(0).sid();
    channels.get(0).refresh(false);
    return settle(before);
  }

  private Time time() {
    return new Time(now, now);
  }

  private Bytes settle(Bytes before) {
    long end = now + PATIENCE;
    exchange();
    while (!isSettled(before)) {
      now += Math.max(1, channels.stream().mapToLong(Channel::untilDue).min().orElseThrow());
      if (now > end) {
        throw new IllegalStateException("the members found no common epoch");
      }
      exchange();
    }
    return channels.get(0).sid();
  }

  private boolean isSettled(Bytes before) {
    return channels.stream()
            .allMatch(
                channel ->
                    channel.state() == Channel.State.MEMBER
                        && channel.roster().size() == channels.size()
                        && !channel.sid().equals(before))
        && channels.stream().map(Channel::sid).distinct().count() == 1;
  }

  private void exchange() {
    List<byte[]> sent = new ArrayList<>();
    do {
      sent.clear();
      for (Channel channel : channels) {
        channel.tick(time());
        sent.addAll(channel.takeMessages());
        channel.takeEvents();
      }
      channels.forEach(channel -> channel.receive(sent));
    } while (!sent.isEmpty());
  }

  /** Everybody is gone. */
  public void clear() {
    channels.forEach(Channel::destroy);
    channels.clear();
    next = 0;
  }
}

package org.mpotr.session.simulation;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.mpotr.session.Channel;
import org.mpotr.session.Event;

/** One who takes part in a simulation: a channel, and what it has said of events. */
public final class SimulatedMember {

  private final int number;
  private final String nickname;
  private final KeyPair identity;
  private final List<Event> events = new ArrayList<>();
  private Channel channel;
  private boolean isUp = true;

  SimulatedMember(int number, String nickname, KeyPair identity, Channel channel) {
    this.number = number;
    this.nickname = nickname;
    this.identity = identity;
    this.channel = channel;
  }

  /** Its number in the network. */
  public int number() {
    return number;
  }

  /** Its long-term key pair. */
  public KeyPair identity() {
    return identity;
  }

  /** Its channel. */
  public Channel channel() {
    return channel;
  }

  /** What its channel has told it so far. */
  public List<Event> events() {
    return events;
  }

  /** Its events of one kind. */
  public <E extends Event> List<E> events(Class<E> kind) {
    return events.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** Whether it runs. */
  public boolean isUp() {
    return isUp;
  }

  /** It stops in the middle of whatever it does, and all it had in memory is gone. */
  public void crash() {
    isUp = false;
  }

  void restart(Channel fresh) {
    channel = fresh;
    isUp = true;
  }

  @Override
  public String toString() {
    return nickname;
  }
}

package org.mpotr.session.simulation;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.mpotr.session.Channel;
import org.mpotr.session.Event;
import org.mpotr.session.Time;

/** One who takes part in a simulation: a channel, and what it has said of events. */
public final class SimulatedMember {

  private static final long EPOCH_START = 1_700_000_000_000L;

  private final int number;
  private final String nickname;
  private final KeyPair identity;
  private final List<Event> events = new ArrayList<>();
  private Channel channel;
  private KnownRandom random;
  private Tongue tongue = Tongue.HONEST;
  private boolean isUp = true;
  private long wallAhead;
  private long monotonicAhead;
  private long due;

  SimulatedMember(int number, String nickname, KeyPair identity) {
    this.number = number;
    this.nickname = nickname;
    this.identity = identity;
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

  /** What its channel says goes out as this says it. */
  public void speaksThrough(Tongue newTongue) {
    tongue = newTongue;
  }

  long due() {
    return due;
  }

  void setDue(long time) {
    due = time;
  }

  Tongue tongue() {
    return tongue;
  }

  KnownRandom random() {
    return random;
  }

  void start(Channel fresh, KnownRandom source) {
    channel = fresh;
    random = source;
    isUp = true;
  }

  /** Somebody sets its wall clock, by so many milliseconds forwards or backwards. */
  public void setClock(long milliseconds) {
    wallAhead += milliseconds;
  }

  /** Its machine sleeps for so long, and what came meanwhile comes late. */
  public void sleep(long milliseconds) {
    wallAhead += milliseconds;
    monotonicAhead += milliseconds;
  }

  Time time(long now) {
    return new Time(EPOCH_START + now + wallAhead, now + monotonicAhead);
  }

  @Override
  public String toString() {
    return nickname;
  }
}

package org.mpotr.chat.relay;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mpotr.chat.relay.RelayLimits.Rate;

/**
 * The messages of one channel in the order in which they came, numbered without gaps, and who
 * listens. The oldest messages may be gone.
 */
final class Channel {

  private final String name;
  private final String run;
  private final Visitor founder;
  private final Allowance allowance;
  private final Set<Listener> listeners = new LinkedHashSet<>();
  private final List<Message> messages = new ArrayList<>();

  /** Where the oldest message is in the list; those before it are gone, and swept now and then. */
  private int oldest;

  private long first;
  private long bytes;
  private int underWay;
  private long lastUsed = System.nanoTime();

  /**
   * An empty channel.
   *
   * @param first the number of its first message
   */
  Channel(String name, String run, long first, Visitor founder, Rate rate) {
    this.name = name;
    this.run = run;
    this.first = first;
    this.founder = founder;
    this.allowance = new Allowance(rate);
  }

  /** Gives the next number to a message that is still to be stored. */
  Message number(Buffer text) {
    lastUsed = System.nanoTime();
    return Message.of(run, next() + underWay++, text);
  }

  /** Shows a message to everybody, once it is stored; in the order of the numbers. */
  void append(Message message) {
    underWay--;
    restore(message);
    List.copyOf(listeners).forEach(Listener::wake);
  }

  /** Puts a message of an earlier start in its place. */
  void restore(Message message) {
    if (message.number() != next()) {
      throw new IllegalStateException("messages out of order");
    }
    messages.add(message);
    bytes += message.length();
  }

  /** A message that was given the last number could not be stored. */
  void withdraw() {
    underWay--;
  }

  /** Drops the oldest message and gives its length. */
  int dropOldest() {
    Message dropped = messages.set(oldest, null);
    oldest++;
    first++;
    bytes -= dropped.length();
    if (oldest > messages.size() / 2) {
      messages.subList(0, oldest).clear();
      oldest = 0;
    }
    return dropped.length();
  }

  Optional<Message> at(long number) {
    return number < first || number >= next()
        ? Optional.empty()
        : Optional.of(messages.get((int) (number - first) + oldest));
  }

  /** Whether somebody who wants messages from this place on misses some that were there. */
  boolean isGone(Position from) {
    boolean isOther = !from.run().isEmpty() && !from.run().equals(run);
    boolean isOutside = from.number() < first || from.number() > next();
    return isOther ? from.number() > 0 : isOutside;
  }

  /** The number of the first message for somebody who wants them from this place on. */
  long start(Position from) {
    boolean isSame = from.run().isEmpty() || from.run().equals(run);
    return isSame && !isGone(from) ? from.number() : first;
  }

  void add(Listener listener) {
    listeners.add(listener);
    lastUsed = System.nanoTime();
  }

  void remove(Listener listener) {
    listeners.remove(listener);
    lastUsed = System.nanoTime();
  }

  List<Listener> listeners() {
    return List.copyOf(listeners);
  }

  int present() {
    return listeners.size();
  }

  boolean isIdle(Duration idle) {
    return listeners.isEmpty() && underWay == 0 && System.nanoTime() - lastUsed >= idle.toNanos();
  }

  /** Whether nothing would be forgotten with this channel. */
  boolean isUnused() {
    return messages.isEmpty() && next() == 0 && isIdle(Duration.ZERO);
  }

  /** The number of the message after the last one. */
  long next() {
    return first + size();
  }

  int size() {
    return messages.size() - oldest;
  }

  long first() {
    return first;
  }

  long bytes() {
    return bytes;
  }

  String name() {
    return name;
  }

  String run() {
    return run;
  }

  Visitor founder() {
    return founder;
  }

  Allowance allowance() {
    return allowance;
  }
}

package org.mpotr.chat.member;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What happens to a member, one thing after the other, so that everything else in it needs one
 * thread only. Bounded: whoever brings more waits.
 */
final class Inbox implements Subscriber {

  private static final int CAPACITY = 256;

  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(CAPACITY);

  /** Something that happens to a member. */
  sealed interface Event permits Arrival, Line, EndOfLines, Disconnection {}

  /** A message of the channel, in its armour. */
  record Arrival(String message) implements Event {}

  /** A line that the member is to say. */
  record Line(String text) implements Event {}

  /**
   * There are no more lines to say.
   *
   * @param failure why, empty when they simply ended
   */
  record EndOfLines(String failure) implements Event {}

  /** The transport is gone. */
  record Disconnection(TransportException reason) implements Event {}

  /** The next event, or nothing when the time is over. */
  Optional<Event> next(Duration wait) throws InterruptedException {
    long nanos = Math.max(0, wait.toNanos());
    return Optional.ofNullable(events.poll(nanos, TimeUnit.NANOSECONDS));
  }

  void put(Event event) throws InterruptedException {
    events.put(event);
  }

  @Override
  public void received(String message) throws InterruptedException {
    put(new Arrival(message));
  }

  @Override
  public void disconnected(TransportException reason) {
    try {
      put(new Disconnection(reason));
    } catch (InterruptedException e) {
      // The member has closed the transport and asks no more.
      Thread.currentThread().interrupt();
    }
  }
}

package org.mpotr.session;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * What the parts of a channel share: its clock, its source of randomness, and what goes out.
 * Elapsed time is the sum of what passed by whichever clock went further.
 */
final class Context {

  private final SecureRandom random;
  private List<byte[]> messages = new ArrayList<>();
  private List<Event> events = new ArrayList<>();
  private Time time;
  private long elapsed;

  Context(SecureRandom random, Time start) {
    this.random = random;
    this.time = start;
  }

  /** Moves the clock. */
  void advance(Time now) {
    elapsed += Math.max(0, Math.max(now.wall() - time.wall(), now.monotonic() - time.monotonic()));
    time = new Time(Math.max(time.wall(), now.wall()), Math.max(time.monotonic(), now.monotonic()));
  }

  /** Milliseconds since the channel was made. */
  long now() {
    return elapsed;
  }

  /** Milliseconds since 1970, for people. */
  long wall() {
    return time.wall();
  }

  SecureRandom random() {
    return random;
  }

  /** A number from 0 to below {@code bound}. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  void send(byte[] message) {
    messages.add(message);
  }

  void emit(Event event) {
    events.add(event);
  }

  List<byte[]> takeMessages() {
    List<byte[]> taken = messages;
    messages = new ArrayList<>();
    return taken;
  }

  List<Event> takeEvents() {
    List<Event> taken = events;
    events = new ArrayList<>();
    return taken;
  }
}

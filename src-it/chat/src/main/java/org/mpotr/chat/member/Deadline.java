package org.mpotr.chat.member;

import java.time.Duration;

/**
 * A moment on the monotonic clock, which nobody sets.
 *
 * @param nanos of {@link System#nanoTime()}
 */
record Deadline(long nanos) {

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /** How long it is until then; never negative. */
  Duration remaining() {
    return Duration.ofNanos(Math.max(0, nanos - System.nanoTime()));
  }

  boolean isOver() {
    return nanos - System.nanoTime() <= 0;
  }

  /** The earlier one of two. */
  Deadline or(Deadline other) {
    return nanos - other.nanos <= 0 ? this : other;
  }
}

package org.mpotr.chat.member;

import java.time.Duration;

/**
 * How long a member waits.
 *
 * @param setup for all messages of the set-up, from its own HELLO on
 * @param gap for a message that others have read and that has not arrived
 */
public record Patience(Duration setup, Duration gap) {

  /** Five minutes for people to start their programs, ten seconds for a late message. */
  public static final Patience DEFAULT =
      new Patience(Duration.ofMinutes(5), Duration.ofSeconds(10));
}

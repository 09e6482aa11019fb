package org.mpotr.chat.transport;

import java.security.SecureRandom;

/** How long to wait before the next try: longer each time, and not all members at once. */
final class Backoff {

  private static final long SHORTEST_MILLIS = 200;
  private static final long LONGEST_MILLIS = 30_000;

  private final SecureRandom random = new SecureRandom();
  private long bound = SHORTEST_MILLIS;

  /** Between half of the present bound and all of it; the next bound is twice as long. */
  long nextMillis() {
    long half = bound / 2;
    bound = Math.min(bound * 2, LONGEST_MILLIS);
    return half + random.nextLong(half + 1);
  }

  /** It worked. */
  void reset() {
    bound = SHORTEST_MILLIS;
  }
}

package org.mpotr.session;

/**
 * The time at which something happens, by two clocks. What lasts a while is over when either clock
 * says so, so that neither a clock that was set back nor a machine that slept keeps keys alive
 * (PROTOCOL.md, section 8).
 *
 * @param wall milliseconds since 1970-01-01T00:00Z
 * @param monotonic milliseconds from any point that stays the same
 */
public record Time(long wall, long monotonic) {

  /** The time of this machine. */
  public static Time now() {
    return new Time(System.currentTimeMillis(), System.nanoTime() / 1_000_000);
  }
}

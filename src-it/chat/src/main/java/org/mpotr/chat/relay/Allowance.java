package org.mpotr.chat.relay;

import java.time.Duration;
import org.mpotr.chat.relay.RelayLimits.Rate;

/** What may still be sent at a rate. Whoever has anything left may overdraw it once. */
final class Allowance {

  private static final double NANOS_PER_SECOND = 1e9;

  private final Rate rate;
  private double messages;
  private double bytes;
  private long refilled = System.nanoTime();

  Allowance(Rate rate) {
    this.rate = rate;
    messages = rate.messages() * burstSeconds();
    bytes = rate.bytes() * burstSeconds();
  }

  /** Takes a message off, allowed or not. */
  void take(int length) {
    refill();
    messages--;
    bytes -= length;
  }

  /** How long to wait until something may be sent; zero when it may be at once. */
  Duration untilAllowed() {
    refill();
    double seconds =
        Math.max(missing(messages, rate.messages()), missing(bytes, (double) rate.bytes()));
    return Duration.ofNanos((long) (seconds * NANOS_PER_SECOND));
  }

  /** Whether nothing would be forgotten with this. */
  boolean isFull() {
    refill();
    return messages >= rate.messages() * burstSeconds() && bytes >= rate.bytes() * burstSeconds();
  }

  private static double missing(double left, double perSecond) {
    return left >= 1 ? 0 : (1 - left) / perSecond;
  }

  private void refill() {
    long now = System.nanoTime();
    double seconds = (now - refilled) / NANOS_PER_SECOND;
    refilled = now;
    messages = Math.min(messages + seconds * rate.messages(), rate.messages() * burstSeconds());
    bytes = Math.min(bytes + seconds * rate.bytes(), rate.bytes() * burstSeconds());
  }

  private double burstSeconds() {
    return rate.burst().toNanos() / NANOS_PER_SECOND;
  }
}
